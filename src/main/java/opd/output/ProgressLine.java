package opd.output;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalDouble;

/// How far long work has come, on one line of a terminal that is written over and over, and is gone
/// when the work is done.
public final class ProgressLine {
  private static final String START_OF_EMPTY_LINE = "\r\u001b[K";
  // Less than this foretells nothing.
  private static final double LEAST = 0.01;
  // More than is there is never said, also where others add to it meanwhile.
  private static final double MOST = 0.99;

  private final PrintWriter terminal;
  private final int columns;

  /// @param columns of the terminal, or 0 when it is none: then nothing is shown
  public ProgressLine(PrintWriter terminal, int columns) {
    this.terminal = terminal;
    this.columns = columns;
  }

  /// @param done what was done, in words
  /// @param elapsed since the work began
  /// @param share of the work that was done, from 0 to 1, or empty when its size is not known
  public void show(String done, Duration elapsed, OptionalDouble share) {
    if (columns > 0) {
      terminal.print(START_OF_EMPTY_LINE + fitting(text(done, elapsed, share)));
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

  /// Without the last words, if all of them would break the line.
  private String fitting(String text) {
    int most = columns - 1;
    if (text.length() <= most) {
      return text;
    }
    int end = Math.max(text.lastIndexOf(", ", most), text.lastIndexOf("; ", most));
    return text.substring(0, end > 0 ? end : most);
  }

  static String text(String done, Duration elapsed, OptionalDouble share) {
    if (share.isEmpty() || share.getAsDouble() < LEAST) {
      return done;
    }
    double part = Math.min(share.getAsDouble(), 1);
    double seconds = elapsed.toNanos() / 1e9;
    return "%d %%, %s left; %s"
        .formatted((int) (100 * Math.min(part, MOST)), left(seconds * (1 / part - 1)), done);
  }

  private static String left(double seconds) {
    long whole = Math.round(seconds);
    return whole < 60
        ? whole + " s"
        : String.format(Locale.ROOT, "%d:%02d min", whole / 60, whole % 60);
  }
}
