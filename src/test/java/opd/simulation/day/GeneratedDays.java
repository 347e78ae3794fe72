package opd.simulation.day;

import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import opd.domain.ClockSource;
import opd.service.FacilityServices;
import opd.simulation.plan.DayPlanner;
import opd.simulation.plan.Rates;
import opd.simulation.plan.Scenario;
import opd.simulation.plan.Sizes;
import opd.simulation.script.Day;
import opd.simulation.script.DayStep;
import opd.simulation.script.ScriptedDay;
import opd.store.connection.DecisionClock;
import opd.store.connection.FacilityConnection;
import opd.store.table.Inspection;
import opd.testing.Prompt;
import opd.testing.TestFacility;

/// Plays generated days, each in a facility of its own and without the scripted steps before.
public final class GeneratedDays {
  private static final LocalDate DATE = LocalDate.of(2030, 1, 7);

  private GeneratedDays() {}

  /// Small and busy: every rule is needed.
  public static final Sizes BUSY = new Sizes(2, 3, 4, 70);

  // So that on every day patients are called in every way, and slots are corrected.
  private static final Rates LIVELY =
      new Rates(
          0.60,
          0.68,
          0.10,
          0.20,
          0.06,
          0.25,
          0.60,
          new Rates.Serving(0.25, 0.40, 0.20, 0.15, 0.5, 0.8),
          new Rates.Corrections(0.30, 0.30, 0.40));

  /// Busy, and everything that is rare elsewhere happens often.
  static final Scenario LIVELY_DAY =
      new Scenario(new Sizes(2, 4, 4, 45), LIVELY, List.of(), Scenario.STANDARD_ZONE);

  private static final Scenario ONE_SLOT =
      new Scenario(new Sizes(1, 1, 4, 12), LIVELY, List.of(), Scenario.STANDARD_ZONE);

  static DayResult play(Sizes sizes, long seed, int desks) {
    return play(Scenario.of(sizes), seed, desks, facility -> {});
  }

  static DayResult play(
      Scenario scenario, long seed, int desks, Consumer<TestFacility> preparation) {
    return play(scenario, DATE, List.of(), seed, desks, preparation, (day, desk) -> {});
  }

  /// Plays a day, whose facility can be looked at afterwards.
  public static void play(long seed, BiConsumer<DayRecord, FacilityServices> afterwards) {
    play(
        Scenario.of(BUSY),
        DATE,
        List.of(),
        seed,
        1,
        facility -> {},
        (day, desk) -> afterwards.accept(Objects.requireNonNull(day.generated()), desk));
  }

  /// A whole day, the scripted steps first, by the clock on the wall of that zone.
  static DayResult wholeDay(ZoneId zone, LocalDate date) {
    return play(
        Scenario.of(BUSY).in(zone),
        date,
        ScriptedDay.steps(),
        1,
        1,
        facility -> {},
        (day, desk) -> {});
  }

  private static DayResult play(
      Scenario scenario,
      LocalDate date,
      List<DayStep> script,
      long seed,
      int desks,
      Consumer<TestFacility> preparation,
      BiConsumer<DayResult, FacilityServices> afterwards) {
    try (ExecutorService looking = Executors.newSingleThreadExecutor()) {
      return play(scenario, date, script, seed, desks, looking, preparation, afterwards);
    }
  }

  private static DayResult play(
      Scenario scenario,
      LocalDate date,
      List<DayStep> script,
      long seed,
      int desks,
      Executor looking,
      Consumer<TestFacility> preparation,
      BiConsumer<DayResult, FacilityServices> afterwards) {
    LogicalClock clock = LogicalClock.atStartOf(date, scenario.zone());
    AtomicLong salts = new AtomicLong();
    try (TestFacility facility = TestFacility.borrow(ClockSource.SIMULATION, scenario.zone())) {
      preparation.accept(facility);
      Function<LogicalClock, FacilityServices> opening =
          time ->
              FacilityServices.open(
                  new FacilityConnection(facility.patientDeskSettings().forSimulation()),
                  new DecisionClock.Logical(time),
                  () -> ByteBuffer.allocate(16).putLong(8, salts.incrementAndGet()).array());
      try (FacilityServices desk = opening.apply(clock);
          Inspection inspection = Inspection.open(facility.deskSettings())) {
        DayResult scripted = new Day(desk, clock, date, seed).play(script);
        DayResult played =
            new GeneratedDay(
                    DayPlanner.plan(scenario, date, seed), opening, inspection, looking, desks)
                .after(scripted);
        afterwards.accept(played, desk);
        return played;
      }
    }
  }

  /// What failed, a line each: the sentence and what was found. The auditor looks at once, so that
  /// of one desk the same seed gives the same lines always. Only classes of the JDK go in and out,
  /// so that a mutant in a class loader of its own can be asked.
  ///
  /// @param sql run as the superuser before the day
  public static List<String> faults(long seed, int desks, List<String> sql) {
    return sentences(
        play(
            LIVELY_DAY,
            DATE,
            List.of(),
            seed,
            desks,
            Runnable::run,
            facility -> run(facility, sql),
            (day, desk) -> {}));
  }

  private static List<String> sentences(DayResult day) {
    return day.failures().stream().map(check -> check.name() + ": " + check.detail()).toList();
  }

  private static void run(TestFacility facility, List<String> sql) {
    try (Prompt prompt = Prompt.asSuperuser(facility)) {
      prompt.run(sql.toArray(String[]::new));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The same of a day on which two desks read the only slot before either writes, and then go on
  /// as they like. Desks that lock what they read would not meet, and wait in vain.
  public static List<String> faultsWhereTwoDesksMeet(List<String> sql) throws Exception {
    List<Future<Void>> opened = new ArrayList<>();
    try (ExecutorService keeper = Executors.newSingleThreadExecutor()) {
      DayResult day =
          play(
              ONE_SLOT,
              DATE,
              List.of(),
              1,
              2,
              Runnable::run,
              facility -> {
                run(facility, sql);
                opened.add(keeper.submit(Door.before(facility)));
              },
              (played, desk) -> {});
      opened.getFirst().get();
      return sentences(day);
    }
  }
}
