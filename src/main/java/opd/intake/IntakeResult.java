package opd.intake;

import opd.decision.Outcome;
import opd.decision.Response;
import opd.domain.OpdException;

/// What became of one line of the list.
public sealed interface IntakeResult {
  /// The physical line on which the record starts, from 1; 0 when it cannot be told.
  long line();

  record Decided(long line, Response<Outcome.Allocation> answer) implements IntakeResult {}

  /// The line says something that cannot be, or names what does not exist.
  record Invalid(long line, OpdException error) implements IntakeResult {}
}
