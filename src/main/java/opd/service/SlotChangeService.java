package opd.service;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import opd.decision.Decided;
import opd.decision.Outcome;
import opd.decision.Response;
import opd.decision.SlotBook;
import opd.decision.SlotDecision;
import opd.domain.OpdException;
import opd.domain.Slot;
import opd.domain.SlotLabel;
import opd.domain.SlotReference;
import opd.domain.Token;
import opd.store.connection.Transaction;
import opd.store.table.QueueStore;
import opd.store.table.ReasonStore;
import opd.store.table.RequestStore;
import opd.store.table.SlotStore;

/// Delays, cancels and completes slots.
public final class SlotChangeService {
  private final Decisions decisions;

  public SlotChangeService(Decisions decisions) {
    this.decisions = decisions;
  }

  /// Says how late the doctor is; the queue's order does not change.
  ///
  /// @param minutes as [SlotDecision#delay] takes them; 0 puts the slot back on schedule
  /// @throws OpdException SLOT_NOT_FOUND; INVALID_INPUT when the minutes are out of range
  public Response<Outcome.SlotChange> delay(Request request, SlotReference slot, int minutes) {
    if (minutes < 0 || minutes > Slot.MOST_DELAY_MINUTES) {
      throw OpdException.invalid("the delay is from 0 to " + Slot.MOST_DELAY_MINUTES + " minutes");
    }
    return decide(
        request,
        new Change(
            slot,
            "slot delay",
            Integer.toString(minutes),
            false,
            books -> SlotDecision.delay(books.own(), minutes)));
  }

  /// Its ACTIVE tokens become DISPLACED: they lost their place through no fault of their own.
  ///
  /// @param reason stored in the log, so no name belongs in it
  /// @throws OpdException SLOT_NOT_FOUND; INVALID_INPUT when the reason is not plain text
  public Response<Outcome.SlotChange> cancel(Request request, SlotReference slot, String reason) {
    return decide(request, cancellation(slot, reason, false));
  }

  /// Cancels the slot, and gives each of its patients, first claim first, the first place that is
  /// free in the doctor's later slots of that day: all of it in one transaction.
  ///
  /// @param reason stored in the log, so no name belongs in it
  /// @throws OpdException SLOT_NOT_FOUND; INVALID_INPUT when the reason is not plain text
  public Response<Outcome.SlotChange> cancelAndMove(
      Request request, SlotReference slot, String reason) {
    return decide(request, cancellation(slot, reason, true));
  }

  /// What [#cancel] or [#cancelAndMove] would answer now; changes and audits nothing.
  public Response<Outcome.SlotChange> dryRunCancel(
      Request request, SlotReference slot, String reason, boolean isMoving) {
    Change change = cancellation(slot, reason, isMoving);
    return decisions.dryRun(request, transaction -> find(transaction, request, change));
  }

  private static Change cancellation(SlotReference slot, String reason, boolean isMoving) {
    String checked = TokenService.reason(reason);
    return isMoving
        ? new Change(
            slot,
            "slot cancel --move",
            checked,
            true,
            books ->
                SlotDecision.cancelAndMove(books.own(), checked, books.later(), books.reasons()))
        : new Change(
            slot,
            "slot cancel",
            checked,
            false,
            books -> SlotDecision.cancel(books.own(), checked));
  }

  /// Its ACTIVE tokens become COMPLETED.
  ///
  /// @throws OpdException SLOT_NOT_FOUND
  public Response<Outcome.SlotChange> complete(Request request, SlotReference slot) {
    return decide(
        request,
        new Change(slot, "slot complete", "", false, books -> SlotDecision.complete(books.own())));
  }

  /// What is asked of a slot.
  ///
  /// @param command with the options that decide something
  /// @param argument in its canonical form
  /// @param needsLater whether places in the doctor's later slots of that day are wanted
  private record Change(
      SlotReference slot,
      String command,
      String argument,
      boolean needsLater,
      Function<Books, Decided<Outcome.SlotChange>> decision) {}

  /// @param later the doctor's open slots later that day, by start; none if they are not needed
  /// @param reasons of the first requests of the slot's tokens, by id; none if they are not needed
  private record Books(SlotBook own, List<SlotBook> later, Map<Long, String> reasons) {}

  private Response<Outcome.SlotChange> decide(Request request, Change change) {
    return decisions.once(
        request, Outcome.SlotChange.class, transaction -> find(transaction, request, change));
  }

  private static Decisions.Found<Outcome.SlotChange> find(
      Transaction transaction, Request request, Change change) {
    SlotLabel slot = Finder.slot(transaction, change.slot()).label();
    return new Decisions.Found<>(
        Request.digest(change.command(), slot, change.argument()),
        RequestStore.find(transaction, request.id()),
        () -> Decisions.Loaded.of(change.decision().apply(lock(transaction, slot, change))));
  }

  private static Books lock(Transaction transaction, SlotLabel slot, Change change) {
    List<SlotLabel> slots = new ArrayList<>(List.of(slot));
    if (change.needsLater()) {
      SlotStore.listAfter(transaction, slot).forEach(later -> slots.add(later.label()));
    }
    List<SlotBook> books = QueueStore.lock(transaction, slots);
    SlotBook own = Finder.book(books, slot);
    Map<Long, String> reasons =
        change.needsLater()
            ? ReasonStore.find(transaction, own.active().stream().map(Token::id).toList())
            : Map.of();
    return new Books(own, books.stream().filter(book -> !book.equals(own)).toList(), reasons);
  }
}
