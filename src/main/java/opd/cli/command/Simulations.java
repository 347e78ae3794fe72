package opd.cli.command;

import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;
import opd.cli.session.CommandContext;
import opd.domain.PhoneKey;
import opd.record.Encoding;
import opd.service.FacilityServices;
import opd.simulation.day.DayResult;
import opd.simulation.day.GeneratedDay;
import opd.simulation.day.LogicalClock;
import opd.simulation.plan.DayPlan;
import opd.simulation.script.Day;
import opd.simulation.script.ScriptedDay;
import opd.store.connection.DatabaseSettings;
import opd.store.connection.DecisionClock;
import opd.store.table.Inspection;

/// Plays days, each in a facility of its own that is dropped afterwards.
final class Simulations {
  private final CommandContext context;
  private final SimulationProgress progress;

  Simulations(CommandContext context, SimulationProgress progress) {
    this.context = context;
    this.progress = progress;
  }

  /// @param desks that work at the same time
  /// @param keep whether the facility stays
  DayResult play(LocalDate date, long seed, DayPlan plan, int desks, boolean keep) {
    try (TemporaryFacility facility =
        TemporaryFacility.make(context, keep, phoneKey(seed), plan.zone())) {
      return play(facility, date, seed, plan, desks);
    }
  }

  private DayResult play(
      TemporaryFacility facility, LocalDate date, long seed, DayPlan plan, int desks) {
    DatabaseSettings place = facility.settings();
    LogicalClock clock = LogicalClock.atStartOf(date, plan.zone());
    Supplier<byte[]> salts = salts();
    AtomicInteger decisions = new AtomicInteger();
    Function<LogicalClock, FacilityServices> opening =
        time ->
            FacilityServices.open(
                facility.open(place),
                new DecisionClock.Logical(progress.watched(plan, decisions, time)),
                salts);
    try (FacilityServices desk = opening.apply(clock);
        Inspection inspection = Inspection.open(place);
        ExecutorService looking = Executors.newSingleThreadExecutor()) {
      DayResult scripted = new Day(desk, clock, date, seed).play(ScriptedDay.steps());
      return new GeneratedDay(plan, opening, inspection, looking, desks).after(scripted);
    }
  }

  private static PhoneKey phoneKey(long seed) {
    return new PhoneKey(Encoding.sha256("phone key", Long.toString(seed)));
  }

  /// Not random, so that the same day gives the same audit chains everywhere.
  private static Supplier<byte[]> salts() {
    AtomicLong count = new AtomicLong();
    return () -> ByteBuffer.allocate(16).putLong(0).putLong(count.incrementAndGet()).array();
  }
}
