package opd.replay;

import opd.domain.Doctor;
import opd.domain.Slot;
import opd.domain.Token;
import opd.domain.TokenLabel;
import org.jspecify.annotations.Nullable;

/// The rows of the tables, each with the chain of the log that it must be rebuilt from.
public sealed interface Rows {
  /// `slot/ID`, `doctor/CODE` or `patient/ID`.
  String chain();

  /// How a difference names the row.
  String name();

  record DoctorRow(Doctor doctor) implements Rows {
    @Override
    public String chain() {
      return "doctor/" + doctor.code();
    }

    @Override
    public String name() {
      return "doctor " + doctor.code();
    }
  }

  /// @param identity digest of name, phone and member number with the row's salt: they themselves
  ///   are never compared, and never printed
  record PatientRow(long id, String identity) implements Rows {
    @Override
    public String chain() {
      return "patient/" + id;
    }

    @Override
    public String name() {
      return "patient " + id;
    }
  }

  record SlotRow(Slot slot, int lastSequence) implements Rows {
    @Override
    public String chain() {
      return "slot/" + slot.id();
    }

    @Override
    public String name() {
      return "slot " + slot.id();
    }
  }

  /// @param version how many times it was given a status
  /// @param successor the token of another slot that makes it good, or null
  record TokenRow(Token token, long slotId, int version, @Nullable TokenLabel successor)
      implements Rows {
    @Override
    public String chain() {
      return "slot/" + slotId;
    }

    @Override
    public String name() {
      return "token " + token.id();
    }
  }
}
