package opd.decision;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import opd.domain.Refusal;
import opd.domain.Slot;
import opd.domain.SlotLabel;
import opd.domain.Token;
import opd.domain.TokenLabel;
import org.jspecify.annotations.Nullable;

/// What follows when a displaced token asks for a place again: in its own slot it is reinstated
/// with its old number, in another a new token makes it good.
public final class Reallocation {
  private Reallocation() {}

  /// Why the token cannot be reallocated at all, if so.
  ///
  /// @param isReallocated whether it already has a successor in another slot
  public static Optional<Refusal> refusal(Token token, boolean isReallocated) {
    return TokenChange.REALLOCATE.refusal(token.status(), isReallocated);
  }

  /// A place in the named slot, if the rule gives one.
  ///
  /// @param own the book of the token's slot
  /// @param claim of the displaced token
  /// @param target the slot that is asked for, which may be the same
  /// @param next where the patient may go instead if the claim is refused, or null
  public static Decided<Outcome.Allocation> to(
      SlotBook own, Claim claim, SlotBook target, @Nullable Slot next) {
    ClaimOptions named = claim.options().to(target.slot().label());
    return in(own, claim.with(named), target, next);
  }

  private static Decided<Outcome.Allocation> in(
      SlotBook own, Claim claim, SlotBook target, @Nullable Slot next) {
    Token displaced = Objects.requireNonNull(claim.displaced(), "a displaced token asks");
    var decided = Allocation.decide(target, claim, next);
    boolean isElsewhere = target.slot().id() != own.slot().id();
    return isElsewhere && decided.outcome() instanceof Outcome.Admitted admitted
        ? decided.then(leave(own, displaced, admitted.token().token().label()).as(_ -> admitted))
        : decided;
  }

  /// The first place that is free in one of the slots still to come, without displacing anybody.
  ///
  /// @param own the book of the token's slot
  /// @param claim of the displaced token
  /// @param books in which a place is looked for, by start
  public static Decided<Outcome.Allocation> toFirstFree(
      SlotBook own, Claim claim, List<SlotBook> books) {
    Token displaced = Objects.requireNonNull(claim.displaced(), "a displaced token asks");
    return firstFree(claim, books)
        .map(book -> in(own, claim, book, null))
        .orElseGet(() -> refuse(own, displaced, Refusal.NO_FREE_PLACE, null));
  }

  /// Where the claim gets a place without displacing anybody, if anywhere.
  ///
  /// @param books in which a place is looked for, in this order
  public static Optional<SlotBook> firstFree(Claim claim, List<SlotBook> books) {
    return books.stream().filter(book -> Allocation.mayBeChosen(book, claim)).findFirst();
  }

  /// In the token's own slot: that it is made good elsewhere, and waits no longer.
  public static Decided<Outcome.TokenDone> leave(SlotBook own, Token displaced, TokenLabel by) {
    return new Decided<>(
        List.of(),
        List.of(NewEntry.ofToken(own.slot().id(), displaced, new AuditEvent.TokenReallocated(by))),
        new Outcome.TokenDone(TokenView.notQueued(displaced), List.of()),
        List.of(own.withoutWaiting(displaced)));
  }

  /// The token stays as it is.
  ///
  /// @param to the slot that was named, or null
  public static Decided<Outcome.Allocation> refuse(
      SlotBook own, Token token, Refusal refusal, @Nullable SlotLabel to) {
    var event =
        new AuditEvent.ChangeRejected(
            TokenChange.REALLOCATE.name(),
            refusal,
            token.status(),
            own.status(),
            ChangeFacts.to(to));
    return Decided.refused(
        own,
        NewEntry.ofToken(own.slot().id(), token, event),
        new Outcome.Rejected(
            refusal, null, token.priority(), own.slot(), null, null, own.view(token)));
  }
}
