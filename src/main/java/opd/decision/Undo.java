package opd.decision;

import java.util.ArrayList;
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
  /// @param held the ACTIVE tokens that the patient holds, as far as they were looked for
  public static Decided<Outcome.Change> decide(
      SlotBook book,
      Token token,
      LastChange last,
      boolean isErased,
      List<HeldToken> held,
      String reason) {
    TokenStatus status = last.undone();
    if (status == null || isErased) {
      return refuse(
          book,
          token,
          Refusal.NOTHING_TO_UNDO,
          null,
          new ChangeFacts(null, null, null, isErased, reason, null));
    }
    var event = new AuditEvent.ChangeUndone(last.number(), token.status(), status, reason);
    return status == TokenStatus.ACTIVE
        ? withPlace(
            book, token, event.holding(HeldToken.beside(book.slot(), held.stream())), reason)
        : undone(book, token, event, List.of());
  }

  /// The place may have been given, or the slot closed, since.
  private static Decided<Outcome.Change> withPlace(
      SlotBook book, Token token, AuditEvent.ChangeUndone event, String reason) {
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
    return undone(book, token, event, book.othersWaiting(token.patientId()));
  }

  private static Decided<Outcome.Change> undone(
      SlotBook book, Token token, AuditEvent.ChangeUndone event, List<TokenView> others) {
    TokenStatus status = event.status();
    Token changed = token.withStatus(status);
    SlotBook after = book.with(token, status);
    List<Warning> warnings = new ArrayList<>();
    if (!others.isEmpty()) {
      warnings.add(Warning.OTHERS_WAIT);
    }
    if (event.holds() != null) {
      warnings.add(Warning.HOLDS_ANOTHER);
    }
    return new Decided<>(
        List.of(new Change.SetTokenStatus(token, status)),
        List.of(NewEntry.ofToken(book.slot().id(), changed, event)),
        new Outcome.TokenDone(
            after.view(changed),
            after.waitingForPlace(),
            others,
            event.holds(),
            List.copyOf(warnings)),
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
