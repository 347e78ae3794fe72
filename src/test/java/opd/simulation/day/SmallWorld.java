package opd.simulation.day;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import opd.decision.RoomDecision;
import opd.domain.Actor;
import opd.domain.DoctorCode;
import opd.domain.Slot;
import opd.domain.SlotLabel;
import opd.domain.SlotReference;
import opd.domain.TokenLabel;
import opd.domain.TokenPriority;
import opd.domain.TokenReference;
import opd.domain.TokenSource;
import opd.service.AllocationRequest;
import opd.service.BatchLine;
import opd.service.BatchResult;
import opd.service.FacilityServices;
import opd.service.ServingService.Queue;
import opd.service.SessionPlan;
import opd.service.SlotCorrectionService;
import opd.simulation.plan.Operation;
import opd.store.table.Inspection;
import opd.testing.Clinic;

/// A doctor's morning of three slots. In the full one sit a follow-up, who is first to go, and an
/// emergency, who is with the doctor and by whom another follow-up was displaced: whatever is done
/// to this slot changes what the next can do. The slot after it has one place left, and may have a
/// patient who was marked as not come; the slot before it may have been cancelled. A second doctor
/// may stand in.
final class SmallWorld {
  private static final int CAPACITY = 2;
  private static final int FIRST_PATIENT = 1;
  private static final int FIRST_NEWCOMER = 11;
  private static final Duration HOUR = Duration.ofHours(1);
  private static final String ROOM = "1";
  private static final Set<Wish> SERVING =
      EnumSet.of(Wish.UNDO_NEXT, Wish.ARRIVE, Wish.CALL, Wish.NEXT, Wish.PARK);

  private final Clinic clinic;
  private final Doctors doctors;
  private final SlotLabel closed;
  private final SlotLabel full;
  private final SlotLabel free;
  private final SlotLabel covers;
  private final LocalDate day;

  private SmallWorld(Clinic clinic, Doctors doctors, List<Slot> own, Slot covers) {
    this.clinic = clinic;
    this.doctors = doctors;
    this.closed = own.getFirst().label();
    this.full = own.get(1).label();
    this.free = own.getLast().label();
    this.covers = covers.label();
    this.day = full.day();
  }

  /// Who works in all worlds.
  ///
  /// @param cover who stands in
  record Doctors(DoctorCode doctor, DoctorCode cover) {}

  /// Registers everybody who will be there, so that all worlds have the same people.
  static Doctors invite(Clinic clinic, int newcomers) {
    for (int patient = 0; patient < newcomers; patient++) {
      clinic
          .desk()
          .patients()
          .add(
              clinic.request(),
              Clinic.key(FIRST_NEWCOMER + patient),
              Clinic.name(FIRST_NEWCOMER + patient));
    }
    return new Doctors(clinic.aDoctor(), clinic.aDoctor());
  }

  /// @param number each has a day of its own: nobody is held elsewhere at the same hour
  /// @param wishes what is about to be done there: what none of them touches is left out, as a test
  ///   makes many worlds
  static SmallWorld make(Clinic clinic, Doctors doctors, int number, Collection<Wish> wishes) {
    SmallWorld world =
        new SmallWorld(
            clinic,
            doctors,
            open(clinic, doctors.doctor(), number, "08:00"),
            open(clinic, doctors.cover(), number, "10:00").getFirst());
    boolean isUndone = wishes.contains(Wish.UNDO);
    boolean isReopened = wishes.contains(Wish.REOPEN);
    world.seat(isUndone, isReopened);
    FacilityServices desk = clinic.desk();
    if (isUndone) {
      desk.tokens().noShow(clinic.request(), reference(world.missed()));
    }
    if (wishes.stream().anyMatch(SERVING::contains)) {
      desk.serving().call(clinic.request(), reference(world.withDoctor()), Optional.of(ROOM));
    }
    if (isReopened) {
      desk.slotChanges().cancel(clinic.request(), new SlotReference.ByLabel(world.closed), "ill");
    }
    return world;
  }

  /// Hour by hour until eleven.
  private static List<Slot> open(Clinic clinic, DoctorCode doctor, int number, String start) {
    Duration days = Duration.ofDays(number);
    SessionPlan plan =
        new SessionPlan(
            doctor,
            Clinic.time(start).plus(days),
            HOUR,
            CAPACITY,
            Optional.of(new SessionPlan.Repeat(HOUR, Clinic.time("11:00").plus(days))));
    return clinic.desk().slots().open(clinic.request(), plan).outcome().slots();
  }

  /// All of them in one transaction.
  private void seat(boolean isUndone, boolean isReopened) {
    List<BatchLine> lines = new ArrayList<>();
    seat(lines, full, TokenPriority.FOLLOW_UP);
    seat(lines, full, TokenPriority.FOLLOW_UP);
    seat(lines, full, TokenPriority.EMERGENCY);
    seat(lines, free, TokenPriority.PAID);
    seat(lines, covers, TokenPriority.PAID);
    if (isUndone) {
      seat(lines, free, TokenPriority.PAID);
    }
    if (isReopened) {
      seat(lines, closed, TokenPriority.FOLLOW_UP);
    }
    for (BatchResult result : clinic.desk().batches().decide(new Actor("test"), lines)) {
      if (!(result instanceof BatchResult.Decided(var answer)) || answer.outcome().isRefused()) {
        throw new IllegalStateException("not seated: " + result);
      }
    }
  }

