package opd.simulation.day;

import java.util.List;

/// How long patients waited for the doctor, by nearest rank; all 0 when nobody was seen.
///
/// @param count how many waits there were
public record Waits(int count, long medianSeconds, long ninetiethSeconds, long longestSeconds) {

  static Waits of(List<Long> seconds) {
    if (seconds.isEmpty()) {
      return new Waits(0, 0, 0, 0);
    }
    List<Long> sorted = seconds.stream().sorted().toList();
    return new Waits(
        sorted.size(), percentile(sorted, 50), percentile(sorted, 90), sorted.getLast());
  }

  private static long percentile(List<Long> sorted, int percent) {
    return sorted.get(Math.ceilDiv(sorted.size() * percent, 100) - 1);
  }
}
