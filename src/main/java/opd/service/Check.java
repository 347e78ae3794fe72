package opd.service;

import org.jspecify.annotations.Nullable;

/// One thing that is, or is not, as it should be.
///
/// @param remedy what mends it, or null where nothing is to be mended or nobody knows
public record Check(
    String name, boolean ok, String found, String expected, @Nullable String remedy) {
  public static Check of(String name, boolean ok, String found, String expected) {
    return new Check(name, ok, found, expected, null);
  }

  /// The same with what mends it, should it not be as it ought to.
  public Check mendedBy(String what) {
    return new Check(name, ok, found, expected, ok ? null : what);
  }
}
