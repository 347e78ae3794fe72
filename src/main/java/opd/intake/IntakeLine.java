package opd.intake;

import opd.domain.OpdException;
import opd.domain.RequestId;
import opd.service.AllocationRequest;
import org.jspecify.annotations.Nullable;

/// A line of the list, understood.
sealed interface IntakeLine {
  long line();

  /// @param given the id that stands in the line, or null
  /// @param check what else the line says about the slot, where the slot's label is not known yet
  record Parsed(long line, @Nullable RequestId given, AllocationRequest request, SlotCheck check)
      implements IntakeLine {}

  /// @param field that is wrong, or null when it is the whole line
  record Malformed(long line, @Nullable String field, OpdException error) implements IntakeLine {}
}
