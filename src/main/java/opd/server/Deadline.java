package opd.server;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import opd.domain.ErrorCode;
import opd.domain.OpdException;

/// A bound on a wait that looks again and again at short intervals.
record Deadline(long nanoTime) {
  private static final Duration INTERVAL = Duration.ofMillis(2);

  static Deadline in(Duration wait) {
    return new Deadline(System.nanoTime() + wait.toNanos());
  }

  /// The wait, or what is left until this deadline if that is less.
  Duration atMost(Duration wait) {
    Duration left = Duration.ofNanos(Math.max(0, remainingNanos()));
    return left.compareTo(wait) < 0 ? left : wait;
  }

  boolean passed() {
    return remainingNanos() <= 0;
  }

  long remainingNanos() {
    return nanoTime - System.nanoTime();
  }

  /// Waits for one short interval. An interrupted thread gives up instead of spinning.
  void pause() {
    pause(INTERVAL);
  }

  void pause(Duration interval) {
    LockSupport.parkNanos(interval.toNanos());
    if (Thread.currentThread().isInterrupted()) {
      throw new OpdException(
          ErrorCode.DATABASE_UNAVAILABLE, "Interrupted while waiting for the local PostgreSQL.");
    }
  }
}
