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
      case Operation.OfToken asked ->
          ofToken(asked, new TokenReference.ByLabel(asked.token()), request);
      case Operation.CallNext asked -> desk.serving().callNext(request, queue(asked));
      case Operation.Next asked ->
          desk.serving().next(request, queue(asked), ending(asked.ending()));
      case Operation.OfDoctor asked -> ofDoctor(asked, request);
      case Operation.OfSlot asked ->
          ofSlot(asked, new SlotReference.ByLabel(asked.slot()), request);
    };
  }

  private Response<? extends Outcome> ofToken(
      Operation.OfToken operation, TokenReference token, Request request) {
    return switch (operation) {
      case Operation.Reallocate(var _, var to) ->
          desk.reallocations().reallocate(request, token, to.map(SlotReference.ByLabel::new));
      case Operation.Cancel _ -> desk.tokens().cancel(request, token, null);
      case Operation.NoShow _ -> desk.tokens().noShow(request, token);
      case Operation.Complete _ -> desk.tokens().complete(request, token);
      case Operation.Undo(var _, String reason) -> desk.tokens().undo(request, token, reason);
      case Operation.Move(var _, var to) ->
          desk.moves().move(request, token, new SlotReference.ByLabel(to));
      case Operation.Arrive _ -> desk.serving().arrive(request, token);
      case Operation.Call(var _, var room) -> desk.serving().call(request, token, room);
      case Operation.Park(var _, String reason) -> desk.serving().park(request, token, reason);
      case Operation.Return _ -> desk.serving().comeBack(request, token);
    };
  }

  private Response<? extends Outcome> ofSlot(
      Operation.OfSlot operation, SlotReference slot, Request request) {
    return switch (operation) {
      case Operation.ChangeSlot(var _, int capacity, boolean displaces) ->
          desk.slotCorrections()
              .change(
                  request,
                  slot,
                  new SlotCorrectionService.Terms(
                      Optional.of(capacity), Optional.empty(), Optional.empty(), displaces));
      case Operation.ReopenSlot(var _, String reason) ->
          desk.slotCorrections().reopen(request, slot, reason);
      case Operation.DelaySlot(var _, int minutes) ->
          desk.slotChanges().delay(request, slot, minutes);
      case Operation.CancelSlot(var _, String reason) ->
          desk.slotChanges().cancel(request, slot, reason);
      case Operation.CompleteSlot _ -> desk.slotChanges().complete(request, slot);
    };
  }

  private Response<? extends Outcome> ofDoctor(Operation.OfDoctor operation, Request request) {
    return switch (operation) {
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
