package opd.testing;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// Waits for a condition, looking every few milliseconds: a test that looks without a pause takes
/// the processor from what it waits for.
public final class Await {
  /// How long a test waits for what must come. Only what hangs takes so long, also where a machine
  /// does ten things besides.
  public static final Duration PATIENCE = Duration.ofMinutes(5);

  private static final long PAUSE_NANOS = Duration.ofMillis(5).toNanos();

  private Await() {}

  /// What is waited for.
  public interface Condition {
    boolean holds() throws Exception;
  }

  /// @param what is told when it does not hold within the time
  public static void until(String what, Duration patience, Condition condition) throws Exception {
    long end = System.nanoTime() + patience.toNanos();
    while (!condition.holds()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not within " + patience.toSeconds() + " s: " + what);
      }
      pause();
    }
  }

  /// Between two looks.
  public static void pause() {
    LockSupport.parkNanos(PAUSE_NANOS);
  }
}
