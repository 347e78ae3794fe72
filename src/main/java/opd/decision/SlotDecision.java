package opd.decision;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import opd.domain.DoctorCode;
import opd.domain.Refusal;
import opd.domain.Slot;
import opd.domain.SlotStatus;
import opd.domain.Token;
import opd.domain.TokenStatus;
import org.jspecify.annotations.Nullable;

/// What follows from a doctor who is late, and from slots that are cancelled or completed. A
/// cancelled or completed slot changes no more, unless it is reopened: see [SlotCorrection].
public final class SlotDecision {
  private SlotDecision() {}

  /// The order of the queue does not change.
  ///
  /// @param minutes 0 to [Slot#MOST_DELAY_MINUTES]; 0 puts the slot back on schedule
  public static Decided<Outcome.SlotChange> delay(SlotBook book, int minutes) {
    return book.isOpen()
        ? delayed(book, minutes).as(outcome -> outcome)
        : refuse(book, "slot delay");
  }

  /// @param book of an open slot
  static Decided<Outcome.SlotDelayed> delayed(SlotBook book, int minutes) {
    Slot slot = book.slot();
    SlotStatus status = minutes == 0 ? SlotStatus.SCHEDULED : SlotStatus.DELAYED;
    SlotBook after = book.with(status, minutes);
    return new Decided<>(
        List.of(new Change.SetSlotStatus(slot, status, minutes)),
        List.of(
            NewEntry.ofSlot(slot.id(), new AuditEvent.SlotDelayed(minutes, slot.delayMinutes()))),
        new Outcome.SlotDelayed(after.slot(), slot.delayMinutes(), after.views(), book.time()),
        List.of(after));
  }

  /// Its ACTIVE tokens become DISPLACED: they lost their place through no fault of their own.
  public static Decided<Outcome.SlotChange> cancel(SlotBook book, String reason) {
    return book.isOpen() ? close(cancellation(book, reason, false)) : refuse(book, "slot cancel");
  }

  /// Cancels the slot, and gives each of its patients, first claim first, the first place that is
  /// free in one of the later slots that are still to come, without displacing anybody.
  ///
  /// @param later the doctor's open slots later that day, by start
  /// @param reasons of the first requests of its tokens, by id, where one was given
  public static Decided<Outcome.SlotChange> cancelAndMove(
      SlotBook book, String reason, List<SlotBook> later, Map<Long, String> reasons) {
    return book.isOpen()
        ? moved(book, cancellation(book, reason, true), later, reasons).as(outcome -> outcome)
        : refuse(book, "slot cancel");
  }

  /// Gives each patient of a slot that was cancelled the first place that is free.
  ///
  /// @param places in which one is looked for, in this order
  static Decided<Outcome.SlotMoved> moved(
      SlotBook book,
      Decided<Outcome.SlotDone> cancelled,
      List<SlotBook> places,
      Map<Long, String> reasons) {
    SlotBook own = cancelled.after(book);
    Decided<? extends Outcome> soFar = cancelled;
    List<TokenView> moved = new ArrayList<>();
    for (TokenView lost : cancelled.outcome().tokens()) {
      Decided<? extends Outcome> before = soFar;
      List<SlotBook> books = places.stream().map(before::after).toList();
      Claim claim = Claim.ofReallocation(lost.token()).because(reasons.get(lost.token().id()));
      var reallocated = Reallocation.toFirstFree(before.after(own), claim, books);
      if (reallocated.outcome() instanceof Outcome.Admitted admitted) {
        moved.add(admitted.token());
      }
      soFar = before.then(reallocated);
    }
    Outcome.SlotDone done = cancelled.outcome();
    return soFar.as(_ -> new Outcome.SlotMoved(done.slot(), done.tokens(), moved));
  }

  /// Its ACTIVE tokens become COMPLETED.
  public static Decided<Outcome.SlotChange> complete(SlotBook book) {
    if (!book.isOpen()) {
      return refuse(book, "slot complete");
    }
    return close(
        closed(
            book,
            new AuditEvent.SlotCompleted(sequences(book)),
            SlotStatus.COMPLETED,
            TokenStatus.COMPLETED,
            new AuditEvent.TokenCompleted(true)));
  }

  /// The slot is closed.
  ///
  /// @param command as it is told in the log
  public static Decided<Outcome.SlotChange> refuse(SlotBook book, String command) {
    var event = new AuditEvent.ChangeRejected(command, Refusal.SLOT_CLOSED, null, book.status());
    return Decided.refused(
        book,
        NewEntry.ofSlot(book.slot().id(), event),
        new Outcome.SlotRejected(Refusal.SLOT_CLOSED, book.slot()));
  }

  /// @param isMoving whether its patients get places elsewhere in the same request
  public static Decided<Outcome.SlotDone> cancellation(
      SlotBook book, String reason, boolean isMoving) {
    return cancellation(book, reason, isMoving, null);
  }

  /// @param cover the doctor who stands in, or null
  public static Decided<Outcome.SlotDone> cancellation(
      SlotBook book, String reason, boolean isMoving, @Nullable DoctorCode cover) {
    return closed(
        book,
        new AuditEvent.SlotCancelled(reason, sequences(book), isMoving, cover),
        SlotStatus.CANCELLED,
        TokenStatus.DISPLACED,
        new AuditEvent.TokenDisplaced(null));
  }

  private static Decided<Outcome.SlotDone> closed(
      SlotBook book, AuditEvent event, SlotStatus status, TokenStatus ofTokens, AuditEvent ofEach) {
    Slot slot = book.slot();
    List<Change> changes = new ArrayList<>();
    List<NewEntry> entries = new ArrayList<>(List.of(NewEntry.ofSlot(slot.id(), event)));
    List<TokenView> tokens = new ArrayList<>();
    SlotBook after = book;
    for (Token token : book.active()) {
      Token changed = token.withStatus(ofTokens);
      changes.add(new Change.SetTokenStatus(token, ofTokens));
      entries.add(NewEntry.ofToken(slot.id(), changed, ofEach));
      tokens.add(TokenView.notQueued(changed));
      after = after.with(token, ofTokens);
    }
    changes.add(new Change.SetSlotStatus(slot, status, slot.delayMinutes()));
    after = after.with(status, slot.delayMinutes());
    return new Decided<>(
        changes, entries, new Outcome.SlotDone(after.slot(), tokens), List.of(after));
  }

  private static Decided<Outcome.SlotChange> close(Decided<Outcome.SlotDone> done) {
    return done.as(outcome -> outcome);
  }

  private static List<Integer> sequences(SlotBook book) {
    return book.active().stream().map(Token::sequence).toList();
  }
}
