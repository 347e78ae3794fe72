package opd.simulation.day;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import opd.decision.Outcome;
import opd.decision.TokenView;
import opd.domain.SlotLabel;
import opd.domain.TokenLabel;
import opd.simulation.plan.Operation;
import org.jspecify.annotations.Nullable;

/// One room of a doctor, in which one patient after the other is seen. Whoever is done is ended by
/// calling the next. Who does not come when called is called again, or put off.
final class ConsultingRoom {
  private static final Duration UNTIL_MISSED = Duration.ofMinutes(2);

  private final DayEvents course;
  private final DoctorProcess doctor;
  private final Optional<String> name;
  private final Set<Instant> alarms = new HashSet<>();
  private @Nullable Visit patient;
  private @Nullable TokenLabel token;
  // Whether the patient was called and has not come in yet.
  private boolean isExpected;
  // Whether whoever is next must be called by name, because the queue gave nobody.
  private boolean mustName;
  // Whether the patient is nobody's whom a call would end: after midnight the room is another
  // day's.
  private boolean mustEndAlone;
  private boolean hasCalled;
  private Instant begunAt = Instant.MIN;
  private Instant freeAt = Instant.MIN;
  // Whether the room waits for a desk's answer.
  private boolean isAsking;

  ConsultingRoom(DayEvents course, DoctorProcess doctor, Optional<String> name) {
    this.course = course;
    this.doctor = doctor;
    this.name = name;
  }

  /// Makes the room look for the next patient as soon as no other is there.
  void wake(Instant now) {
    course.agenda().at(now.isBefore(freeAt) ? freeAt : now, this::look);
  }

  /// Makes it look then, too.
  void wakeAt(Instant time) {
    if (alarms.add(time)) {
      course.agenda().at(time, this::look);
    }
  }

  /// How long the patient who is here will still be here.
  long busySeconds(Instant now) {
    return patient == null ? 0 : Math.max(0, Duration.between(now, freeAt).toSeconds());
  }

  boolean isFor(SlotLabel slot) {
    return token != null && token.slot().equals(slot);
  }

  boolean holds(Visit visit) {
    return patient == visit;
  }

  private @Nullable Task look(Instant now) {
    if (isAsking || now.isBefore(freeAt)) {
      return null;
    }
    return patient == null ? callNext(now) : finish(now, patient, Objects.requireNonNull(token));
  }

  private @Nullable Task finish(Instant now, Visit seen, TokenLabel label) {
    boolean hasComeIn = !isExpected;
    if (!seen.isActiveWith(label)) {
      leave(now);
      seen.isSeen |= hasComeIn;
      return callNext(now);
    }
    if (mustEndAlone) {
      return endAlone(seen, label);
    }
    if (isExpected) {
      return missed(now, seen, label);
    }
    if (seen.isToBeSent) {
      return next(now, Operation.Ending.PARK);
    }
    seen.isSeen = true;
    // Who is wanted by name is not next; and a call that was taken back leaves the room without a
    // current patient.
    boolean isEndedAlone = !seen.isCalled || doctor.wantedByName(now).isPresent();
    return isEndedAlone ? end(new Operation.Complete(label)) : next(now, Operation.Ending.COMPLETE);
  }

  private Task endAlone(Visit seen, TokenLabel label) {
    if (!isExpected) {
      seen.isSeen = true;
      return end(new Operation.Complete(label));
    }
    return seen.isPresent() ? call(label) : end(new Operation.NoShow(label));
  }

  private Task end(Operation ending) {
    return ask(
        ending,
        outcome -> {
          leave(course.agenda().now());
          course.patients().ended(outcome);
        });
  }

  /// The patient was called and did not come.
  private Task missed(Instant now, Visit visit, TokenLabel label) {
    if (!visit.isPresent()) {
      return next(now, Operation.Ending.NO_SHOW);
    }
    return label.sequence() % 2 == 0 ? call(label) : next(now, Operation.Ending.PARK);
  }

  private Task next(Instant now, Operation.Ending ending) {
    SlotLabel slot = Objects.requireNonNull(token).slot();
    boolean isLastCall = ending == Operation.Ending.NO_SHOW;
    boolean isSomebodyHere = !isLastCall && doctor.isSomebodyCallable(now);
    hasCalled = true;
    return ask(
        // Where nobody is to be called, the queues of later slots are not meant.
        new Operation.Next(slot, !isSomebodyHere, !isLastCall, name, ending),
        outcome -> called(outcome, isSomebodyHere));
  }

