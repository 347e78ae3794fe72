package opd.decision;

import java.util.List;
import java.util.Optional;
import opd.domain.Refusal;
import opd.domain.Token;
import opd.domain.TokenStatus;
import org.jspecify.annotations.Nullable;

/// What follows when the last change of a token's status was a mistake: a wrong click must not cost
/// a patient the place.
public final class Undo {
  /// How the log names it where it is refused.
  public static final String COMMAND = "UNDO";

  private Undo() {}

  /// The token becomes what it was, under its number, if a place is free for it now.
  ///
  /// @param book of the token's slot, with those who wait
  /// @param token as it is now
  /// @param last how it came to be so
  /// @param isErased whether the patient is erased
  public static Decided<Outcome.Change> decide(
      SlotBook book, Token token, LastChange last, boolean isErased, String reason) {
    TokenStatus status = last.undone();
    if (status == null || isErased) {
      return refuse(
          book,
          token,
          Refusal.NOTHING_TO_UNDO,
          null,
          new ChangeFacts(null, null, null, isErased, reason, null));
    }
    return status == TokenStatus.ACTIVE
        ? withPlace(book, token, last, reason)
        : undone(book, token, status, last, reason);
  }

  /// The place may have been given, or the slot closed, since.
  private static Decided<Outcome.Change> withPlace(
      SlotBook book, Token token, LastChange last, String reason) {
    if (!book.isOpen()) {
      return refuse(book, token, Refusal.SLOT_CLOSED, null, ChangeFacts.ofReason(reason));
    }
    Optional<Token> held = book.heldBy(token.patientId());
    if (held.isPresent()) {
      var facts = new ChangeFacts(held.get().label(), null, null, false, reason, null);
      return refuse(book, token, Refusal.DUPLICATE_TOKEN, held.get(), facts);
    }
    if (book.isFull()) {
      int places = book.slot().capacity();
      var facts = new ChangeFacts(null, places, book.active().size(), false, reason, null);
      return refuse(book, token, Refusal.SLOT_FULL, null, facts);
    }
    return undone(book, token, TokenStatus.ACTIVE, last, reason);
  }

  private static Decided<Outcome.Change> undone(
      SlotBook book, Token token, TokenStatus status, LastChange last, String reason) {
    Token changed = token.withStatus(status);
    SlotBook after = book.with(token, status);
    List<TokenView> others =
        status == TokenStatus.ACTIVE ? book.othersWaiting(token.patientId()) : List.of();
    return new Decided<>(
        List.of(new Change.SetTokenStatus(token, status)),
        List.of(
            NewEntry.ofToken(
                book.slot().id(),
                changed,
                new AuditEvent.ChangeUndone(last.number(), token.status(), status, reason))),
        new Outcome.TokenDone(
            after.view(changed),
            after.waitingForPlace(),
            others,
            others.isEmpty() ? List.of() : List.of(Warning.OTHERS_WAIT)),
        List.of(after));
  }

  private static Decided<Outcome.Change> refuse(
      SlotBook book, Token token, Refusal refusal, @Nullable Token existing, ChangeFacts facts) {
    var event =
        new AuditEvent.ChangeRejected(COMMAND, refusal, token.status(), book.status(), facts);
    return Decided.refused(
        book,
        NewEntry.ofToken(book.slot().id(), token, event),
        new Outcome.ChangeRejected(
            refusal, book.view(token), existing == null ? null : book.view(existing)));
  }
}
