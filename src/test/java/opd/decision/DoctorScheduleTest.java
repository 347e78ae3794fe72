package opd.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import opd.domain.OpdException;
import opd.domain.Slot;
import opd.domain.SlotLabel;
import opd.domain.SlotStatus;
import opd.domain.StatusCounts;
import org.junit.jupiter.api.Test;

/// What is in the way of a slot that a roster wants to open.
final class DoctorScheduleTest {
  private final DoctorSchedule schedule =
      new DoctorSchedule(
          List.of(
              slot("09:00", "10:00", SlotStatus.SCHEDULED),
              slot("11:00", "12:00", SlotStatus.DELAYED),
              slot("13:00", "14:00", SlotStatus.CANCELLED),
              slot("15:00", "16:00", SlotStatus.COMPLETED)));

  private static Instant time(String time) {
    return Instant.parse("2030-01-07T" + time + ":00Z");
  }

  private static Slot slot(String start, String end, SlotStatus status) {
    SlotLabel label = SlotLabel.parse("RAO-20300107-" + start.replace(":", "")).orElseThrow();
    return new Slot(1, label, time(start), time(end), 5, status, 0, StatusCounts.NONE);
  }

  private boolean has(String start, String end, int capacity) {
    return schedule.has(time(start), time(end), capacity);
  }

  private void isRefused(String start, String end, int capacity, String... words) {
    assertThatThrownBy(() -> has(start, end, capacity))
        .isInstanceOfSatisfying(
            OpdException.class,
            e -> assertThat(e.code() + " " + e.getMessage() + " " + e.hint()).contains(words));
  }

  @Test
  void whatIsThereJustSoIsNotOpenedAgain() {
    assertThat(has("09:00", "10:00", 5)).isTrue();
    assertThat(has("11:00", "12:00", 5)).isTrue();
    assertThat(has("10:00", "11:00", 5)).isFalse();
    // A cancelled one is in nobody's way but at its own start.
    assertThat(has("13:30", "14:30", 5)).isFalse();
  }

  @Test
  void whatIsInTheWayIsNamed() {
    isRefused("09:00", "10:00", 6, "SLOT_OVERLAPS", "capacity of 5", "opd slot change");
    isRefused("09:00", "10:30", 5, "of 60 minutes");
    isRefused("08:30", "09:01", 5, "overlap RAO-20300107-0900");
    isRefused("09:59", "10:30", 5, "overlap RAO-20300107-0900");
    isRefused("08:00", "17:00", 5, "overlap RAO-20300107-0900");
    isRefused("15:30", "16:30", 5, "overlap RAO-20300107-1500", "COMPLETED");
    isRefused("13:00", "14:00", 5, "CANCELLED", "opd slot reopen RAO-20300107-1300");
    isRefused("15:00", "16:00", 5, "COMPLETED", "opd slot reopen RAO-20300107-1500");
  }

  @Test
  void whatTheListItselfOpensIsThereForItsNextLines() {
    schedule.add(time("10:00"), time("11:00"), 3);
    assertThat(has("10:00", "11:00", 3)).isTrue();
    isRefused("10:00", "11:00", 4, "a slot that this list opens", "take one of the two lines out");
    isRefused("10:30", "11:00", 3, "a slot that this list opens");
    schedule.remove(time("10:00"));
    assertThat(has("10:30", "11:00", 3)).isFalse();
  }
}
