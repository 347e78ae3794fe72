package opd.intake;

import java.util.List;
import opd.decision.Outcome;
import opd.decision.Response;
import opd.decision.Warning;
import opd.domain.OpdException;

/// What became of one line of the list.
public sealed interface IntakeResult {
  /// The physical line on which the record starts, from 1; 0 when it cannot be told.
  long line();

  /// @param warnings about what was read
  record Decided(long line, Response<Outcome.Allocation> answer, List<Warning> warnings)
      implements IntakeResult {}

  /// The line says something that cannot be, or names what does not exist.
  record Invalid(long line, OpdException error) implements IntakeResult {}
}
