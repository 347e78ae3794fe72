package opd.service;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import opd.decision.Claim;
import opd.decision.Decided;
import opd.decision.Outcome;
import opd.decision.Reallocation;
import opd.decision.Response;
import opd.decision.SlotBook;
import opd.domain.OpdException;
import opd.domain.Refusal;
import opd.domain.SlotLabel;
import opd.domain.SlotReference;
import opd.domain.Token;
import opd.domain.TokenReference;
import opd.store.connection.Transaction;
import opd.store.table.DecisionStore;
import opd.store.table.HeldTokenStore;
import opd.store.table.QueueStore;
import opd.store.table.ReasonStore;
import opd.store.table.RequestStore;
import opd.store.table.SlotStore;

/// Gives displaced tokens a place again.
public final class ReallocationService {
  private final Decisions decisions;

  public ReallocationService(Decisions decisions) {
    this.decisions = decisions;
  }

  /// @param to the slot to move to, or empty for the first place that is free without displacing
  ///   anybody
  /// @throws OpdException TOKEN_NOT_FOUND, SLOT_NOT_FOUND
  public Response<Outcome.Allocation> reallocate(
      Request request, TokenReference reference, Optional<SlotReference> to) {
    return decisions.once(
        request,
        Outcome.Allocation.class,
        transaction -> {
          Token found = Finder.token(transaction, reference);
          Optional<SlotLabel> target = to.map(slot -> Finder.slot(transaction, slot).label());
          return new Decisions.Found<>(
              Request.digest("reallocate", found.label(), target),
              RequestStore.find(transaction, request.id()),
              () -> Decisions.Loaded.of(decide(transaction, found, target)));
        });
  }

  private static Decided<Outcome.Allocation> decide(
      Transaction transaction, Token found, Optional<SlotLabel> target) {
    SlotLabel slot = found.label().slot();
    List<SlotLabel> slots = new ArrayList<>(List.of(slot));
    target.ifPresentOrElse(
        slots::add,
        () -> SlotStore.listAfter(transaction, slot).forEach(later -> slots.add(later.label())));
    var held = HeldTokenStore.findWithNext(transaction, List.of(found.patientId()), slots);
    var reasons = ReasonStore.findWithNext(transaction, List.of(found.id()));
    List<SlotBook> books = QueueStore.lock(transaction, slots);
    SlotBook own = Finder.book(books, slot);
    var locked = DecisionStore.locked(transaction, found, own);
    Token token = locked.token();

    Optional<Refusal> refusal = Reallocation.refusal(token, token.isReallocated());
    if (refusal.isPresent()) {
      return Reallocation.refuse(own, token, refusal.get(), target.orElse(null));
    }
    Claim claim =
        Claim.ofReallocation(token)
            .because(reasons.get().get(token.id()))
            .holding(held.get().getOrDefault(token.patientId(), List.of()));
    if (target.isEmpty()) {
      return Reallocation.toFirstFree(own, claim, books);
    }
    SlotBook book = Finder.book(books, target.get());
    var next = AllocationService.next(transaction, book, claim);
    return Reallocation.to(own, claim, book, next);
  }
}
