package opd.simulation.day;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/// A clock that stands still until it is told to advance, so that a simulated day is the same on
/// every run. Several desks may share one.
public final class LogicalClock implements Supplier<Instant> {
  private final AtomicReference<Instant> now;

  private LogicalClock(Instant start) {
    now = new AtomicReference<>(start);
  }

  /// The date's first moment in the zone.
  public static LogicalClock atStartOf(LocalDate date, ZoneId zone) {
    return new LogicalClock(date.atStartOfDay(zone).toInstant());
  }

  @Override
  public Instant get() {
    return now.get();
  }

  public void advance(Duration by) {
    advanceTo(now.get().plus(by));
  }

  /// Goes on to the time; where the clock is past it already, it stays.
  public void advanceTo(Instant time) {
    now.accumulateAndGet(time, (present, wanted) -> wanted.isAfter(present) ? wanted : present);
  }
}
