package opd.simulation.day;

import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import opd.decision.Outcome;
import opd.domain.DoctorCode;
import opd.domain.Slot;
import opd.domain.SlotLabel;
import opd.domain.TokenLabel;
import opd.domain.TokenPriority;
import opd.domain.TokenSource;
import opd.service.FacilityServices;
import opd.simulation.auditor.Auditor;
import opd.simulation.auditor.DecidedOperation;
import opd.simulation.plan.Operation;
import opd.store.connection.DecisionClock;
import opd.store.connection.FacilityConnection;
import opd.store.table.Inspection;
import opd.testing.Clinic;

/// Many desks at once at a handful of slots, each doing what it likes. The order of the log must
/// give every answer, and put nobody before one who was done when they began.
final class Crowd {
  private static final String CLOCK = "08:00";
  private static final int PATIENTS = 30;

  private final Clinic clinic;
  private final List<SlotLabel> slots = new ArrayList<>();
  private final List<TokenLabel> tokens = new CopyOnWriteArrayList<>();

  private Crowd(Clinic clinic) {
    this.clinic = clinic;
  }

  /// @param overlapping how many decisions at a slot began before the one ahead of them had ended
  record Report(List<String> faults, int overlapping) {}

  /// @param each how many operations a desk does
  static Report gather(long seed, int desks, int each) throws Exception {
    try (Clinic clinic = Clinic.at(CLOCK);
        Inspection inspection = Inspection.open(clinic.facility().deskSettings())) {
      Auditor auditor = new Auditor(inspection, ZoneOffset.UTC, Runnable::run);
      return new Crowd(clinic).gather(seed, desks, each, inspection, auditor);
    }
  }

  private Report gather(long seed, int desks, int each, Inspection inspection, Auditor auditor)
      throws Exception {
    openSlots(auditor);
    List<DecidedOperation> ordered =
        DeskLog.inOrder(clinic.desk(), work(seed, desks, each), auditor);
    auditor.judgeAll(ordered);
    List<String> faults = new ArrayList<>();
    auditor
        .findings()
        .forEach(finding ->
            finding
                .faults()
                .forEach(fault -> faults.add(finding.aspect().sentence() + ": " + fault)));
    inspection
        .faults()
        .forEach((what, found) -> found.forEach(fault -> faults.add(what + ": " + fault)));
    clinic
        .desk()
        .verification()
        .verify(Optional.empty(), Optional.empty(), entries -> {})
        .differences()
        .forEach(difference -> faults.add("the log: " + difference));
    return new Report(faults, overlapping(ordered));
  }

  private void openSlots(Auditor auditor) throws SQLException {
    DoctorCode doctor = clinic.aDoctor();
    for (String start : List.of("09:00", "10:00", "11:00")) {
      Slot slot = clinic.aSlot(doctor, start, 3);
      auditor.opened(slot.label(), slot.start(), slot.end(), slot.capacity(), Clinic.time(CLOCK));
      slots.add(slot.label());
    }
  }

  private List<DecidedOperation> work(long seed, int desks, int each) throws Exception {
    List<DecidedOperation> all = Collections.synchronizedList(new ArrayList<>());
    CyclicBarrier start = new CyclicBarrier(desks);
    try (ExecutorService threads = Executors.newFixedThreadPool(desks)) {
      List<Future<?>> futures = new ArrayList<>();
      for (int number = 0; number < desks; number++) {
        RandomGenerator random = new SplittableRandom(seed * 1_000 + number);
        String name = "desk-" + number + "-";
        futures.add(
            threads.submit(() -> {
              try (FacilityServices desk = patientDesk()) {
                start.await();
                for (int count = 0; count < each; count++) {
                  all.add(ask(desk, operation(random), name + count));
                }
              }
              return null;
            }));
      }
      for (Future<?> future : futures) {
        future.get();
      }
    }
    return all;
  }

