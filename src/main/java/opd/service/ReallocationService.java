package opd.service;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
import opd.domain.Token;
import opd.domain.TokenReference;
import opd.store.connection.Transaction;
import opd.store.table.SlotStore;
import opd.store.table.TokenStore;

/// Gives displaced tokens a place again: in their own slot they are reinstated with their old
/// number, in another a new token makes them good.
public final class ReallocationService {
  private final Decisions decisions;

  public ReallocationService(Decisions decisions) {
    this.decisions = decisions;
  }

  /// @param to the slot to move to, or empty for the first place that is free without displacing
  ///   anybody
  /// @throws OpdException TOKEN_NOT_FOUND, SLOT_NOT_FOUND
  public Answer<Outcome.Allocation> reallocate(
      Request request, TokenReference token, Optional<SlotReference> to) {
    return decisions.once(
        request,
        Outcome.Allocation.class,
        transaction -> {
          Token found = References.token(transaction, token);
          Optional<SlotLabel> target =
              to.map(reference -> References.slot(transaction, reference).label());
          return new Decisions.Plan<>(
              Request.digest("reallocate", found.label(), target),
              (joined, journal) -> decide(joined, journal, found, target));
        });
  }

  private static Outcome.Allocation decide(
      Transaction transaction, Journal journal, Token found, Optional<SlotLabel> target) {
    SlotLabel own = found.label().slot();
    List<SlotLabel> labels = new ArrayList<>(List.of(own));
    target.ifPresentOrElse(
        labels::add,
        () -> LaterSlots.open(transaction, own).forEach(later -> labels.add(later.label())));
    List<Queue> queues = Queues.lockAll(transaction, labels);
    Queue ownQueue = Queues.of(queues, own);
    Token token = TokenStore.find(transaction, found.id()).orElseThrow();

    Optional<Refusal> refusal =
        TokenChange.REALLOCATE.refusal(
            token.status(), TokenStore.isReallocated(transaction, token.id()));
    if (refusal.isPresent()) {
      return refuse(journal, ownQueue, token, refusal.get());
    }
    Placement placement = Placement.ofReallocation(token);
    return target
        .map(label -> move(transaction, journal, Queues.of(queues, label), placement, ownQueue))
        .orElseGet(() -> moveToFirstFree(transaction, journal, queues, placement, ownQueue));
  }

  /// Gives the tokens of a slot that was cancelled just now places in the later ones, one after the
  /// other, as a reallocation without a target does.
  ///
  /// @param queues of the doctor's slots as they were when they were locked, the cancelled one
  ///   first
  /// @return the new tokens of those for whom there was a place
  static List<TokenView> moveAll(
      Transaction transaction, Journal journal, List<Queue> queues, List<Token> displaced) {
    Slot cancelled = SlotStore.find(transaction, queues.getFirst().slot().id()).orElseThrow();
    Queue ownQueue = new Queue(cancelled, List.of());
    List<Queue> later = new ArrayList<>(queues.subList(1, queues.size()));
    List<TokenView> moved = new ArrayList<>();
    for (Token token : displaced) {
      var placement = Placement.ofReallocation(token);
      switch (moveToFirstFree(transaction, journal, later, placement, ownQueue)) {
        case Outcome.Admitted admitted -> {
          Token placed = admitted.token().token();
          moved.add(admitted.token());
          later.replaceAll(queue ->
              queue.slot().label().equals(placed.label().slot())
                  ? queue.after(List.of(placed))
                  : queue);
        }
        case Outcome.Rejected _ -> {}
      }
    }
    return moved;
  }

  /// Gives the displaced token the first place that is free in one of the queues, which are locked,
  /// without displacing anybody.
  static Outcome.Allocation moveToFirstFree(
      Transaction transaction,
      Journal journal,
      List<Queue> queues,
      Placement placement,
      Queue ownQueue) {
    return queues.stream()
        .filter(queue -> AllocationService.admitsFreely(queue, placement))
        .findFirst()
        .map(queue -> move(transaction, journal, queue, placement, ownQueue))
        .orElseGet(() -> refuse(journal, ownQueue, placement.displaced(), Refusal.NO_FREE_PLACE));
  }

  private static Outcome.Allocation move(
      Transaction transaction, Journal journal, Queue target, Placement placement, Queue ownQueue) {
    Outcome.Allocation outcome =
        AllocationService.decide(new DirectLedger(transaction, journal), target, placement);
    boolean isElsewhere = target.slot().id() != ownQueue.slot().id();
    if (isElsewhere && outcome instanceof Outcome.Admitted admitted) {
      journal.note(
          NewEntry.ofToken(
              ownQueue.slot().id(),
              placement.displaced(),
              new AuditEvent.TokenReallocated(admitted.token().token().label())));
    }
    return outcome;
  }

  private static Outcome.Allocation refuse(
      Journal journal, Queue ownQueue, Token token, Refusal refusal) {
    journal.note(
        NewEntry.ofToken(
            ownQueue.slot().id(),
            token,
            AuditEvent.ChangeRejected.of(
                TokenChange.REALLOCATE, refusal, token.status(), ownQueue.slot().status())));
    return new Outcome.Rejected(
        refusal, null, token.priority(), ownQueue.slot(), null, null, ownQueue.view(token));
  }
}
