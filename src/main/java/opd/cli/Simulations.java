package opd.cli;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;
import opd.domain.ClockSource;
import opd.domain.ErrorCode;
import opd.domain.FacilityName;
import opd.domain.FacilitySettings;
import opd.domain.OpdException;
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

/// Plays days, each in a facility of its own that is dropped afterwards.
final class Simulations {
  private static final FacilitySettings SETTINGS =
      new FacilitySettings("IN", ZoneId.of("UTC"), ClockSource.SIMULATION);
  private static final int MOST_DROPS = 5;

  private final Session session;

  Simulations(Session session) {
    this.session = session;
  }

  /// @param desks that work at the same time
  /// @param keep whether the facility stays
  DayResult play(LocalDate date, long seed, DayPlan plan, int desks, boolean keep) {
    FacilityName facility =
        new FacilityName("sim_" + Long.toString(new SecureRandom().nextLong(1L << 60), 36));
    Migrations migrations = new Migrations(session.facilities().administrator(facility));
    Thread onInterrupt = new Thread(() -> drop(migrations));
    Runtime.getRuntime().addShutdownHook(onInterrupt);
    try {
      session.facilities().migrate(facility, SETTINGS);
      return play(facility, date, seed, plan, desks);
    } finally {
      Runtime.getRuntime().removeShutdownHook(onInterrupt);
      if (keep) {
        session.progress("kept as facility " + facility);
      } else {
        drop(migrations);
      }
    }
  }

  private DayResult play(
      FacilityName facility, LocalDate date, long seed, DayPlan plan, int desks) {
    DatabaseSettings place = session.facilities().desk(facility).forSimulation();
    LogicalClock clock = LogicalClock.atStartOf(date);
    Supplier<byte[]> salts = salts();
    Function<LogicalClock, Desk> opening =
        time -> Desk.open(new Database(place), new DecisionClock.Logical(time), salts);
    try (Desk desk = opening.apply(clock);
        InspectionService inspection = InspectionService.open(place)) {
      DayResult scripted = new Day(desk, clock, date, seed).play(ScriptedDay.steps());
      return new GeneratedDay(plan, opening, inspection, desks).after(scripted);
    }
  }

  /// When interrupted, desks may be at work still, and the server then ends one or the other.
  private static void drop(Migrations migrations) {
    for (int attempt = 1; ; attempt++) {
      try {
        migrations.drop();
        return;
      } catch (OpdException e) {
        if (e.code() != ErrorCode.DATABASE_BUSY || attempt == MOST_DROPS) {
          throw e;
        }
      }
    }
  }

  /// Not random, so that the same day gives the same audit chains everywhere.
  private static Supplier<byte[]> salts() {
    AtomicLong count = new AtomicLong();
    return () -> ByteBuffer.allocate(16).putLong(0).putLong(count.incrementAndGet()).array();
  }
}