  /// On a slow machine, one of many desks waits for the others longer than a command may take.
  private FacilityServices patientDesk() {
    return FacilityServices.open(
        new FacilityConnection(clinic.facility().patientDeskSettings()),
        new DecisionClock.Logical(() -> Clinic.time(CLOCK)),
        () -> new byte[16]);
  }

  private DecidedOperation ask(FacilityServices desk, Operation operation, String requestId) {
    Instant now = Clinic.time(CLOCK);
    DecidedOperation decided =
        new OperationRunner(desk).decide(new Task(now, operation, outcome -> {}), requestId, now);
    if (decided.outcome() instanceof Outcome.Admitted admitted) {
      tokens.add(admitted.token().token().label());
    }
    return decided;
  }

  private Operation operation(RandomGenerator random) {
    SlotLabel slot = slots.get(random.nextInt(slots.size()));
    int percent = random.nextInt(100);
    List<TokenLabel> known = List.copyOf(tokens);
    if (percent < 50 || known.isEmpty()) {
      return allocation(slot, random);
    }
    TokenLabel token = known.get(random.nextInt(known.size()));
    if (percent < 70) {
      return serving(token, slot, random);
    }
    if (percent < 90) {
      return change(token, slot, random);
    }
    return ofSlot(slot, random);
  }

  private static Operation serving(TokenLabel token, SlotLabel slot, RandomGenerator random) {
    Optional<String> room = random.nextBoolean() ? Optional.empty() : Optional.of("A");
    boolean isOfSlot = random.nextInt(4) == 0;
    boolean isPresent = random.nextBoolean();
    Operation.Ending[] endings = Operation.Ending.values();
    return switch (random.nextInt(7)) {
      case 0 -> new Operation.Arrive(token);
      case 1 -> new Operation.Call(token, room);
      case 2 -> new Operation.CallNext(slot, isOfSlot, isPresent, room);
      case 3 -> new Operation.Park(token, "payment");
      case 4 -> new Operation.Return(token);
      default ->
          new Operation.Next(
              slot, isOfSlot, isPresent, room, endings[random.nextInt(endings.length)]);
    };
  }

  private static Operation change(TokenLabel token, SlotLabel slot, RandomGenerator random) {
    return switch (random.nextInt(8)) {
      case 0 -> new Operation.Cancel(token);
      case 1 -> new Operation.NoShow(token);
      case 2 -> new Operation.Complete(token);
      case 3 -> new Operation.Undo(token, "wrong click");
      case 4 -> new Operation.Move(token, slot);
      default ->
          new Operation.Reallocate(
              token, random.nextBoolean() ? Optional.empty() : Optional.of(slot));
    };
  }

  // None is reopened: which slots `--or-next` may choose from is read before they are locked.
  private static Operation ofSlot(SlotLabel slot, RandomGenerator random) {
    int percent = random.nextInt(100);
    if (percent < 5) {
      return new Operation.CancelSlot(slot, "called away");
    }
    if (percent < 10) {
      return new Operation.CompleteSlot(slot);
    }
    return percent < 40
        ? new Operation.ChangeSlot(slot, random.nextInt(1, 5), random.nextBoolean())
        : new Operation.DelaySlot(slot, random.nextInt(30));
  }

  private static Operation allocation(SlotLabel slot, RandomGenerator random) {
    int patient = random.nextInt(1, PATIENTS);
    TokenPriority[] priorities = TokenPriority.values();
    Operation.How[] how = Operation.How.values();
    return new Operation.Allocate(
        slot,
        Clinic.key(patient),
        Clinic.name(patient),
        priorities[random.nextInt(priorities.length)],
        TokenSource.ONLINE,
        how[random.nextInt(how.length)]);
  }

  private static int overlapping(List<DecidedOperation> ordered) {
    Map<SlotLabel, Long> ends = new HashMap<>();
    int count = 0;
    for (DecidedOperation decided : ordered) {
      Long before = ends.put(decided.operation().slot(), decided.ended());
      if (before != null && decided.began() < before) {
        count++;
      }
    }
    return count;
  }
}
