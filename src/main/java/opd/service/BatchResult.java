package opd.service;

import opd.decision.Outcome;
import opd.decision.Response;
import opd.domain.OpdException;

/// What became of one line of a batch.
public sealed interface BatchResult {
  record Decided(Response<Outcome.Allocation> answer) implements BatchResult {}

  /// Nothing was decided: the line names something that does not exist, or contradicts what is
  /// known.
  record Failed(OpdException error) implements BatchResult {}
}
