package opd.domain;

import java.time.Duration;
import java.time.Instant;

/// One session of one doctor.
///
/// @param label its name, and with it its day
/// @param start UTC, on a whole minute
/// @param end after the start, on a whole minute
/// @param capacity the most tokens that may be ACTIVE at once, 1 to [#MOST_CAPACITY]
/// @param delayMinutes how late the doctor is, at most [#MOST_DELAY_MINUTES]; 0 unless the slot is
///   or was DELAYED
public record Slot(
    long id,
    SlotLabel label,
    Instant start,
    Instant end,
    int capacity,
    SlotStatus status,
    int delayMinutes,
    StatusCounts counts) {
  public static final int MOST_CAPACITY = 500;
  public static final int MOST_DELAY_MINUTES = 24 * 60;

  /// A slot that started longer ago is over: it lasts a day at most, and its delay does, too.
  public static final Duration LONGEST_WITH_DELAY = Duration.ofDays(2);

  /// The places that can be had without displacing anybody: none when the slot is closed.
  public int free() {
    return status.isOpen() ? capacity - counts.active() : 0;
  }

  /// When the slot is over, its delay included.
  public Instant actualEnd() {
    return end.plus(Duration.ofMinutes(delayMinutes));
  }

  /// Whether it is over: nobody is sent to it without having asked for it by name.
  public boolean hasEnded(Instant now) {
    return !actualEnd().isAfter(now);
  }

  /// The same slot with another status and delay.
  public Slot with(SlotStatus changed, int minutes) {
    return new Slot(id, label, start, end, capacity, changed, minutes, counts);
  }

  /// The same slot with another capacity and end.
  public Slot with(int changed, Instant ends) {
    return new Slot(id, label, start, ends, changed, status, delayMinutes, counts);
  }

  /// The same slot with other counts.
  public Slot withCounts(StatusCounts changed) {
    return new Slot(id, label, start, end, capacity, status, delayMinutes, changed);
  }
}
