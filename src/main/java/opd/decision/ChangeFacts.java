package opd.decision;

import opd.domain.SlotLabel;
import opd.domain.TokenLabel;
import org.jspecify.annotations.Nullable;

/// What else stood against a change that was refused, and what was asked; absent where it played no
/// part.
///
/// @param existing the token that the patient holds already, for DUPLICATE_TOKEN
/// @param capacity the places that there are, or were to be
/// @param active the ACTIVE tokens that were counted
/// @param erased whether the patient is erased, and has nothing to be undone
/// @param reason that was given for the change
/// @param to the slot in which a place was asked for, or whose queue was meant
/// @param present whether only those who had arrived came into question
/// @param room to which somebody was to be called
public record ChangeFacts(
    @Nullable TokenLabel existing,
    @Nullable Integer capacity,
    @Nullable Integer active,
    boolean erased,
    @Nullable String reason,
    @Nullable SlotLabel to,
    boolean present,
    @Nullable String room) {
  /// The statuses say it all.
  public static final ChangeFacts NONE = new ChangeFacts(null, null, null, false, null, null);

  /// Of no call.
  public ChangeFacts(
      @Nullable TokenLabel existing,
      @Nullable Integer capacity,
      @Nullable Integer active,
      boolean erased,
      @Nullable String reason,
      @Nullable SlotLabel to) {
    this(existing, capacity, active, erased, reason, to, false, null);
  }

  static ChangeFacts ofReason(String reason) {
    return new ChangeFacts(null, null, null, false, reason, null);
  }

  /// @param to the slot that was named, or null
  static ChangeFacts to(@Nullable SlotLabel to) {
    return to == null ? NONE : new ChangeFacts(null, null, null, false, null, to);
  }
}
