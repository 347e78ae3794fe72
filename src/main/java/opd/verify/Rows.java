package opd.verify;

import java.time.LocalDate;
import opd.domain.Doctor;
import opd.domain.Slot;
import opd.domain.Token;
import opd.domain.TokenLabel;
import opd.domain.TokenStatus;
import org.jspecify.annotations.Nullable;

/// The rows of the tables, each with the chain of the log that it must be rebuilt from.
public sealed interface Rows {
  /// The chain of the facility itself.
  String FACILITY = "facility";

  /// `slot/ID`, `doctor/CODE`, `patient/ID` or `facility`.
  String chain();

  /// How a difference names the row.
  String name();

  /// Nothing of it is taken for right, so its values are texts.
  ///
  /// @param phoneKeyDigest SHA-256 of the key for phone numbers, in hexadecimal digits
  /// @param version how many times it was set
  record FacilityRow(String region, String zone, String clock, String phoneKeyDigest, int version)
      implements Rows {
    @Override
    public String chain() {
      return FACILITY;
    }

    @Override
    public String name() {
      return FACILITY;
    }
  }

  /// @param version how many times it was set
  record DoctorRow(Doctor doctor, int version) implements Rows {
    @Override
    public String chain() {
      return "doctor/" + doctor.code();
    }

    @Override
    public String name() {
      return "doctor " + doctor.code();
    }
  }

  /// @param identity digest of name, phone and member number with the row's salt, null once the
  ///   patient was erased: they themselves are never compared, and never printed
  /// @param version how many times it was set
  record PatientRow(long id, @Nullable String identity, int version) implements Rows {
    @Override
    public String chain() {
      return "patient/" + id;
    }

    @Override
    public String name() {
      return "patient " + id;
    }
  }

  /// @param named what the row itself says of its name
  /// @param version how many times it was set
  /// @param counted what its row of counts says besides the numbers in each status; null when there
  ///   is none
  record SlotRow(Slot slot, Named named, int version, @Nullable Counted counted) implements Rows {
    /// Nothing of it is taken for right: it is no label, perhaps.
    public record Named(String doctorCode, String label, LocalDate day) {}

    /// @param capacity that the counts are held against
    /// @param isOpen whether tokens may be counted as ACTIVE
    /// @param lastSequence the last number given to a token
    public record Counted(int capacity, boolean isOpen, int lastSequence) {}

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
  /// @param previous what it was before the last time; null for a token that is as it was given
  /// @param successor the token of another slot that makes it good, or null
  record TokenRow(
      Token token,
      long slotId,
      int version,
      @Nullable TokenStatus previous,
      @Nullable TokenLabel successor)
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
