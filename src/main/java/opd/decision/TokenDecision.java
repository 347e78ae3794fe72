package opd.decision;

import java.util.List;
import java.util.Optional;
import opd.domain.Refusal;
import opd.domain.Token;
import opd.domain.TokenStatus;
import org.jspecify.annotations.Nullable;

/// What follows from cancelling or completing a token, and from a patient who does not come.
public final class TokenDecision {
  private TokenDecision() {}

  /// @param book of the token's slot, with those who wait
  /// @param token as it is now
  /// @param isReallocated whether it already has a successor in another slot
  /// @param change one that a desk asks for: CANCEL, NO_SHOW or COMPLETE
  /// @param reason of a cancellation, or null
  public static Decided<Outcome.Change> decide(
      SlotBook book,
      Token token,
      boolean isReallocated,
      TokenChange change,
      @Nullable String reason) {
    Optional<Refusal> refusal = change.refusal(token.status(), isReallocated);
    if (refusal.isPresent()) {
      return Decided.refused(
          book,
          NewEntry.ofToken(
              book.slot().id(),
              token,
              AuditEvent.ChangeRejected.of(change, refusal.get(), token.status(), book.status())),
          new Outcome.ChangeRejected(refusal.get(), book.view(token)));
    }
    TokenStatus status = change.result();
    Token changed = token.withStatus(status);
    SlotBook after = book.with(token, status);
    AuditEvent event = event(change, token.status(), reason);
    return new Decided<>(
        List.of(new Change.SetTokenStatus(token, status)),
        List.of(NewEntry.ofToken(book.slot().id(), changed, event)),
        new Outcome.TokenDone(
            TokenView.notQueued(changed),
            after.waitingForPlace(),
            List.of(),
            null,
            warnings(book, token, change)),
        List.of(after));
  }

  private static List<Warning> warnings(SlotBook book, Token token, TokenChange change) {
    return change == TokenChange.NO_SHOW && book.hasCalled() && token.serving().calls() == 0
        ? List.of(Warning.NEVER_CALLED)
        : List.of();
  }

  private static AuditEvent event(TokenChange change, TokenStatus before, @Nullable String reason) {
    return switch (change) {
      case CANCEL -> new AuditEvent.TokenCancelled(before, reason, false);
      case NO_SHOW -> new AuditEvent.TokenNoShow();
      case COMPLETE -> new AuditEvent.TokenCompleted(false);
      case DISPLACE, REALLOCATE, MOVE ->
          throw new IllegalArgumentException(change + " is nothing that a desk asks of a token");
    };
  }
}