  /// The first has not come yet; all others are here.
  private void seat(List<BatchLine> lines, SlotLabel slot, TokenPriority priority) {
    int patient = FIRST_PATIENT + lines.size();
    var wish =
        new AllocationRequest(
            new AllocationRequest.Place.InSlot(new SlotReference.ByLabel(slot)),
            Clinic.key(patient),
            Optional.of(Clinic.name(patient)),
            priority,
            lines.isEmpty() ? TokenSource.ONLINE : TokenSource.WALK_IN,
            false,
            false);
    lines.add(new BatchLine(clinic.request().id(), wish));
  }

  private static TokenReference reference(TokenLabel token) {
    return new TokenReference.ByLabel(token);
  }

  private TokenLabel sitting() {
    return new TokenLabel(full, 1);
  }

  private TokenLabel missed() {
    return new TokenLabel(free, 2);
  }

  private TokenLabel withDoctor() {
    return new TokenLabel(full, 3);
  }

  /// Before the first slot begins.
  Instant now() {
    return time("08:00");
  }

  private Instant time(String time) {
    return Instant.parse(day + "T" + time + ":00Z");
  }

  /// @param desk which one has the wish, from 0
  GatedDesk.Work work(Wish wish, int desk) {
    return switch (wish) {
      case ALLOCATE,
          CANCEL,
          NO_SHOW,
          COMPLETE,
          REALLOCATE,
          DELAY_SLOT,
          CANCEL_SLOT,
          COMPLETE_SLOT,
          LATE,
          LEAVE ->
          (services, request) ->
              new OperationRunner(services).perform(operation(wish, desk), request);
      case UNDO -> undo(missed());
      case UNDO_NEXT -> undo(withDoctor());
      case MOVE -> desk == 0 ? move(sitting(), free) : move(new TokenLabel(free, 1), full);
      case DISPLACE ->
          (services, request) ->
              services
                  .slotCorrections()
                  .change(
                      request,
                      new SlotReference.ByLabel(full),
                      new SlotCorrectionService.Terms(
                          Optional.of(CAPACITY - 1), Optional.empty(), Optional.empty(), true));
      case REOPEN ->
          (services, request) ->
              services
                  .slotCorrections()
                  .reopen(request, new SlotReference.ByLabel(closed), "well again");
      case RECLAIM ->
          (services, request) ->
              services
                  .reallocations()
                  .reallocate(request, reference(new TokenLabel(closed, 1)), Optional.empty());
      case ARRIVE ->
          (services, request) -> services.serving().arrive(request, reference(sitting()));
      case CALL ->
          (services, request) ->
              services.serving().callNext(request, queue(true, "of desk " + desk));
      case NEXT ->
          (services, request) ->
              services.serving().next(request, queue(false, ROOM), RoomDecision.Ending.COMPLETE);
      case PARK ->
          (services, request) -> services.serving().park(request, reference(sitting()), null);
    };
  }

  private static GatedDesk.Work undo(TokenLabel token) {
    return (services, request) ->
        services.tokens().undo(request, reference(token), "wrong patient");
  }

  private static GatedDesk.Work move(TokenLabel token, SlotLabel to) {
    return (services, request) ->
        services.moves().move(request, reference(token), new SlotReference.ByLabel(to));
  }

  private Queue queue(boolean isPresent, String room) {
    return new Queue(new Queue.Place.OfDoctor(doctors.doctor()), isPresent, Optional.of(room));
  }

  private Operation operation(Wish wish, int desk) {
    return switch (wish) {
      case ALLOCATE ->
          new Operation.Allocate(
              full,
              Clinic.key(FIRST_NEWCOMER + desk),
              Clinic.name(FIRST_NEWCOMER + desk),
              TokenPriority.PAID,
              TokenSource.APP,
              Operation.How.PLAIN);
      case CANCEL -> new Operation.Cancel(sitting());
      case NO_SHOW -> new Operation.NoShow(sitting());
      case COMPLETE -> new Operation.Complete(sitting());
      case REALLOCATE -> new Operation.Reallocate(new TokenLabel(full, 2), Optional.empty());
      case DELAY_SLOT -> new Operation.DelaySlot(full, 10 + desk);
      case CANCEL_SLOT -> new Operation.CancelSlot(full, "called away");
      case COMPLETE_SLOT -> new Operation.CompleteSlot(full);
      case LATE -> new Operation.DoctorLate(full, 10 + desk, now());
      case LEAVE -> desk == 0 ? leave(covers, full) : leave(full, covers);
      case UNDO, UNDO_NEXT, MOVE, DISPLACE, REOPEN, RECLAIM, ARRIVE, CALL, NEXT, PARK ->
          throw new IllegalArgumentException(wish + " is asked of a service");
    };
  }

  private Operation leave(SlotLabel away, SlotLabel cover) {
    return new Operation.DoctorLeave(away, now(), time("18:00"), "called away", cover.doctor());
  }

  /// Answers, slots, tokens and log in words that are the same for every world.
  List<String> story(List<String> answers, Inspection inspection) throws SQLException {
    List<String> story = new ArrayList<>(answers);
    inspection
        .slots(List.of(closed, full, free, covers))
        .forEach(slot -> story.add(slot.toString()));
    story.addAll(
        clinic
            .prompt()
            .column(
                """
                select concat_ws(' ', s.label, e.number, e.kind, e.rule, t.sequence_number, e.facts)
                  from audit_entry e join slot s on s.id = e.slot_id
                  left join token t on t.id = e.token_id
                 where s.day = '%s'
                 order by s.label, e.number\
                """
                    .formatted(day)));
    return story.stream()
        .map(text -> text.replace(day.toString(), "DAY"))
        .map(text -> text.replace(day.toString().replace("-", ""), "DAY"))
        .toList();
  }
}
