package opd.service;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import opd.decision.Decided;
import opd.decision.Outcome;
import opd.decision.Response;
import opd.decision.SlotBook;
import opd.decision.SlotCorrection;
import opd.domain.OpdException;
import opd.domain.Slot;
import opd.domain.SlotReference;
import opd.store.connection.Transaction;
import opd.store.table.LastChangeStore;
import opd.store.table.QueueStore;
import opd.store.table.RequestStore;

/// Mends slots that were opened with the wrong capacity or end, or closed by mistake.
public final class SlotCorrectionService {
  private final Decisions decisions;

  public SlotCorrectionService(Decisions decisions) {
    this.decisions = decisions;
  }

  /// What is wanted of a slot; what is empty stays.
  ///
  /// @param end the new one, by the start
  /// @param length from its start, if no end is given
  /// @param displaces whether those who have no place then lose theirs
  public record Terms(
      Optional<Integer> capacity,
      Optional<UnaryOperator<Instant>> end,
      Optional<Duration> length,
      boolean displaces) {
    private Optional<Instant> endOf(Slot slot) {
      return end.map(from -> from.apply(slot.start())).or(() -> length.map(slot.start()::plus));
    }
  }

  /// @throws OpdException SLOT_NOT_FOUND, SLOT_OVERLAPS; INVALID_INPUT when capacity or end is out
  ///   of range
  public Response<Outcome.SlotChange> change(Request request, SlotReference slot, Terms terms) {
    return decisions.once(
        request,
        Outcome.SlotChange.class,
        transaction -> findChange(transaction, request, slot, terms));
  }

  /// What [#change] would answer now; changes and audits nothing.
  public Response<Outcome.SlotChange> dryRunChange(
      Request request, SlotReference slot, Terms terms) {
    return decisions.dryRun(request, transaction -> findChange(transaction, request, slot, terms));
  }

  /// @param reason stored in the log, so no name belongs in it
  /// @throws OpdException SLOT_NOT_FOUND, SLOT_OVERLAPS; INVALID_INPUT when the reason is not plain
  ///   text
  public Response<Outcome.SlotChange> reopen(Request request, SlotReference slot, String reason) {
    String checked = TokenService.reason(reason);
    return decisions.once(
        request,
        Outcome.SlotChange.class,
        transaction -> findReopening(transaction, request, slot, checked));
  }

  /// What [#reopen] would answer now; changes and audits nothing.
  public Response<Outcome.SlotChange> dryRunReopen(
      Request request, SlotReference slot, String reason) {
    String checked = TokenService.reason(reason);
    return decisions.dryRun(
        request, transaction -> findReopening(transaction, request, slot, checked));
  }

  private static Decisions.Found<Outcome.SlotChange> findChange(
      Transaction transaction, Request request, SlotReference reference, Terms terms) {
    Slot slot = Finder.slot(transaction, reference);
    Optional<Instant> end = terms.endOf(slot);
    // Start and doctor stay, so that the plan of such a slot says whether it is one.
    new SessionPlan(
        slot.label().doctor(),
        slot.start(),
        Duration.between(slot.start(), end.orElse(slot.end())),
        terms.capacity().orElse(slot.capacity()),
        Optional.empty());
    var wanted =
        new SlotCorrection.Terms(
            terms.capacity().orElse(null), end.orElse(null), terms.displaces());
    return new Decisions.Found<>(
        Request.digest("slot change", slot.label(), terms.capacity(), end, terms.displaces()),
        RequestStore.find(transaction, request.id()),
        () -> decide(transaction, slot, book -> SlotCorrection.change(book, wanted)));
  }

  private static Decisions.Found<Outcome.SlotChange> findReopening(
      Transaction transaction, Request request, SlotReference reference, String reason) {
    Slot slot = Finder.slot(transaction, reference);
    return new Decisions.Found<>(
        Request.digest("slot reopen", slot.label(), reason),
        RequestStore.find(transaction, request.id()),
        () ->
            decide(
                transaction,
                slot,
                book ->
                    SlotCorrection.reopen(
                        book, LastChangeStore.ofClosing(transaction, book.slot()), reason)));
  }

  /// The doctor is locked before the slot, as by those who open another one beside it.
  private static Decisions.Loaded<Outcome.SlotChange> decide(
      Transaction transaction,
      Slot slot,
      Function<SlotBook, Decided<Outcome.SlotChange>> decision) {
    Finder.lockedDoctor(transaction, slot.label().doctor());
    SlotBook book = Finder.book(QueueStore.lock(transaction, Set.of(slot.label())), slot.label());
    Decided<Outcome.SlotChange> decided = decision.apply(book);
    switch (decided.outcome()) {
      case Outcome.SlotChanged changed -> SlotService.mustFit(transaction, changed.slot());
      case Outcome.SlotReopened reopened -> SlotService.mustFit(transaction, reopened.slot());
      case Outcome.SlotRejected _ -> {}
      case Outcome.SlotDone _, Outcome.SlotDelayed _, Outcome.SlotMoved _ ->
          throw new IllegalStateException("no correction of a slot: " + decided.outcome());
    }
    return Decisions.Loaded.of(decided);
  }
}
