package opd.torture;

import java.time.Duration;
import java.util.Set;

/// What a desk was told about a wish.
///
/// @param by the program that told it
/// @param out what the command printed, one JSON document
record Told(Wish wish, String by, int exit, String out, String err, Duration took) {
  static final int NOT_FOUND = 4;
  static final int UNAVAILABLE = 5;
  static final int UNKNOWN = 6;
  static final int NOT_SET_UP = 8;
  private static final Duration GRACE = Duration.ofSeconds(5);

  /// Decided, for or against.
  boolean isDecided() {
    return exit == 0 || exit == 3;
  }

  /// Whether somebody was called in.
  boolean isOfCall() {
    return exit == 0
        && Set.of("call", "next").contains(wish.words().getFirst())
        && out.contains("\"token\":{");
  }

  boolean isReplayed() {
    return out.contains("\"replayed\":true");
  }

  /// A command is bounded by its `--timeout`, with a grace for the last answer and log-in; a busy
  /// machine adds its own.
  ///
  /// @param down how long there was no server: to start it has a bound of its own
  boolean isInTime(Duration down) {
    return took.compareTo(wish.timeout().plus(GRACE).plus(down)) <= 0;
  }

  /// The outcome, apart from whether it is told again.
  String outcome() {
    return out.replaceAll("\"replayed\":(true|false)", "").strip();
  }

  @Override
  public String toString() {
    return "%s by %s -> exit %d after %d ms: %s%s"
        .formatted(wish, by, exit, took.toMillis(), out.strip(), err.strip());
  }
}
