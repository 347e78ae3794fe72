package opd.simulation.day;

import java.time.Instant;
import java.util.Optional;
import opd.decision.Outcome;
import opd.decision.Response;
import opd.decision.RoomDecision;
import opd.domain.Actor;
import opd.domain.RequestId;
import opd.domain.SlotReference;
import opd.domain.TokenReference;
import opd.service.AbsenceService;
import opd.service.AllocationRequest;
import opd.service.FacilityServices;
import opd.service.Request;
import opd.service.ServingService;
import opd.service.SlotCorrectionService;
import opd.simulation.auditor.DecidedOperation;
import opd.simulation.plan.Operation;

/// Carries out a day's operations at a desk.
public record OperationRunner(FacilityServices desk) {
  private static final Actor ACTOR = new Actor("simulation");

  public static Request request(String id) {
    return new Request(ACTOR, new RequestId(id));
  }

  /// Does what the task asks for, and times it.
  DecidedOperation decide(Task task, String requestId, Instant at) {
    long began = System.nanoTime();
    Response<? extends Outcome> answer = perform(task.operation(), request(requestId));
    long ended = System.nanoTime();
    return new DecidedOperation(
        requestId,
        at,
        task.operation(),
        answer.outcome(),
        OutcomeText.of(answer, desk.zone()),
        began,
        ended);
  }

  public Response<? extends Outcome> perform(Operation operation, Request request) {
    return switch (operation) {
      case Operation.Allocate asked ->
          allocate(
              asked,
              new AllocationRequest.Place.InSlot(new SlotReference.ByLabel(asked.slot())),
              request);
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
      case Operation.Undo(var token, String reason) ->
          desk.tokens().undo(request, new TokenReference.ByLabel(token), reason);
      case Operation.Move(var token, var to) ->
          desk.moves()
              .move(request, new TokenReference.ByLabel(token), new SlotReference.ByLabel(to));
      case Operation.Arrive(var token) ->
          desk.serving().arrive(request, new TokenReference.ByLabel(token));
      case Operation.Call(var token, var room) ->
          desk.serving().call(request, new TokenReference.ByLabel(token), room);
      case Operation.Park(var token, String reason) ->
          desk.serving().park(request, new TokenReference.ByLabel(token), reason);
      case Operation.Return(var token) ->
          desk.serving().comeBack(request, new TokenReference.ByLabel(token));
      case Operation.CallNext asked -> desk.serving().callNext(request, queue(asked));
      case Operation.Next asked ->
          desk.serving().next(request, queue(asked), ending(asked.ending()));
      case Operation.ReopenSlot(var slot, String reason) ->
          desk.slotCorrections().reopen(request, new SlotReference.ByLabel(slot), reason);
      case Operation.ChangeSlot(var slot, int capacity, boolean displaces) ->
          desk.slotCorrections()
              .change(
                  request,
                  new SlotReference.ByLabel(slot),
                  new SlotCorrectionService.Terms(
                      Optional.of(capacity), Optional.empty(), Optional.empty(), displaces));
      case Operation.DelaySlot(var slot, int minutes) ->
          desk.slotChanges().delay(request, new SlotReference.ByLabel(slot), minutes);
      case Operation.CancelSlot(var slot, String reason) ->
          desk.slotChanges().cancel(request, new SlotReference.ByLabel(slot), reason);
      case Operation.DoctorLate(var slot, int minutes, Instant from) ->
          desk.absences().late(request, slot.doctor(), minutes, Optional.of(from));
      case Operation.DoctorLeave leave ->
          desk.absences()
              .leave(
                  request,
                  new AbsenceService.Leave(
                      leave.slot().doctor(),
                      Optional.of(leave.from()),
                      Optional.of(leave.until()),
                      leave.reason(),
                      Optional.of(leave.cover())));
      case Operation.CompleteSlot(var slot) ->
          desk.slotChanges().complete(request, new SlotReference.ByLabel(slot));
    };
  }

  private static ServingService.Queue queue(Operation.OfQueue asked) {
    return new ServingService.Queue(
        asked.isOfSlot()
            ? new ServingService.Queue.Place.OfSlot(new SlotReference.ByLabel(asked.slot()))
            : new ServingService.Queue.Place.OfDoctor(asked.slot().doctor()),
        asked.isPresent(),
        asked.room());
  }

  private static RoomDecision.Ending ending(Operation.Ending asked) {
    return switch (asked) {
      case COMPLETE -> RoomDecision.Ending.COMPLETE;
      case NO_SHOW -> RoomDecision.Ending.NO_SHOW;
      case PARK -> RoomDecision.Ending.PARK;
    };
  }

  /// For a patient who asks for the doctor and takes whichever slot is next.
  ///
  /// @param asked with one of the doctor's slots
  public Response<? extends Outcome> allocateWithDoctor(Operation.Allocate asked, Request request) {
    return allocate(
        asked,
        new AllocationRequest.Place.WithDoctor(asked.slot().doctor(), Optional.empty()),
        request);
  }

  private Response<? extends Outcome> allocate(
      Operation.Allocate asked, AllocationRequest.Place place, Request request) {
    return desk.allocations()
        .allocate(
            request,
            new AllocationRequest(
                place,
                asked.patient(),
                Optional.of(asked.name()),
                asked.priority(),
                asked.source(),
                asked.how() == Operation.How.REPLACE,
                asked.how() == Operation.How.OR_NEXT));
  }
}
