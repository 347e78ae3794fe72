package opd.simulation.day;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import opd.domain.SlotStatus;

/// What a doctor's time went by without.
///
/// @param idleSeconds of the slots that were not cancelled, from beginning to end as they took
///   place: the time in which no patient was with the doctor
/// @param overtimeSeconds from the planned end of the last of them until the last patient left; 0
///   if that was before
record WorkingTime(long idleSeconds, long overtimeSeconds) {

  /// @param slots the doctor's
  /// @param own the doctor's consultations, which never overlap
  static WorkingTime of(List<SlotDay> slots, List<Consultation> own) {
    List<SlotDay> held =
        slots.stream().filter(slot -> slot.status() != SlotStatus.CANCELLED).toList();
    return new WorkingTime(
        held.stream().mapToLong(slot -> idle(slot, own)).sum(), overtime(held, own));
  }

  private static long idle(SlotDay slot, List<Consultation> own) {
    Duration delay = Duration.ofMinutes(slot.delayMinutes());
    Instant start = slot.start().plus(delay);
    Instant end = slot.end().plus(delay);
    long busy =
        own.stream()
            .mapToLong(consultation ->
                seconds(
                    later(start, consultation.calledAt()), earlier(end, consultation.endedAt())))
            .sum();
    return seconds(start, end) - busy;
  }

  private static long overtime(List<SlotDay> held, List<Consultation> own) {
    var end = held.stream().map(SlotDay::end).max(Comparator.naturalOrder());
    var last = own.stream().map(Consultation::endedAt).max(Comparator.naturalOrder());
    return end.isPresent() && last.isPresent() ? seconds(end.get(), last.get()) : 0;
  }

  /// 0 if the one is not before the other.
  private static long seconds(Instant from, Instant to) {
    return Math.max(0, Duration.between(from, to).toSeconds());
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }
}
