package opd.service;

import java.util.ArrayList;
import java.util.List;
import opd.decision.Answer;
import opd.decision.AuditEvent;
import opd.decision.NewEntry;
import opd.decision.Outcome;
import opd.decision.TokenChange;
import opd.decision.TokenView;
import opd.domain.OpdException;
import opd.domain.Refusal;
import opd.domain.Slot;
import opd.domain.SlotLabel;
import opd.domain.SlotReference;
import opd.domain.SlotStatus;
import opd.domain.Token;
import opd.store.connection.Transaction;
import opd.store.table.SlotStore;
import opd.store.table.TokenStore;

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
    return decide(
        request,
        new Wish(
            slot,
            "delay",
            Integer.toString(minutes),
            (transaction, journal, slots) -> delay(transaction, journal, slots.own(), minutes)));
  }

  /// Its ACTIVE tokens become DISPLACED: they lost their place through no fault of their own.
  ///
  /// @param reason stored in the log, so no name belongs in it
  /// @throws OpdException SLOT_NOT_FOUND; INVALID_INPUT when the reason is not plain text
  public Answer<Outcome.SlotChange> cancel(Request request, SlotReference slot, String reason) {
    return decide(request, cancellation(slot, reason));
  }

  /// Cancels the slot, and gives each of its patients, first claim first, the first place that is
  /// free in the doctor's later slots of that day: all of it in one transaction.
  ///
  /// @param reason stored in the log, so no name belongs in it
  /// @throws OpdException SLOT_NOT_FOUND; INVALID_INPUT when the reason is not plain text
  public Answer<Outcome.SlotChange> cancelAndMove(
      Request request, SlotReference slot, String reason) {
    return decide(request, move(slot, reason));
  }

  /// What [#cancel] or [#cancelAndMove] would answer now; changes and audits nothing.
  public Answer<Outcome.SlotChange> rehearseCancel(
      Request request, SlotReference slot, String reason, boolean isMoving) {
    Wish wish = isMoving ? move(slot, reason) : cancellation(slot, reason);
    return decisions.rehearse(request, transaction -> plan(transaction, wish));
  }

  private static Wish cancellation(SlotReference slot, String reason) {
    String checkedReason = TokenService.reason(reason);
    return new Wish(
        slot,
        "cancel",
        checkedReason,
        (transaction, journal, slots) ->
            cancel(transaction, journal, slots.own(), checkedReason, false));
  }

  private static Wish move(SlotReference slot, String reason) {
    String checkedReason = TokenService.reason(reason);
    return new Wish(
        slot,
        "cancel --move",
        checkedReason,
        (transaction, journal, slots) -> {
          var done = cancel(transaction, journal, slots.own(), checkedReason, true);
          List<Token> displaced = done.tokens().stream().map(TokenView::token).toList();
          List<TokenView> moved =
              ReallocationService.moveAll(transaction, journal, slots.queues(), displaced);
          return new Outcome.SlotMoved(done.slot(), done.tokens(), moved);
        });
  }

  /// Its ACTIVE tokens become COMPLETED.
  ///
  /// @throws OpdException SLOT_NOT_FOUND
  public Answer<Outcome.SlotChange> complete(Request request, SlotReference slot) {
    return decide(
        request,
        new Wish(
            slot,
            "complete",
            "",
            (transaction, journal, slots) -> complete(transaction, journal, slots.own())));
  }

  /// @param command the last word of the command, and its options that decide something
  /// @param argument in its canonical form
  private record Wish(SlotReference slot, String command, String argument, Change change) {
    boolean isMove() {
      return command.equals("cancel --move");
    }

    /// As it is told in the log.
    String name() {
      return "slot " + (isMove() ? "cancel" : command);
    }
  }

  private interface Change {
    Outcome.SlotChange of(Transaction transaction, Journal journal, LockedSlots slots);
  }

  /// @param queues of all slots that may be concerned, the own one among them
  private record LockedSlots(SlotLabel label, List<Queue> queues) {
    Queue own() {
      return Queues.of(queues, label);
    }
  }

  private Answer<Outcome.SlotChange> decide(Request request, Wish wish) {
    return decisions.once(
        request, Outcome.SlotChange.class, transaction -> plan(transaction, wish));
  }

  private static Decisions.Plan<Outcome.SlotChange> plan(Transaction transaction, Wish wish) {
    SlotLabel label = References.slot(transaction, wish.slot()).label();
    return new Decisions.Plan<>(
        Request.digest("slot " + wish.command(), label, wish.argument()),
        (joined, journal) -> {
          LockedSlots slots =
              new LockedSlots(label, Queues.lockAll(joined, concerned(joined, label, wish)));
          Slot own = slots.own().slot();
          return own.status().isOpen()
              ? wish.change().of(joined, journal, slots)
              : refuse(journal, own, wish.name());
        });
  }

  private static List<SlotLabel> concerned(Transaction transaction, SlotLabel label, Wish wish) {
    List<SlotLabel> labels = new ArrayList<>(List.of(label));
    if (wish.isMove()) {
      LaterSlots.open(transaction, label).forEach(later -> labels.add(later.label()));
    }
    return labels;
  }

  private static Outcome.SlotRejected refuse(Journal journal, Slot slot, String wish) {
    journal.note(
        NewEntry.ofSlot(
            slot.id(),
            new AuditEvent.ChangeRejected(wish, Refusal.SLOT_CLOSED, null, slot.status())));
    return new Outcome.SlotRejected(Refusal.SLOT_CLOSED, slot);
  }

  private static Outcome.SlotDelayed delay(
      Transaction transaction, Journal journal, Queue queue, int minutes) {
    Slot slot = queue.slot();
    SlotStatus status = minutes == 0 ? SlotStatus.SCHEDULED : SlotStatus.DELAYED;
    SlotStore.setStatus(transaction, slot.id(), status, minutes);
    journal.note(
        NewEntry.ofSlot(slot.id(), new AuditEvent.SlotDelayed(minutes, slot.delayMinutes())));
    Queue delayed = new Queue(reloaded(transaction, slot), queue.active());
    return new Outcome.SlotDelayed(delayed.slot(), slot.delayMinutes(), delayed.views());
  }

  private static Outcome.SlotDone cancel(
      Transaction transaction, Journal journal, Queue queue, String reason, boolean isMoving) {
    journal.note(
        NewEntry.ofSlot(
            queue.slot().id(), new AuditEvent.SlotCancelled(reason, sequences(queue), isMoving)));
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
