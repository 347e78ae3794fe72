package opd.intake;

import opd.domain.OpdException;
import opd.service.BatchLine;

/// A line of the list, understood.
sealed interface IntakeLine {
  long line();

  record Wish(long line, BatchLine request) implements IntakeLine {}

  record Malformed(long line, OpdException error) implements IntakeLine {}
}
