package opd.store.connection;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import opd.domain.ErrorCode;
import opd.domain.OpdException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Decides after each failure of a piece of work whether it is tried again, and what is known of
/// its outcome when it is not.
public final class Retries {
  private static final Logger LOG = LoggerFactory.getLogger(Retries.class);
  private static final long SHORTEST_PAUSE = Duration.ofMillis(5).toNanos();
  private static final long LONGEST_PAUSE = Duration.ofMillis(250).toNanos();

  private final DatabaseSettings settings;
  private final long deadline;
  private long pause = SHORTEST_PAUSE;
  private boolean isOutcomeUnknown;
  // What the server said last when it was asked in vain.
  private @Nullable Fault refusal;

  /// @param spent what the command took already
  public Retries(DatabaseSettings settings, Duration spent) {
    this.settings = settings;
    this.deadline = System.nanoTime() + settings.budget().minus(spent).toNanos();
  }

  /// What is left of the command's time, not negative.
  Duration left() {
    return Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
  }

  /// Nothing is committed so late that the answer would come after the time: it would be unknown.
  ///
  /// @throws OpdException DATABASE_BUSY when it is too late, OUTCOME_UNKNOWN when an earlier try
  ///   may have been committed
  void checkTimeForCommit() {
    if (left().compareTo(settings.forCommit()) < 0) {
      throw isOutcomeUnknown ? unknown(null) : FaultMessages.timeIsOver(refusal, settings);
    }
  }

  /// Pauses and returns when the work should be tried again.
  ///
  /// @param committing whether COMMIT was sent
  /// @throws OpdException when it should not
  public void afterFailure(Fault fault, boolean committing) {
    boolean lost = fault.kind().isLost();
    isOutcomeUnknown |= lost && committing;
    boolean retryable = lost || fault.kind().isPassing() || isSameRequest(fault);
    if (!retryable) {
      throw isOutcomeUnknown ? unknown(fault.cause()) : FaultMessages.error(fault, settings);
    }
    if (!pauseWithinBudget()) {
      throw isOutcomeUnknown ? unknown(fault.cause()) : outOfTime(fault);
    }
    refusal = fault.isRefusal() ? fault : refusal;
    LOG.info("trying again after SQLSTATE {}", fault.state());
  }

  /// A try that the end of the time cut short tells less than what was answered before.
  private OpdException outOfTime(Fault fault) {
    boolean isCutShort = fault.isNoAnswer() && left().isZero();
    return isCutShort && (refusal != null || fault.kind().isLost())
        ? FaultMessages.timeIsOver(refusal, settings)
        : FaultMessages.error(fault, settings);
  }

  /// Somebody stored the outcome of this very request first: the next try finds and returns it.
  private static boolean isSameRequest(Fault fault) {
    return "request_pkey".equals(fault.constraint());
  }

  /// Waits a while that doubles from failure to failure, with jitter so that those who collided do
  /// not collide again; false when the budget ends before that.
  private boolean pauseWithinBudget() {
    long nanos = ThreadLocalRandom.current().nextLong(pause / 2, pause);
    pause = Math.min(2 * pause, LONGEST_PAUSE);
    if (System.nanoTime() + nanos > deadline) {
      return false;
    }
    LockSupport.parkNanos(nanos);
    return !Thread.currentThread().isInterrupted();
  }

  private static OpdException unknown(@Nullable Throwable cause) {
    return new OpdException(
        ErrorCode.OUTCOME_UNKNOWN,
        "the connection broke while committing: whether the command took effect is not known"
            // Of the program's own words only: the server's may quote a row.
            + (cause instanceof OpdException because ? "; " + because.getMessage() : ""),
        "repeat it with the same --request-id: it then happens at most once, and says what became of it",
        cause);
  }
}
