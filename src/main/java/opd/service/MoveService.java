package opd.service;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import opd.decision.Claim;
import opd.decision.Decided;
import opd.decision.Move;
import opd.decision.Outcome;
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

/// Gives patients who hold a place one in another slot instead.
public final class MoveService {
  private final Decisions decisions;

  public MoveService(Decisions decisions) {
    this.decisions = decisions;
  }

  /// @throws OpdException TOKEN_NOT_FOUND, SLOT_NOT_FOUND
  public Response<Outcome.Allocation> move(
      Request request, TokenReference token, SlotReference to) {
    return decisions.once(
        request, Outcome.Allocation.class, transaction -> find(transaction, request, token, to));
  }

  /// What [#move] would answer now; changes and audits nothing.
  public Response<Outcome.Allocation> dryRun(
      Request request, TokenReference token, SlotReference to) {
    return decisions.dryRun(request, transaction -> find(transaction, request, token, to));
  }

  private static Decisions.Found<Outcome.Allocation> find(
      Transaction transaction, Request request, TokenReference reference, SlotReference to) {
    Token found = Finder.token(transaction, reference);
    SlotLabel target = Finder.slot(transaction, to).label();
    return new Decisions.Found<>(
        Request.digest("move", found.label(), target),
        RequestStore.find(transaction, request.id()),
        () -> Decisions.Loaded.of(decide(transaction, found, target)));
  }

  private static Decided<Outcome.Allocation> decide(
      Transaction transaction, Token found, SlotLabel target) {
    SlotLabel slot = found.label().slot();
    Set<SlotLabel> both = new LinkedHashSet<>(List.of(slot));
    both.add(target);
    var held = HeldTokenStore.findWithNext(transaction, List.of(found.patientId()), both);
    var reasons = ReasonStore.findWithNext(transaction, List.of(found.id()));
    List<SlotBook> books = QueueStore.lock(transaction, both);
    SlotBook own = Finder.book(books, slot);
    var locked = DecisionStore.locked(transaction, found, own);
    Token token = locked.token();
    Optional<Refusal> refusal = Move.refusal(token, token.isReallocated());
    if (refusal.isPresent()) {
      return Move.refuse(own, token, refusal.get(), target);
    }
    SlotBook book = Finder.book(books, target);
    Claim claim =
        Claim.ofMove(token)
            .because(reasons.get().get(token.id()))
            .holding(held.get().getOrDefault(token.patientId(), List.of()));
    var next = AllocationService.next(transaction, book, claim);
    return Move.to(own, claim, book, next);
  }
}
