package opd.cli;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;
import opd.domain.ClockSource;
import opd.domain.FacilityName;
import opd.domain.FacilitySettings;
import opd.domain.Inputs;
import opd.report.DayReport;
import opd.report.ReportFile;
import opd.service.Desk;
import opd.service.InspectionService;
import opd.simulation.Day;
import opd.simulation.DayResult;
import opd.simulation.GeneratedDay;
import opd.simulation.LogicalClock;
import opd.simulation.ScriptedDay;
import opd.store.Database;
import opd.store.DatabaseSettings;
import opd.store.DecisionClock;
import opd.store.Migrations;
import opd.workload.DayPlan;
import opd.workload.DayPlanner;
import opd.workload.Scenario;
import opd.workload.Sizes;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "simulate",
    description = {
      "Run a whole outpatient day through the engine and check every step.",
      "It takes place in a facility of its own, which is dropped afterwards, never in the live one."
          + " Exit 0 when every check holds, 7 when one fails."
    },
    footer = {
      "",
      "Examples:",
      "  opd simulate --day",
      "  opd simulate --day 2030-03-01 -o json",
      "  opd simulate --day --report day.html"
    })
final class SimulateCommand implements Callable<Integer> {
  private static final FacilitySettings SETTINGS =
      new FacilitySettings("IN", ZoneId.of("UTC"), ClockSource.SIMULATION);
  private static final String DEFAULT_DAY = "2030-01-07";

  private final Session session;

  @Option(
      names = "--day",
      required = true,
      arity = "0..1",
      fallbackValue = DEFAULT_DAY,
      paramLabel = "DATE",
      description = "Which day to play (default: " + DEFAULT_DAY + ").")
  String day = DEFAULT_DAY;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "From which the generated day is drawn (default: ${DEFAULT-VALUE}).")
  long seed;

  @Option(
      names = "--doctors",
      paramLabel = "N",
      defaultValue = "8",
      description = "Of the generated day (default: ${DEFAULT-VALUE}).")
  int doctors;

  @Option(
      names = "--slots",
      paramLabel = "N",
      defaultValue = "6",
      description = "Of each doctor (default: ${DEFAULT-VALUE}).")
  int slots;

  @Option(
      names = "--capacity",
      paramLabel = "N",
      description = "Of each slot (default: so that about as many places as patients are offered).")
  int capacity;

  @Option(
      names = "--patients",
      paramLabel = "N",
      defaultValue = "360",
      description = "Who ask for a token (default: ${DEFAULT-VALUE}).")
  int patients;

  @Option(
      names = "--desks",
      paramLabel = "N",
      defaultValue = "1",
      description = "That work at the same time (default: ${DEFAULT-VALUE}).")
  int desks;

  @Option(
      names = "--report",
      paramLabel = "FILE.html",
      description = "Write a page about the day: timelines, figures, checks.")
  @Nullable Path report;

  @Option(names = "--keep", description = "Leave the facility, and say its name.")
  boolean keep;

  SimulateCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    if (day.startsWith("-")) {
      throw Session.usage("unknown option " + day);
    }
    LocalDate date = Inputs.isoDate(day);
    FacilityName facility =
        new FacilityName("sim_" + Long.toString(new SecureRandom().nextLong(1L << 60), 36));
    Migrations migrations = new Migrations(session.facilities().administrator(facility));
    Thread onInterrupt = new Thread(migrations::drop);
    ReportFile page = report == null ? null : ReportFile.at(report);
    Runtime.getRuntime().addShutdownHook(onInterrupt);
    try {
      session.facilities().migrate(facility, SETTINGS);
      DayResult result = play(facility, date);
      session.printer().day(result);
      if (page != null) {
        page.write(out -> DayReport.write(result, repetition(result), out));
        session.progress("wrote " + report);
      }
      return (result.ok() ? ExitStatus.DONE : ExitStatus.CHECK_FAILED).code();
    } finally {
      if (page != null) {
        page.close();
      }
      Runtime.getRuntime().removeShutdownHook(onInterrupt);
      if (keep) {
        session.progress("kept as facility " + facility);
      } else {
        migrations.drop();
      }
    }
  }

  private DayResult play(FacilityName facility, LocalDate date) {
    LogicalClock clock = LogicalClock.atStartOf(date);
    DatabaseSettings place = session.facilities().desk(facility);
    Supplier<byte[]> salts = salts();
    Function<LogicalClock, Desk> opening =
        time -> Desk.open(new Database(place), new DecisionClock.Logical(time), salts);
    DayPlan plan = DayPlanner.plan(Scenario.of(sizes()), date, seed);
    try (Desk desk = opening.apply(clock);
        InspectionService inspection = InspectionService.open(place)) {
      DayResult scripted = new Day(desk, clock, date, seed).play(ScriptedDay.steps());
      return new GeneratedDay(plan, opening, inspection, desks).after(scripted);
    }
  }

  /// The command that plays the same day again.
  private String repetition(DayResult result) {
    Sizes sizes = sizes();
    return "opd simulate --day %s --seed %d --doctors %d --slots %d --capacity %d --patients %d"
        .formatted(
            result.date(),
            seed,
            sizes.doctors(),
            sizes.slots(),
            sizes.capacity(),
            sizes.patients());
  }

  private Sizes sizes() {
    int fitting = Sizes.fittingCapacity(doctors, slots, patients);
    return new Sizes(doctors, slots, capacity == 0 ? fitting : capacity, patients);
  }

  /// Not random, so that the same day gives the same audit chains everywhere.
  private static Supplier<byte[]> salts() {
    AtomicLong count = new AtomicLong();
    return () -> ByteBuffer.allocate(16).putLong(0).putLong(count.incrementAndGet()).array();
  }
}
