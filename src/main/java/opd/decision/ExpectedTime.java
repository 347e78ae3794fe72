package opd.decision;

import java.time.Duration;
import java.time.Instant;
import opd.domain.Slot;

/// When a patient can expect to be seen.
public final class ExpectedTime {
  private ExpectedTime() {}

  /// The slot's start and delay, then an equal share of its length for each patient who was seen or
  /// stands before this one; but not before now and the shares of those who stand before: nobody is
  /// told a time that is over. In whole seconds, shares rounded down and now rounded up.
  ///
  /// @param position in the queue, from 1
  public static Instant of(Slot slot, int position, Instant now) {
    Instant begin = slot.start().plus(Duration.ofMinutes(slot.delayMinutes()));
    Instant planned = begin.plus(shares(slot, slot.counts().completed() + position - 1));
    Instant fromNow = wholeSecond(now).plus(shares(slot, position - 1));
    return planned.isBefore(fromNow) ? fromNow : planned;
  }

  private static Duration shares(Slot slot, long patients) {
    long lengthSeconds = Duration.between(slot.start(), slot.end()).toSeconds();
    return Duration.ofSeconds(Math.floorDiv(lengthSeconds * patients, slot.capacity()));
  }

  private static Instant wholeSecond(Instant time) {
    return time.getNano() == 0 ? time : Instant.ofEpochSecond(time.getEpochSecond() + 1);
  }
}
