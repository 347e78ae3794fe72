package opd.cli.command;

import java.time.Instant;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import opd.simulation.plan.DayPlan;

/// How far the days have come that are played. Several desks tell it of their decisions at once.
///
/// @param days how many are to be played
/// @param played how many are over
/// @param ifStopped what to do about the rest
record SimulationProgress(Progress progress, int days, int played, String ifStopped) {
  // Measured at the usual rates, for 360 to 15,000 patients; nothing but the estimate hangs on it.
  private static final double DECISIONS_OF_PATIENT = 3.1;
  private static final int DECISIONS_OF_STEPS = 100;

  /// The clock of the day's decisions, which are counted by it.
  Supplier<Instant> watched(DayPlan plan, AtomicInteger decisions, Supplier<Instant> clock) {
    double expected = DECISIONS_OF_STEPS + DECISIONS_OF_PATIENT * plan.visits().size();
    return () -> {
      int made = decisions.incrementAndGet();
      if (progress.isShown()) {
        show(made, expected);
      }
      return clock.get();
    };
  }

  private void show(int decisions, double expected) {
    String done = String.format(Locale.ROOT, "%,d decisions", decisions);
    progress.show(
        days == 1 ? done : "day %d of %d, %s".formatted(played + 1, days, done),
        OptionalDouble.of((played + Math.min(decisions / expected, 1)) / days),
        ifStopped);
  }
}
