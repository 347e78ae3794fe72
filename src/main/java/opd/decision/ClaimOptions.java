package opd.decision;

import opd.domain.SlotLabel;
import org.jspecify.annotations.Nullable;

/// How a place was asked for, as far as the entry of what became of it does not tell. It decides
/// nothing: the log keeps it, because nobody could add it later.
///
/// @param orNext whether a later slot of the doctor on that day would do
/// @param to the slot that was named for a displaced token, or null where the engine chose
/// @param reason why the place is needed, or null; a displaced token, and one that is moved, keeps
///   that of its first request
public record ClaimOptions(boolean orNext, @Nullable SlotLabel to, @Nullable String reason) {
  /// Nothing but the request itself.
  public static final ClaimOptions NONE = new ClaimOptions(false, null, null);

  /// @param orNext whether a later slot of the doctor would do
  public static ClaimOptions orNext(boolean orNext) {
    return new ClaimOptions(orNext, null, null);
  }

  /// The same with the slot that was named.
  ClaimOptions to(SlotLabel named) {
    return new ClaimOptions(orNext, named, reason);
  }

  /// The same with what was given as the reason, or null.
  ClaimOptions because(@Nullable String given) {
    return new ClaimOptions(orNext, to, given);
  }
}
