package opd.simulation.day;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import opd.decision.Outcome;
import opd.domain.Slot;
import opd.domain.SlotLabel;
import opd.domain.SlotStatus;
import opd.domain.TokenLabel;
import opd.domain.TokenStatus;
import opd.simulation.plan.DayPlan;
import opd.simulation.plan.Operation;
import org.jspecify.annotations.Nullable;

/// A doctor who sees the patients of one slot after the other: always the first in the queue who is
/// there. A token is completed when its patient is called in, so that nobody takes the place of one
/// who sits with the doctor. When the slot's time is over and nobody is left, those who did not
/// come are marked and the slot is completed; a doctor who is not done by then delays the next
/// slot.
final class DoctorProcess {
  private static final int DELAYS_COME_IN_MINUTES = 5;
  private static final int MOST_DELAY_MINUTES = 600;

  private final DayEvents course;
  private final DayPlan.Doctor doctor;
  private final Map<SlotLabel, Slot> known = new HashMap<>();
  private int current;
  private Instant freeAt = Instant.MIN;
  // Whether the doctor waits for a desk's answer.
  private boolean isAsking;

  DoctorProcess(DayEvents course, DayPlan.Doctor doctor) {
    this.course = course;
    this.doctor = doctor;
    for (DayPlan.Slot slot : doctor.slots()) {
      course.agenda().at(slot.start(), now -> beginOrDelay(slot));
    }
  }

  /// The staff learn what a slot has become.
  void changed(Slot slot) {
    known.put(slot.label(), slot);
  }

  /// Makes the doctor look for the next patient as soon as no other is there, because somebody came
  /// or something changed.
  void wake(Instant now) {
    course.agenda().at(now.isBefore(freeAt) ? freeAt : now, this::look);
  }

  private Duration delay(DayPlan.Slot slot) {
    Slot seen = known.get(slot.label());
    return Duration.ofMinutes(seen == null ? 0 : seen.delayMinutes());
  }

  private boolean isClosed(DayPlan.Slot slot) {
    return isClosed(slot.label());
  }

  /// As far as the staff know.
  boolean isClosed(SlotLabel slot) {
    Slot seen = known.get(slot);
    return seen != null
        && (seen.status() == SlotStatus.CANCELLED || seen.status() == SlotStatus.COMPLETED);
  }

  private @Nullable Task beginOrDelay(DayPlan.Slot slot) {
    boolean isBehind = current < doctor.slots().indexOf(slot) && !isClosed(slot);
    if (isBehind && current < doctor.slots().size()) {
      return delay(slot, course.agenda().now());
    }
    wake(course.agenda().now());
    return null;
  }

  /// By what is still to do in the slots before.
  private @Nullable Task delay(DayPlan.Slot slot, Instant now) {
    List<DayPlan.Slot> before =
        doctor.slots().subList(current, doctor.slots().indexOf(slot)).stream()
            .filter(earlier -> !isClosed(earlier))
            .toList();
    if (before.isEmpty()) {
      wake(now);
      return null;
    }
    long seconds = Math.max(0, Duration.between(now, freeAt).toSeconds());
    for (DayPlan.Slot earlier : before) {
      long length = Duration.between(earlier.start(), earlier.end()).toSeconds();
      seconds += present(earlier).size() * length / earlier.capacity();
    }
    long late = Duration.between(slot.start(), now).toMinutes() + seconds / 60;
    long rounded = (late / DELAYS_COME_IN_MINUTES + 1) * DELAYS_COME_IN_MINUTES;
    int minutes = (int) Math.min(rounded, MOST_DELAY_MINUTES);
    if (minutes <= delay(slot).toMinutes()) {
      return null;
    }
    return course.task(
        new Operation.DelaySlot(slot.label(), minutes),
        outcome -> {
          course.slotChanged(outcome);
          course
              .agenda()
              .at(slot.start().plus(Duration.ofMinutes(minutes)), later -> beginOrDelay(slot));
        });
  }

  private List<Visit> present(DayPlan.Slot slot) {
    return course.expected(slot.label()).stream().filter(Visit::isPresent).toList();
  }

  private @Nullable Task look(Instant now) {
    if (isAsking || now.isBefore(freeAt)) {
      return null;
    }
    while (current < doctor.slots().size() && isClosed(doctor.slots().get(current))) {
      current++;
    }
    if (current == doctor.slots().size()) {
      return null;
    }
    DayPlan.Slot slot = doctor.slots().get(current);
    Instant start = slot.start().plus(delay(slot));
    if (now.isBefore(start)) {
      course.agenda().at(start, this::look);
      return null;
    }
    Optional<Visit> next =
        present(slot).stream()
            .min(
                Comparator.comparingInt((Visit visit) -> -visit.priority.rank())
                    .thenComparingInt(visit -> number(visit)));
    if (next.isPresent()) {
      return call(next.get());
    }
    Instant end = slot.end().plus(delay(slot));
    if (now.isBefore(end)) {
      course.agenda().at(end, this::look);
      return null;
    }
    return close(slot);
  }

  private static int number(Visit visit) {
    return visit.token == null ? 0 : visit.token.sequence();
  }

  private @Nullable Task call(Visit visit) {
    TokenLabel token = visit.token;
    Instant arrivedAt = visit.arrivedAt;
    if (token == null || arrivedAt == null) {
      return null;
    }
    return ask(
        new Operation.Complete(token),
        outcome -> {
          visit.status = statusAfter(outcome);
          if (outcome instanceof Outcome.TokenDone done) {
            Instant calledAt = course.agenda().now();
            freeAt = calledAt.plus(visit.planned.habits().consultation());
            course.consulted(consultation(token, arrivedAt, calledAt));
            course.offer(done.waiting());
          }
        });
  }

  private static TokenStatus statusAfter(Outcome outcome) {
    return switch (outcome) {
      case Outcome.TokenDone done -> done.token().token().status();
      // Another desk was faster.
      case Outcome.ChangeRejected rejected -> rejected.token().token().status();
      default -> throw new IllegalStateException("not the outcome of a change: " + outcome);
    };
  }

  private Consultation consultation(TokenLabel token, Instant arrivedAt, Instant calledAt) {
    Instant start = slot(token.slot()).start();
    Instant waitsFrom = arrivedAt.isBefore(start) ? start : arrivedAt;
    long waited = Math.max(0, Duration.between(waitsFrom, calledAt).toSeconds());
    return new Consultation(token, arrivedAt, calledAt, freeAt, waited);
  }

  private DayPlan.Slot slot(SlotLabel label) {
    return doctor.slots().stream()
        .filter(slot -> slot.label().equals(label))
        .findFirst()
        .orElseThrow();
  }

  private Task close(DayPlan.Slot slot) {
    Optional<Visit> absent =
        course.expected(slot.label()).stream()
            .filter(visit -> !visit.isPresent())
            .min(Comparator.comparingInt(DoctorProcess::number));
    if (absent.isPresent()) {
      Visit visit = absent.get();
      return ask(
          new Operation.NoShow(Objects.requireNonNull(visit.token)),
          outcome -> visit.status = statusAfter(outcome));
    }
    return ask(new Operation.CompleteSlot(slot.label()), course::slotChanged);
  }

  private Task ask(Operation operation, Consumer<Outcome> then) {
    isAsking = true;
    return course.task(
        operation,
        outcome -> {
          isAsking = false;
          then.accept(outcome);
          wake(course.agenda().now());
        });
  }
}
