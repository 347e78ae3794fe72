package opd.bench;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/// Percentiles as the scripts read them.
final class Percentiles {
  private Percentiles() {}

  /// Those percentiles in milliseconds, with spaces between them.
  ///
  /// @param nanos at least one measurement, in any order
  static String of(long[] nanos, int... percents) {
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    return Arrays.stream(percents)
        .mapToObj(percent ->
            String.format(Locale.ROOT, "%.2f", sorted[sorted.length * percent / 100] / 1e6))
        .collect(Collectors.joining(" "));
  }
}
