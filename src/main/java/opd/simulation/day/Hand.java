package opd.simulation.day;

import java.util.Optional;
import opd.decision.Answer;
import opd.decision.Outcome;
import opd.domain.SlotReference;
import opd.domain.TokenReference;
import opd.service.AllocationRequest;
import opd.service.Desk;
import opd.service.Request;
import opd.simulation.plan.Operation;

/// Does at a desk what it is asked to.
record Hand(Desk desk) {
  private static final String REASON = "called away";

  Answer<? extends Outcome> perform(Operation operation, Request request) {
    return switch (operation) {
      case Operation.Allocate wish -> desk.allocations().allocate(request, allocation(wish));
      case Operation.Reallocate(var token, var to) ->
          desk.reallocations()
              .reallocate(
                  request, new TokenReference.ByLabel(token), to.map(SlotReference.ByLabel::new));
      case Operation.Cancel(var token) ->
          desk.tokens().cancel(request, new TokenReference.ByLabel(token), null);
      case Operation.NoShow(var token) ->
          desk.tokens().noShow(request, new TokenReference.ByLabel(token));
      case Operation.Complete(var token) ->
          desk.tokens().complete(request, new TokenReference.ByLabel(token));
      case Operation.DelaySlot(var slot, int minutes) ->
          desk.slotChanges().delay(request, new SlotReference.ByLabel(slot), minutes);
      case Operation.CancelSlot(var slot) ->
          desk.slotChanges().cancel(request, new SlotReference.ByLabel(slot), REASON);
      case Operation.CompleteSlot(var slot) ->
          desk.slotChanges().complete(request, new SlotReference.ByLabel(slot));
    };
  }

  private static AllocationRequest allocation(Operation.Allocate wish) {
    return new AllocationRequest(
        new AllocationRequest.Place.InSlot(new SlotReference.ByLabel(wish.slot())),
        wish.patient(),
        Optional.of(wish.name()),
        wish.priority(),
        wish.source(),
        wish.how() == Operation.How.REPLACE,
        wish.how() == Operation.How.OR_NEXT);
  }
}