  private Task call(TokenLabel label) {
    return ask(new Operation.Call(label, name), outcome -> called(outcome, false));
  }

  private @Nullable Task callNext(Instant now) {
    Optional<Visit> named = doctor.wantedByName(now);
    if (named.isEmpty() && mustName) {
      named = doctor.firstCallable(now);
    }
    if (named.isPresent()) {
      return call(Objects.requireNonNull(named.get().token));
    }
    if (!doctor.isSomebodyCallable(now)) {
      return doctor.closeWhatIsOver(now, this);
    }
    SlotLabel slot = doctor.slotAtWork(now);
    boolean isFirst = !hasCalled;
    hasCalled = true;
    return ask(
        isFirst
            ? new Operation.Next(slot, false, true, name, Operation.Ending.COMPLETE)
            : new Operation.CallNext(slot, false, true, name),
        outcome -> called(outcome, true));
  }

  /// Calls those who have not come, one after the other.
  Task callAbsent(SlotLabel slot) {
    return ask(new Operation.CallNext(slot, true, false, name), outcome -> called(outcome, false));
  }

  /// @param isSomebodyHere whether somebody could be called, as far as the doctor knows
  private void called(Outcome outcome, boolean isSomebodyHere) {
    switch (outcome) {
      case Outcome.Served served -> {
        if (served.previous() != null) {
          ended(served.previous());
        }
        mustName = isSomebodyHere && served.token() == null;
        if (served.token() != null) {
          letIn(served.token());
        }
      }
      case Outcome.NobodyWaiting _ -> {
        mustName = isSomebodyHere;
        mustEndAlone = patient != null;
      }
      case Outcome.ChangeRejected rejected -> {
        leave(course.agenda().now());
        course.patients().learn(rejected.token());
      }
      default -> throw new IllegalStateException("not the outcome of a call: " + outcome);
    }
  }

  private void ended(TokenView previous) {
    Visit gone = patient;
    TokenLabel label = token;
    leave(course.agenda().now());
    if (gone != null && label != null && !label.equals(previous.token().label())) {
      // Another desk was faster: this one was not the room's current patient.
      course.patients().attendance().completeLater(gone, label);
    }
    course.patients().ended(previous);
  }

  /// The patient is called, and comes in if at hand.
  private void letIn(TokenView called) {
    Instant now = course.agenda().now();
    TokenLabel label = called.token().label();
    Visit visit = course.patients().holderOf(label);
    if (visit == null) {
      return;
    }
    leave(now);
    doctor.leaveOthers(visit, this, now);
    visit.isCalled = true;
    visit.isParked = false;
    visit.isBack = false;
    visit.isCalledByName = false;
    patient = visit;
    token = label;
    isExpected = !visit.isPresent() || visit.missesCall;
    visit.missesCall = false;
    begunAt = now;
    Duration needed = visit.isToBeSent ? half(visit.remaining) : visit.remaining;
    freeAt = now.plus(isExpected ? UNTIL_MISSED : needed);
  }

  private static Duration half(Duration whole) {
    return Duration.ofSeconds(whole.toSeconds() / 2);
  }

  /// An emergency does not wait until the doctor is free: who is with the doctor waits outside,
  /// still called.
  @Nullable Task interrupt(Visit emergency) {
    TokenLabel label = emergency.token;
    if (isAsking || patient == null || isExpected || label == null || !emergency.isCallable()) {
      return null;
    }
    return call(label);
  }

  /// The patient has lost the place, and the consultation is broken off.
  void breakOff(Visit visit, Instant now) {
    if (patient == visit) {
      leave(now);
    }
  }

  /// Nobody is in the room.
  private void leave(Instant now) {
    if (patient != null && token != null && !isExpected) {
      Duration seen = Duration.between(begunAt, now);
      patient.remaining = patient.remaining.minus(seen);
      doctor.seen(patient, token, begunAt, now);
    }
    patient = null;
    token = null;
    isExpected = false;
    mustEndAlone = false;
    freeAt = now;
  }

  /// Lets a desk do it, and waits for the answer.
  Task ask(Operation operation, Consumer<Outcome> then) {
    isAsking = true;
    return course.task(
        operation,
        outcome -> {
          isAsking = false;
          then.accept(outcome);
          doctor.wake(course.agenda().now());
        });
  }

  boolean isAsking() {
    return isAsking;
  }
}
