package opd.cli.command;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import opd.intake.IntakeResult;
import opd.intake.Tally;

/// How far a list has come, in words.
final class ListProgress {
  private final Progress progress;
  private final long start = System.nanoTime();

  ListProgress(Progress progress) {
    this.progress = progress;
  }

  /// @param results that were printed
  /// @param share of the list that was read, or empty when its size is not known
  void show(List<IntakeResult> results, Tally tally, OptionalDouble share) {
    progress.step(
        text(tally, Duration.ofNanos(System.nanoTime() - start)),
        share,
        String.format(
            Locale.ROOT,
            "stopped after line %,d; the same command goes on from there",
            results.getLast().line()));
  }

  static String text(Tally tally, Duration elapsed) {
    double seconds = Math.max(elapsed.toNanos() / 1e9, 1e-3);
    return String.format(
        Locale.ROOT,
        "%,d lines: %,d admitted, %,d displaced, %,d refused, %,d invalid; %,.0f a second",
        tally.lines(),
        tally.admitted(),
        tally.displaced(),
        tally.rejected(),
        tally.invalid(),
        tally.lines() / seconds);
  }
}
