package opd.decision;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import opd.domain.Refusal;
import opd.domain.Slot;
import opd.domain.SlotLabel;
import opd.domain.Token;
import opd.domain.TokenLabel;
import opd.domain.TokenStatus;
import org.jspecify.annotations.Nullable;

/// What follows when a patient who holds a place wants one in another slot: the old token is given
/// up for good, and a new one takes its part there, with the number that is next.
public final class Move {
  private Move() {}

  /// Why the token cannot be moved at all, if so.
  ///
  /// @param isReallocated whether it already has a successor in another slot
  public static Optional<Refusal> refusal(Token token, boolean isReallocated) {
    return TokenChange.MOVE.refusal(token.status(), isReallocated);
  }

  /// A place in the named slot, if the rule gives one; if not, nothing changes.
  ///
  /// @param own the book of the token's slot, with those who wait
  /// @param claim of the token that is given up
  /// @param target the slot that is asked for
  /// @param next where the patient may go instead if the claim is refused, or null
  public static Decided<Outcome.Allocation> to(
      SlotBook own, Claim claim, SlotBook target, @Nullable Slot next) {
    Token token = Objects.requireNonNull(claim.moved(), "a token is given up");
    var decided = Allocation.decide(target, claim, next);
    return switch (decided.outcome()) {
      case Outcome.Admitted admitted -> {
        var left = leave(own, token, admitted.token().token().label());
        yield left.then(decided).as(_ -> admitted.with(left.outcome().waiting()));
      }
      case Outcome.Rejected rejected -> decided.as(_ -> rejected.with(own.view(token)));
    };
  }

  /// In the token's own slot: that it is given up for another.
  public static Decided<Outcome.TokenDone> leave(SlotBook own, Token token, TokenLabel to) {
    Token cancelled = token.withStatus(TokenStatus.CANCELLED);
    SlotBook after = own.with(token, TokenStatus.CANCELLED);
    return new Decided<>(
        List.of(new Change.SetTokenStatus(token, TokenStatus.CANCELLED)),
        List.of(
            NewEntry.ofToken(
                own.slot().id(),
                cancelled,
                new AuditEvent.TokenCancelled(token.status(), null, false, to))),
        new Outcome.TokenDone(TokenView.notQueued(cancelled), after.waitingForPlace()),
        List.of(after));
  }

  /// The token stays as it is.
  ///
  /// @param to the slot that was named
  public static Decided<Outcome.Allocation> refuse(
      SlotBook own, Token token, Refusal refusal, @Nullable SlotLabel to) {
    var event =
        new AuditEvent.ChangeRejected(
            TokenChange.MOVE.name(), refusal, token.status(), own.status(), ChangeFacts.to(to));
    return Decided.refused(
        own,
        NewEntry.ofToken(own.slot().id(), token, event),
        new Outcome.Rejected(
            refusal, null, token.priority(), own.slot(), null, null, own.view(token)));
  }
}
