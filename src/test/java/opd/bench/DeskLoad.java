package opd.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Scanner;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import opd.decision.Outcome;
import opd.domain.Actor;
import opd.domain.DoctorCode;
import opd.domain.FacilityName;
import opd.domain.PatientKey;
import opd.domain.PhoneNumber;
import opd.domain.RequestId;
import opd.domain.SlotLabel;
import opd.domain.SlotReference;
import opd.domain.TokenPriority;
import opd.domain.TokenSource;
import opd.service.AllocationRequest;
import opd.service.FacilityServices;
import opd.service.Request;
import opd.store.connection.DatabaseSettings;
import opd.store.connection.DecisionClock;
import opd.store.connection.FacilityConnection;

/// What `scripts/bench allocate` runs: desks that allocate for some seconds, each with a thread and
/// a connection of its own, in a facility that `scripts/bench.d/common.sh` has set up.
final class DeskLoad {
  private static final Instant FIRST_START = Instant.parse("2035-01-01T08:00:00Z");
  private static final int SLOTS_OF_A_DOCTOR = 10;
  private static final String PHONES = "+9198%08d";
  private static final OperatingSystemMXBean PROCESS =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private final DatabaseSettings settings;
  private final int patients;

  private DeskLoad(DatabaseSettings settings, int patients) {
    this.settings = settings;
    this.patients = patients;
  }

  /// How many allocations were decided, and how many of them gave a place.
  private record Count(long decided, long admitted) {
    Count plus(Count other) {
      return new Count(decided + other.decided, admitted + other.admitted);
    }
  }

  /// @param arguments the part, URL as `opd db url` prints it, facility, how many patients it has,
  ///   and what the part needs besides
  public static void main(String[] arguments) throws Exception {
    DeskLoad load =
        new DeskLoad(settings(arguments[1], arguments[2]), Integer.parseInt(arguments[3]));
    switch (arguments[0]) {
      case "allocate" -> load.allocate(new Scanner(System.in));
      default -> throw new IllegalArgumentException(arguments[0]);
    }
  }

  /// Lets desks work as often as a line says how many they are, the first slot, how many slots and
  /// for how many seconds. Answers each with a line: allocations a second, which part of them was
  /// admitted, and the milliseconds of processor time that this process took for each.
  private void allocate(Scanner orders) throws Exception {
    while (orders.hasNextInt()) {
      int desks = orders.nextInt();
      int firstSlot = orders.nextInt();
      int slots = orders.nextInt();
      int seconds = orders.nextInt();
      long processorBefore = PROCESS.getProcessCpuTime();
      Count count = run(desks, firstSlot, slots, Duration.ofSeconds(seconds));
      long processorNanos = PROCESS.getProcessCpuTime() - processorBefore;
      System.out.printf(
          Locale.ROOT,
          "%.0f %.2f %.2f%n",
          count.decided / (double) seconds,
          count.admitted / (double) count.decided,
          processorNanos / 1e6 / count.decided);
    }
  }

  static DatabaseSettings settings(String url, String facility) {
    URI uri = URI.create(url);
    String[] login = uri.getUserInfo().split(":", 2);
    return new DatabaseSettings(
        "jdbc:postgresql://" + uri.getHost() + ":" + uri.getPort() + uri.getPath(),
        login[0],
        login[1],
        new FacilityName(facility),
        Duration.ofSeconds(60));
  }

  private Count run(int desks, int firstSlot, int slots, Duration time) throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(desks)) {
      List<Future<Count>> counts = new ArrayList<>();
      for (int desk = 0; desk < desks; desk++) {
        counts.add(threads.submit(() -> work(firstSlot, slots, time)));
      }
      Count all = new Count(0, 0);
      for (Future<Count> count : counts) {
        all = all.plus(count.get());
      }
      return all;
    }
  }

  private Count work(int firstSlot, int slots, Duration time) {
    SplittableRandom random = new SplittableRandom();
    long decided = 0;
    long admitted = 0;
    try (FacilityServices desk = desk()) {
      long end = System.nanoTime() + time.toNanos();
      while (System.nanoTime() < end) {
        AllocationRequest wish = wish(firstSlot + random.nextInt(slots), random.nextInt(patients));
        decided++;
        switch (desk.allocations().allocate(request(), wish).outcome()) {
          case Outcome.Admitted _ -> admitted++;
          case Outcome.Rejected _ -> {}
        }
      }
    }
    return new Count(decided, admitted);
  }

  private FacilityServices desk() {
    return desk(settings);
  }

  static FacilityServices desk(DatabaseSettings settings) {
    return FacilityServices.open(
        new FacilityConnection(settings), new DecisionClock.OfDatabase(), () -> new byte[16]);
  }

  static Request request() {
    return new Request(new Actor("bench"), RequestId.random());
  }

  static SlotLabel label(int slot) {
    return SlotLabel.of(
        new DoctorCode("D" + slot / SLOTS_OF_A_DOCTOR),
        FIRST_START.plus(Duration.ofHours(slot % SLOTS_OF_A_DOCTOR)),
        ZoneOffset.UTC);
  }

  static AllocationRequest wish(int slot, int patient) {
    return new AllocationRequest(
        new AllocationRequest.Place.InSlot(new SlotReference.ByLabel(label(slot))),
        new PatientKey(new PhoneNumber(PHONES.formatted(patient)), 1),
        Optional.empty(),
        TokenPriority.FOLLOW_UP,
        TokenSource.ONLINE,
        false,
        false);
  }
}
