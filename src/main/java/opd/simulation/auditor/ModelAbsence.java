package opd.simulation.auditor;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import opd.domain.SlotLabel;
import opd.simulation.plan.Operation;
import org.jspecify.annotations.Nullable;

/// What must become of a doctor's slots while the doctor is late or away.
final class ModelAbsence {
  private final HospitalModel hospital;
  private final Instant at;
  private final Set<SlotLabel> touched = new TreeSet<>();

  ModelAbsence(HospitalModel hospital, Instant at) {
    this.hospital = hospital;
    this.at = at;
  }

  Prediction late(Operation.DoctorLate asked) {
    Instant midnight = hospital.endOfDay(asked.from());
    List<String> parts = new ArrayList<>();
    for (ModelSlot slot : concerned(asked, midnight)) {
      parts.add(answer(ModelChange.delay(slot, asked.minutes(), at)));
      touched.add(slot.label);
    }
    return foretold(parts);
  }

  Prediction leave(Operation.DoctorLeave asked) {
    List<ModelSlot> concerned = concerned(asked, asked.until());
    List<ModelSlot> places = new ArrayList<>(hospital.openOf(asked.slot().doctor()));
    places.removeAll(concerned);
    places.addAll(hospital.openOf(asked.cover()));
    List<String> parts = new ArrayList<>();
    for (ModelSlot slot : concerned) {
      touched.add(slot.label);
      List<ModelToken> queue = slot.queue();
      String cancelled = answer(ModelChange.cancel(slot, at));
      List<String> moved = new ArrayList<>();
      for (ModelToken lost : queue) {
        ModelSlot place = place(slot, lost, places);
        slot.log(at);
        if (place != null) {
          moved.add(move(lost, place));
        }
      }
      parts.add(cancelled + ", moved " + String.join(", ", moved));
    }
    return foretold(parts);
  }

  private List<ModelSlot> concerned(Operation.OfDoctor asked, Instant until) {
    return hospital.openOf(asked.slot().doctor()).stream()
        .filter(slot -> slot.start.isBefore(until))
        .filter(slot -> slot.end.plus(Duration.ofMinutes(slot.delayMinutes)).isAfter(asked.from()))
        .toList();
  }

  /// The earliest that will do, or null. Where two start at the same time, the doctor's own.
  private @Nullable ModelSlot place(ModelSlot left, ModelToken lost, List<ModelSlot> places) {
    ModelSlot best = null;
    for (ModelSlot place : places) {
      boolean isOwn = place.label.doctor().equals(left.label.doctor());
      Instant start = place.start;
      boolean isInTime = isOwn ? start.isAfter(left.start) : !start.isBefore(left.start);
      boolean isSameDay = place.label.day().equals(left.label.day());
      if (isInTime
          && isSameDay
          && place.takesFreely(lost.patient, at)
          // The doctor's own come first in the list.
          && (best == null || start.isBefore(best.start))) {
        best = place;
      }
    }
    return best;
  }

  private String move(ModelToken lost, ModelSlot place) {
    ModelToken placed = hospital.give(place, lost.claim(), lost.label);
    placed.bringArrival(lost);
    place.log(at);
    touched.add(place.label);
    lost.isMadeGood = true;
    int position = place.queue().indexOf(placed) + 1;
    return placed.label + " ACTIVE at " + place.expected(position, at);
  }

  private static String answer(Prediction ofOne) {
    return ofOne.answer().substring("DONE ".length());
  }

  private Prediction foretold(List<String> parts) {
    return new Prediction(
        "DONE " + String.join("; ", parts),
        "",
        null,
        null,
        touched,
        EnumSet.of(Invariant.ANSWER, Invariant.NUMBERS, Invariant.NEVER_DELETED));
  }
}
