package opd.service;

import java.util.ArrayList;
import java.util.List;
import opd.audit.AuditEvent;
import opd.audit.NewEntry;
import opd.domain.OpdException;
import opd.domain.Refusal;
import opd.domain.Slot;
import opd.domain.SlotReference;
import opd.domain.SlotStatus;
import opd.domain.Token;
import opd.outcome.Answer;
import opd.outcome.Outcome;
import opd.outcome.TokenView;
import opd.rule.TokenChange;
import opd.store.SlotStore;
import opd.store.TokenStore;
import opd.store.Transaction;

/// Delays, cancels and completes slots. A cancelled or completed slot is final.
public final class SlotChangeService {
  private static final int MOST_DELAY_MINUTES = 24 * 60;

  private final Decisions decisions;

  public SlotChangeService(Decisions decisions) {
    this.decisions = decisions;
  }

  /// Says how late the doctor is; the queue's order does not change.
  ///
  /// @param minutes 0 to 1440; 0 puts the slot back on schedule
  /// @throws OpdException SLOT_NOT_FOUND; INVALID_INPUT when the minutes are out of range
  public Answer<Outcome.SlotChange> delay(Request request, SlotReference slot, int minutes) {
    if (minutes < 0 || minutes > MOST_DELAY_MINUTES) {
      throw OpdException.invalid("the delay is from 0 to " + MOST_DELAY_MINUTES + " minutes");
    }
    return change(
        request,
        slot,
        "delay",
        Integer.toString(minutes),
        (transaction, journal, queue) -> delay(transaction, journal, queue, minutes));
  }

  /// Its ACTIVE tokens become DISPLACED: they lost their place through no fault of their own.
  ///
  /// @param reason stored in the log, so no name belongs in it
  /// @throws OpdException SLOT_NOT_FOUND; INVALID_INPUT when the reason is not plain text
  public Answer<Outcome.SlotChange> cancel(Request request, SlotReference slot, String reason) {
    String checkedReason = TokenService.reason(reason);
    return change(
        request,
        slot,
        "cancel",
        checkedReason,
        (transaction, journal, queue) -> cancel(transaction, journal, queue, checkedReason));
  }

  /// Its ACTIVE tokens become COMPLETED.
  ///
  /// @throws OpdException SLOT_NOT_FOUND
  public Answer<Outcome.SlotChange> complete(Request request, SlotReference slot) {
    return change(request, slot, "complete", "", SlotChangeService::complete);
  }

  private interface Change {
    Outcome.SlotChange of(Transaction transaction, Journal journal, Queue queue);
  }

  private Answer<Outcome.SlotChange> change(
      Request request, SlotReference reference, String wish, String argument, Change change) {
    return decisions.once(
        request,
        Outcome.SlotChange.class,
        transaction -> {
          Slot slot = References.slot(transaction, reference);
          return new Decisions.Plan<>(
              Request.digest("slot " + wish, slot.label(), argument),
              (joined, journal) -> {
                Queue queue = Queues.lock(joined, slot.label());
                return queue.slot().status().isOpen()
                    ? change.of(joined, journal, queue)
                    : refuse(journal, queue.slot(), wish);
              });
        });
  }

  private static Outcome.SlotRejected refuse(Journal journal, Slot slot, String wish) {
    journal.note(
        NewEntry.ofSlot(
            slot.id(),
            new AuditEvent.ChangeRejected(
                "slot " + wish, Refusal.SLOT_CLOSED, null, slot.status())));
    return new Outcome.SlotRejected(Refusal.SLOT_CLOSED, slot);
  }

  private static Outcome.SlotDone delay(
      Transaction transaction, Journal journal, Queue queue, int minutes) {
    Slot slot = queue.slot();
    SlotStatus status = minutes == 0 ? SlotStatus.SCHEDULED : SlotStatus.DELAYED;
    SlotStore.setStatus(transaction, slot.id(), status, minutes);
    journal.note(
        NewEntry.ofSlot(slot.id(), new AuditEvent.SlotDelayed(minutes, slot.delayMinutes())));
    Queue delayed = new Queue(reloaded(transaction, slot), queue.active());
    return new Outcome.SlotDone(delayed.slot(), delayed.views());
  }

  private static Outcome.SlotDone cancel(
      Transaction transaction, Journal journal, Queue queue, String reason) {
    journal.note(
        NewEntry.ofSlot(queue.slot().id(), new AuditEvent.SlotCancelled(reason, sequences(queue))));
    return close(
        transaction,
        journal,
        queue,
        SlotStatus.CANCELLED,
        TokenChange.DISPLACE,
        new AuditEvent.TokenDisplaced(null));
  }

  private static Outcome.SlotDone complete(Transaction transaction, Journal journal, Queue queue) {
    journal.note(
        NewEntry.ofSlot(queue.slot().id(), new AuditEvent.SlotCompleted(sequences(queue))));
    return close(
        transaction,
        journal,
        queue,
        SlotStatus.COMPLETED,
        TokenChange.COMPLETE,
        new AuditEvent.TokenCompleted(true));
  }

  private static Outcome.SlotDone close(
      Transaction transaction,
      Journal journal,
      Queue queue,
      SlotStatus status,
      TokenChange change,
      AuditEvent event) {
    Slot slot = queue.slot();
    List<TokenView> changed = new ArrayList<>();
    for (Token token : queue.active()) {
      Token reclassified = TokenStore.reclassify(transaction, token, change);
      journal.note(NewEntry.ofToken(slot.id(), reclassified, event));
      changed.add(TokenView.notQueued(reclassified));
    }
    SlotStore.setStatus(transaction, slot.id(), status, slot.delayMinutes());
    return new Outcome.SlotDone(reloaded(transaction, slot), changed);
  }

  private static List<Integer> sequences(Queue queue) {
    return queue.active().stream().map(Token::sequence).toList();
  }

  private static Slot reloaded(Transaction transaction, Slot slot) {
    return SlotStore.find(transaction, slot.id()).orElseThrow();
  }
}
