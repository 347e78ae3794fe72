package opd.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import opd.decision.RoomDecision.Ending;
import opd.domain.Actor;
import opd.domain.Doctor;
import opd.domain.DoctorCode;
import opd.domain.ErrorCode;
import opd.domain.OpdException;
import opd.domain.PersonName;
import opd.domain.RequestId;
import opd.domain.Slot;
import opd.domain.SlotReference;
import opd.domain.TokenLabel;
import opd.domain.TokenPriority;
import opd.domain.TokenReference;
import opd.domain.TokenSource;
import opd.service.AbsenceService;
import opd.service.AllocationRequest;
import opd.service.FacilityServices;
import opd.service.Request;
import opd.service.ServingService.Queue;
import opd.service.SessionPlan;
import opd.service.SlotCorrectionService;
import opd.store.connection.DecisionClock;
import opd.testing.Clinic;
import opd.testing.TestFacility;

/// Does at random what desks do on three days, most of it allowed and some of it refused.
final class RandomDays {
  static final ZoneId ZONE = ZoneId.of("Asia/Kolkata");

  private static final Instant MORNING = Instant.parse("2030-01-07T03:30:00Z");
  private static final int PATIENTS = 40;
  private static final int ACTIONS = 330;

  private final Random random;
  private final FacilityServices desk;
  private final List<Slot> slots = new ArrayList<>();
  private final List<DoctorCode> doctors = new ArrayList<>();
  private Instant now = MORNING.minus(Duration.ofDays(9));
  private int requests;

  private RandomDays(TestFacility facility, long seed) {
    random = new Random(seed);
    desk = facility.desk(new DecisionClock.Logical(() -> now));
  }

  static void live(TestFacility facility, long seed) {
    RandomDays days = new RandomDays(facility, seed);
    try (FacilityServices _ = days.desk) {
      days.open();
      for (int action = 0; action < ACTIONS; action++) {
        days.act(action);
      }
    }
  }

  private void open() {
    for (int number = 1; number <= 3; number++) {
      DoctorCode code = new DoctorCode("DR" + number);
      doctors.add(code);
      desk.doctors().add(request(), new Doctor(code, new PersonName("Dr. Rao"), null, true));
      for (int day = 0; day < 2; day++) {
        Instant start = MORNING.plus(Duration.ofDays(day)).plus(Duration.ofMinutes(20L * number));
        var plan =
            new SessionPlan(
                code,
                start,
                Duration.ofMinutes(60),
                2 + number,
                Optional.of(
                    new SessionPlan.Repeat(
                        Duration.ofMinutes(60), start.plus(Duration.ofHours(3)))));
        slots.addAll(desk.slots().open(request(), plan).outcome().slots());
      }
    }
  }

  private Request request() {
    requests++;
    return new Request(new Actor("desk " + requests % 3), new RequestId("r" + requests));
  }

  /// First places are given days before, then the first day goes by.
  private void act(int action) {
    boolean isBefore = action < 50;
    Duration step =
        isBefore ? Duration.ofHours(random.nextInt(9)) : Duration.ofSeconds(random.nextInt(150));
    now = now.plus(step);
    if (action == 50) {
      now = MORNING;
    }
    if (isBefore || chance(30)) {
      allocate();
    } else if (chance(50)) {
      serve();
    } else {
      change();
    }
  }

  private boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  private <T> T any(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  private Slot anySlot() {
    return any(slots);
  }

  private TokenReference anyToken() {
    Slot slot = anySlot();
    int most = Math.max(1, desk.queues().show(Clinic.reference(slot), true).tokens().size());
    return new TokenReference.ByLabel(new TokenLabel(slot.label(), 1 + random.nextInt(most)));
  }

  private boolean exists(TokenReference token) {
    TokenLabel label = ((TokenReference.ByLabel) token).label();
    return desk.queues().show(new SlotReference.ByLabel(label.slot()), true).tokens().size()
        >= label.sequence();
  }

  private void allocate() {
    int patient = random.nextInt(PATIENTS);
    TokenPriority priority =
        chance(20)
            ? TokenPriority.EMERGENCY
            : chance(40) ? TokenPriority.PAID : TokenPriority.FOLLOW_UP;
    int how = random.nextInt(6);
    desk.allocations()
        .allocate(
            request(),
            new AllocationRequest(
                new AllocationRequest.Place.InSlot(Clinic.reference(anySlot())),
                Clinic.key(patient),
                Optional.of(Clinic.name(patient)),
                priority,
                any(List.of(TokenSource.values())),
                how == 0,
                how == 1,
                chance(50) ? Optional.of("chest pain") : Optional.empty()));
  }

  private void serve() {
    var serving = desk.serving();
    TokenReference token = anyToken();
    var queue =
        new Queue(
            new Queue.Place.OfSlot(Clinic.reference(anySlot())),
            chance(40),
            chance(30) ? Optional.of("2") : Optional.empty());
    int what = random.nextInt(8);
    if (what > 3) {
      serving.next(request(), queue, any(List.of(Ending.COMPLETE, Ending.COMPLETE, Ending.PARK)));
    } else if (exists(token)) {
      switch (what) {
        case 0 -> serving.arrive(request(), token);
        case 1 -> serving.call(request(), token, Optional.empty());
        case 2 -> serving.park(request(), token, null);
        default -> serving.comeBack(request(), token);
      }
    }
  }

  private void change() {
    TokenReference token = anyToken();
    SlotReference slot = Clinic.reference(anySlot());
    int what = random.nextInt(40);
    switch (what) {
      case 0 -> desk.slotChanges().cancel(request(), slot, "the doctor is ill");
      case 1 -> desk.slotChanges().complete(request(), slot);
      case 2, 3 -> desk.slotCorrections().reopen(request(), slot, "a mistake");
      case 4, 5, 6 -> desk.slotChanges().delay(request(), slot, 5 * random.nextInt(8));
      case 7, 8 ->
          desk.slotCorrections()
              .change(
                  request(),
                  slot,
                  new SlotCorrectionService.Terms(
                      Optional.of(1 + random.nextInt(6)),
                      Optional.empty(),
                      Optional.empty(),
                      chance(50)));
      case 9 -> leave();
      default -> {
        if (exists(token)) {
          change(token, what);
        }
      }
    }
  }

  private void leave() {
    var leave =
        new AbsenceService.Leave(
            any(doctors), Optional.of(now), Optional.empty(), "away", Optional.empty());
    try {
      desk.absences().leave(request(), leave);
    } catch (OpdException e) {
      assertThat(e.code()).as("no slot is left that day").isEqualTo(ErrorCode.SLOT_NOT_FOUND);
    }
  }

  private void change(TokenReference token, int what) {
    if (what < 20) {
      desk.reallocations()
          .reallocate(
              request(),
              token,
              chance(50) ? Optional.empty() : Optional.of(Clinic.reference(anySlot())));
    } else if (what < 24) {
      desk.moves().move(request(), token, Clinic.reference(anySlot()));
    } else if (what < 27) {
      desk.tokens().cancel(request(), token, null);
    } else if (what < 31) {
      desk.tokens().noShow(request(), token);
    } else if (what < 36) {
      desk.tokens().complete(request(), token);
    } else {
      desk.tokens().undo(request(), token, "a mistake");
    }
  }
}
