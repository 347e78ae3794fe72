package opd.service;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import opd.domain.DoctorCode;
import opd.domain.OpdException;
import opd.domain.Slot;

/// The slots that one `slot open` asks for: a single one, or one after the other until a time.
///
/// @param start on a whole minute
/// @param length of each slot, whole minutes, at most a day
/// @param capacity of each slot, 1 to [Slot#MOST_CAPACITY]
public record SessionPlan(
    DoctorCode doctor, Instant start, Duration length, int capacity, Optional<Repeat> repeat) {
  private static final int MOST_SLOTS = 500;
  private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("9999-12-30T00:00:00Z");

  /// @param every from the start of one slot to the start of the next, at least the slots' length
  /// @param until when the last slot ends at the latest
  public record Repeat(Duration every, Instant until) {}

  /// @throws OpdException INVALID_INPUT when one of them is out of range
  public SessionPlan {
    check(
        capacity >= 1 && capacity <= Slot.MOST_CAPACITY,
        "the capacity is from 1 to " + Slot.MOST_CAPACITY);
    check(length.isPositive(), "the slot must end after its start");
    check(length.compareTo(Duration.ofDays(1)) <= 0, "a slot lasts at most 24 hours");
    // Before minutes are looked at: by the clocks of long ago a full hour was none of UTC.
    check(
        !start.isBefore(EARLIEST) && start.isBefore(LATEST),
        "the slot must start between the years 2000 and 9999");
    check(isWholeMinutes(start), "the slot must start on a whole minute");
    check(
        length.toSecondsPart() == 0 && length.toNanosPart() == 0,
        "the slot must end on a whole minute");
    if (repeat.isPresent()) {
      checkRepeat(repeat.get(), start, length);
    }
  }

  private static void checkRepeat(Repeat repeat, Instant start, Duration length) {
    check(
        repeat.every().compareTo(length) >= 0,
        "the slots would overlap: --every must be at least their length");
    check(!start.plus(length).isAfter(repeat.until()), "--until leaves no time for even one slot");
    long slots = Duration.between(start, repeat.until()).dividedBy(repeat.every()) + 1;
    check(slots <= MOST_SLOTS, "that would be more than " + MOST_SLOTS + " slots at once");
  }

  private static boolean isWholeMinutes(Instant time) {
    return time.getEpochSecond() % 60 == 0 && time.getNano() == 0;
  }

  private static void check(boolean condition, String message) {
    if (!condition) {
      throw OpdException.invalid(message);
    }
  }

  /// When the slots start, in order.
  List<Instant> starts() {
    return repeat
        .map(more ->
            Stream.iterate(
                    start,
                    next -> !next.plus(length).isAfter(more.until()),
                    next -> next.plus(more.every()))
                .toList())
        .orElse(List.of(start));
  }
}
