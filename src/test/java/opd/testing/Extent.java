package opd.testing;

/// How much is done of a test that could go on for ever: in `mvn verify` enough to meet each kind,
/// and all of it in `scripts/check-at-length`, which CI runs, too (`-Dopd.at.length=true`).
public final class Extent {
  private static final boolean IS_AT_LENGTH = Boolean.getBoolean("opd.at.length");

  private Extent() {}

  /// @param verify in `mvn verify`
  /// @param atLength in `scripts/check-at-length`
  public static int of(int verify, int atLength) {
    return IS_AT_LENGTH ? atLength : verify;
  }
}
