package opd.decision;

import java.util.Optional;
import opd.domain.Refusal;
import opd.domain.TokenStatus;

/// The changes that may happen to a token, and what each makes of it:
///
/// ```
/// ACTIVE    -> DISPLACED, CANCELLED, NO_SHOW, COMPLETED
/// DISPLACED -> ACTIVE, CANCELLED     (unless it was reallocated: then it is final)
/// ```
///
/// What takes a change back is no change of its own: see [Undo].
public enum TokenChange {
  DISPLACE(TokenStatus.DISPLACED),
  CANCEL(TokenStatus.CANCELLED),
  NO_SHOW(TokenStatus.NO_SHOW),
  COMPLETE(TokenStatus.COMPLETED),
  /// A displaced token gets a place again: in its own slot it becomes ACTIVE once more, in another
  /// it stays DISPLACED and a successor takes the place.
  REALLOCATE(TokenStatus.ACTIVE),
  /// The patient wants another slot, and gives this token up for one there.
  MOVE(TokenStatus.CANCELLED);

  private final TokenStatus result;

  TokenChange(TokenStatus result) {
    this.result = result;
  }

  /// The status that the change leads to.
  public TokenStatus result() {
    return result;
  }

  /// Why the change is refused, or empty when it is legal.
  ///
  /// @param reallocated whether the token already has a successor in another slot
  public Optional<Refusal> refusal(TokenStatus present, boolean reallocated) {
    if (present == TokenStatus.DISPLACED && reallocated) {
      return Optional.of(Refusal.ALREADY_REALLOCATED);
    }
    return switch (this) {
      case REALLOCATE ->
          refuseUnless(present == TokenStatus.DISPLACED, Refusal.TOKEN_NOT_DISPLACED);
      case CANCEL ->
          refuseUnless(
              present == TokenStatus.ACTIVE || present == TokenStatus.DISPLACED,
              Refusal.TOKEN_NOT_ACTIVE);
      case DISPLACE, NO_SHOW, COMPLETE, MOVE ->
          refuseUnless(present == TokenStatus.ACTIVE, Refusal.TOKEN_NOT_ACTIVE);
    };
  }

  private static Optional<Refusal> refuseUnless(boolean legal, Refusal refusal) {
    return legal ? Optional.empty() : Optional.of(refusal);
  }
}
