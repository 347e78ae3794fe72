package opd.intake;

import opd.domain.OpdException;
import opd.domain.RequestId;
import opd.service.AllocationRequest;
import org.jspecify.annotations.Nullable;

/// A line of the list, understood.
sealed interface IntakeLine {
  long line();

  /// @param given the id that stands in the line, or null
  record Parsed(long line, @Nullable RequestId given, AllocationRequest request)
      implements IntakeLine {}

  record Malformed(long line, OpdException error) implements IntakeLine {}
}
