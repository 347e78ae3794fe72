package opd.output;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalDouble;
import opd.intake.Tally;

/// How far a list has come, on one line of a terminal that is written over and over, and is gone
/// when the list is done.
public final class ProgressLine {
  private static final String START_OF_EMPTY_LINE = "\r\u001b[K";

  private final PrintWriter terminal;
  private final int columns;

  /// @param columns of the terminal, or 0 when it is none: then nothing is shown
  public ProgressLine(PrintWriter terminal, int columns) {
    this.terminal = terminal;
    this.columns = columns;
  }

  /// @param share of the list that was read, from 0 to 1, or empty when its size is not known
  public void show(Tally tally, Duration elapsed, OptionalDouble share) {
    if (columns > 0) {
      String text = text(tally, elapsed, share);
      terminal.print(START_OF_EMPTY_LINE + text.substring(0, Math.min(text.length(), columns - 1)));
      terminal.flush();
    }
  }

  /// Makes room for other lines.
  public void clear() {
    if (columns > 0) {
      terminal.print(START_OF_EMPTY_LINE);
      terminal.flush();
    }
  }

  static String text(Tally tally, Duration elapsed, OptionalDouble share) {
    double seconds = Math.max(elapsed.toNanos() / 1e9, 1e-3);
    String counts =
        String.format(
            Locale.ROOT,
            "%,d lines: %,d admitted, %,d displaced, %,d refused, %,d invalid; %,.0f a second",
            tally.lines(),
            tally.admitted(),
            tally.displaced(),
            tally.rejected(),
            tally.invalid(),
            tally.lines() / seconds);
    return share.isPresent() && share.getAsDouble() > 0
        ? "%d %%, %s left; %s"
            .formatted(
                (int) (100 * share.getAsDouble()),
                left(seconds * (1 / share.getAsDouble() - 1)),
                counts)
        : counts;
  }

  private static String left(double seconds) {
    long whole = Math.round(seconds);
    return whole < 60
        ? whole + " s"
        : String.format(Locale.ROOT, "%d:%02d min", whole / 60, whole % 60);
  }
}
