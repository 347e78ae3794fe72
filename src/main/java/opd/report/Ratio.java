package opd.report;

import java.util.OptionalLong;

/// Shares in tenths of a percent.
final class Ratio {
  private static final long THOUSAND = 1_000;

  /// Of the normal distribution, for 95 %.
  private static final double Z = 1.96;

  private Ratio() {}

  /// Rounded half up; empty of nothing.
  static OptionalLong permille(long part, long all) {
    return all == 0
        ? OptionalLong.empty()
        : OptionalLong.of((2 * THOUSAND * part + all) / (2 * all));
  }

  /// An end of Wilson's interval (Wilson 1927): (k + z²/2 ± z √(k (n − k) / n + z²/4)) / (n + z²),
  /// rounded half up; empty of nothing.
  static OptionalLong wilson(long part, long all, boolean isUpper) {
    if (all == 0) {
      return OptionalLong.empty();
    }
    double square = Z * Z;
    double spread = Z * Math.sqrt((double) part * (all - part) / all + square / 4);
    double end = (part + square / 2 + (isUpper ? spread : -spread)) / (all + square);
    return OptionalLong.of((long) Math.floor(Math.clamp(end, 0, 1) * THOUSAND + 0.5));
  }
}
