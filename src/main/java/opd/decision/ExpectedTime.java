package opd.decision;

import java.time.Duration;
import java.time.Instant;
import opd.domain.Slot;

/// When a patient can expect to be seen.
public final class ExpectedTime {
  private ExpectedTime() {}

  /// The slot's start and delay, then an equal share of its length for each patient who was seen or
  /// stands before this one, in whole seconds rounded down.
  ///
  /// @param position in the queue, from 1
  public static Instant of(Slot slot, int position) {
    long lengthSeconds = Duration.between(slot.start(), slot.end()).toSeconds();
    long before = (long) slot.counts().completed() + position - 1;
    return slot.start()
        .plus(Duration.ofMinutes(slot.delayMinutes()))
        .plusSeconds(Math.floorDiv(lengthSeconds * before, slot.capacity()));
  }
}
