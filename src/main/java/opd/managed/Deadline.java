package opd.managed;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import opd.domain.ErrorCode;
import opd.domain.OpdException;

/// A bound on a wait that looks again and again at short intervals.
record Deadline(long nanoTime) {
  private static final long INTERVAL_NANOS = 2_000_000;

  static Deadline in(Duration wait) {
    return new Deadline(System.nanoTime() + wait.toNanos());
  }

  boolean passed() {
    return remainingNanos() <= 0;
  }

  long remainingNanos() {
    return nanoTime - System.nanoTime();
  }

  /// Waits for one short interval. An interrupted thread gives up instead of spinning.
  void pause() {
    LockSupport.parkNanos(INTERVAL_NANOS);
    if (Thread.currentThread().isInterrupted()) {
      throw new OpdException(
          ErrorCode.DATABASE_UNAVAILABLE, "Interrupted while waiting for the local PostgreSQL.");
    }
  }
}
