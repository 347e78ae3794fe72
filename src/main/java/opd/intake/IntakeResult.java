package opd.intake;

import java.util.List;
import opd.decision.Outcome;
import opd.decision.Response;
import opd.decision.Warning;
import opd.domain.OpdException;
import org.jspecify.annotations.Nullable;

/// What became of one line of the list.
public sealed interface IntakeResult {
  /// The physical line on which the record starts, from 1.
  long line();

  /// @param warnings about what was read
  record Decided(long line, Response<Outcome.Allocation> answer, List<Warning> warnings)
      implements IntakeResult {}

  /// The line says something that cannot be, or names what does not exist.
  ///
  /// @param field that is wrong, or null when it is the whole line
  record Invalid(long line, @Nullable String field, OpdException error) implements IntakeResult {
    /// Of what was found out only when the line was to be decided.
    static Invalid decided(long line, OpdException error) {
      return new Invalid(line, field(error), error);
    }

    private static @Nullable String field(OpdException error) {
      return switch (error.code()) {
        case SLOT_NOT_FOUND -> Columns.SLOT;
        case DOCTOR_NOT_FOUND -> Columns.DOCTOR;
        case PATIENT_NOT_FOUND, NAME_DIFFERS -> Columns.NAME;
        case REQUEST_ID_REUSED -> Columns.REQUEST_ID;
        default -> null;
      };
    }
  }
}
