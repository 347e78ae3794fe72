package opd.decision;

import opd.domain.SlotLabel;
import org.jspecify.annotations.Nullable;

/// How a place was asked for, as far as the entry of what became of it does not tell. It decides
/// nothing: the log keeps it, because nobody could add it later.
///
/// @param orNext whether a later slot of the doctor on that day would do
/// @param to the slot that was named for a displaced token, or null where the engine chose
public record ClaimOptions(boolean orNext, @Nullable SlotLabel to) {
  /// Nothing but the request itself.
  public static final ClaimOptions NONE = new ClaimOptions(false, null);

  /// @param orNext whether a later slot of the doctor would do
  public static ClaimOptions orNext(boolean orNext) {
    return orNext ? new ClaimOptions(true, null) : NONE;
  }

  /// @param to the slot that was named, or null
  public static ClaimOptions to(@Nullable SlotLabel to) {
    return to == null ? NONE : new ClaimOptions(false, to);
  }
}
