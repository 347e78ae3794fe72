package opd.simulation.day;

import java.util.List;

/// How long patients waited until they were called, by nearest rank; all 0 when nobody was.
///
/// @param count how many waits there were
/// @param withinHalfAnHour how many were of at most 30 minutes
public record Waits(
    int count,
    long medianSeconds,
    long ninetiethSeconds,
    long longestSeconds,
    int withinHalfAnHour) {
  private static final int HALF_AN_HOUR_SECONDS = 30 * 60;

  static Waits of(List<Long> seconds) {
    if (seconds.isEmpty()) {
      return new Waits(0, 0, 0, 0, 0);
    }
    List<Long> sorted = seconds.stream().sorted().toList();
    return new Waits(
        sorted.size(),
        percentile(sorted, 50),
        percentile(sorted, 90),
        sorted.getLast(),
        (int) sorted.stream().filter(wait -> wait <= HALF_AN_HOUR_SECONDS).count());
  }

  /// Waits of at most 30 minutes for each hundred, rounded; 0 without any.
  public int withinHalfAnHourPercent() {
    return count == 0 ? 0 : Math.toIntExact(Math.round(100.0 * withinHalfAnHour / count));
  }

  private static long percentile(List<Long> sorted, int percent) {
    return sorted.get(Math.ceilDiv(sorted.size() * percent, 100) - 1);
  }
}
