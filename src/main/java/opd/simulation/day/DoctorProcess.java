package opd.simulation.day;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import opd.domain.Slot;
import opd.domain.SlotLabel;
import opd.domain.TokenLabel;
import opd.simulation.plan.DayPlan;
import opd.simulation.plan.Operation;
import org.jspecify.annotations.Nullable;

/// A doctor who sees the patients of one slot after the other in one room or in two. When a slot's
/// time is over and nobody is left, those who did not come are marked and the slot is completed; a
/// doctor who is not done by then delays the next slot.
final class DoctorProcess {
  private static final int DELAYS_COME_IN_MINUTES = 5;
  private static final int MOST_DELAY_MINUTES = 600;

  private final DayEvents course;
  private final DayPlan.Doctor doctor;
  private final Map<SlotLabel, Slot> known = new HashMap<>();
  private final List<ConsultingRoom> rooms;
  // Where those who have not come were called once more.
  private final Set<SlotLabel> lastCalls = new HashSet<>();

  DoctorProcess(DayEvents course, DayPlan.Doctor doctor) {
    this.course = course;
    this.doctor = doctor;
    rooms = doctor.rooms().stream().map(name -> new ConsultingRoom(course, this, name)).toList();
    for (DayPlan.Slot slot : doctor.slots()) {
      course.agenda().at(slot.start(), now -> beginOrDelay(slot, now));
    }
  }

  /// The staff learn what a slot has become.
  void changed(Slot slot) {
    known.put(slot.label(), slot);
  }

  /// Makes the doctor look for the next patient as soon as no other is there, because somebody came
  /// or something changed.
  void wake(Instant now) {
    rooms.forEach(room -> room.wake(now));
  }

  private Duration delay(DayPlan.Slot slot) {
    Slot seen = known.get(slot.label());
    return Duration.ofMinutes(seen == null ? 0 : seen.delayMinutes());
  }

  private Instant begin(DayPlan.Slot slot) {
    return slot.start().plus(delay(slot));
  }

  private Instant end(DayPlan.Slot slot) {
    return slot.end().plus(delay(slot));
  }

  /// As far as the staff know.
  boolean isClosed(SlotLabel slot) {
    Slot seen = known.get(slot);
    return seen != null && !seen.status().isOpen();
  }

  private List<DayPlan.Slot> open() {
    return doctor.slots().stream().filter(slot -> !isClosed(slot.label())).toList();
  }

  private List<DayPlan.Slot> begun(Instant now) {
    return open().stream().filter(slot -> !begin(slot).isAfter(now)).toList();
  }

  private @Nullable Task beginOrDelay(DayPlan.Slot slot, Instant now) {
    long seconds = workBefore(slot, now);
    if (isClosed(slot.label()) || seconds == 0) {
      wake(now);
      return null;
    }
    long late = Duration.between(slot.start(), now).toMinutes() + seconds / 60;
    long rounded = (late / DELAYS_COME_IN_MINUTES + 1) * DELAYS_COME_IN_MINUTES;
    int minutes = (int) Math.min(rounded, MOST_DELAY_MINUTES);
    if (minutes <= delay(slot).toMinutes()) {
      course.agenda().at(begin(slot), this::wakeThen);
      return null;
    }
    return course.task(
        new Operation.DelaySlot(slot.label(), minutes),
        outcome -> {
          course.slotChanged(outcome);
          course
              .agenda()
              .at(
                  slot.start().plus(Duration.ofMinutes(minutes)),
                  later -> beginOrDelay(slot, later));
        });
  }

  private @Nullable Task wakeThen(Instant now) {
    wake(now);
    return null;
  }

  /// How long the patients of the slots before will still take.
  private long workBefore(DayPlan.Slot slot, Instant now) {
    List<DayPlan.Slot> before =
        open().stream().filter(earlier -> earlier.start().isBefore(slot.start())).toList();
    long seconds = 0;
    for (ConsultingRoom room : rooms) {
      boolean isBusy = before.stream().anyMatch(earlier -> room.isFor(earlier.label()));
      seconds = Math.max(seconds, isBusy ? room.busySeconds(now) : 0);
    }
    for (DayPlan.Slot earlier : before) {
      long length = Duration.between(earlier.start(), earlier.end()).toSeconds();
      long waiting = waiting(earlier).filter(Visit::isCallable).count();
      seconds += waiting * length / earlier.capacity();
    }
    return seconds;
  }

  private Stream<Visit> waiting(DayPlan.Slot slot) {
    return course.patients().expected(slot.label()).stream()
        .filter(visit -> rooms.stream().noneMatch(room -> room.holds(visit)));
  }

  /// Those who may be called: of the slots that have begun, and where nobody of them is there, of
  /// the one that follows while the doctor is at work.
  private List<Visit> callable(Instant now) {
    List<DayPlan.Slot> begun = begun(now);
    List<Visit> callable = begun.stream().flatMap(this::waiting).filter(Visit::isCallable).toList();
    if (!callable.isEmpty() || begun.isEmpty()) {
      return callable;
    }
    DayPlan.Slot last = begun.getLast();
    return open().stream()
        .filter(slot -> slot.start().equals(last.end()) && now.isBefore(end(last)))
        .flatMap(this::waiting)
        .filter(Visit::isCallable)
        .toList();
  }

  boolean isSomebodyCallable(Instant now) {
    return !callable(now).isEmpty();
  }

  Optional<Visit> firstCallable(Instant now) {
    return callable(now).stream().min(Comparator.comparingInt(Visit::number));
  }

  /// Whom the doctor asks for by name: those who were with the doctor and wait outside, those who
  /// are back unnoticed, and favourites.
  Optional<Visit> wantedByName(Instant now) {
    List<Visit> here =
        begun(now).stream()
            .flatMap(this::waiting)
            .filter(visit -> visit.isActive() && visit.isPresent() && !visit.isSeen)
            .filter(visit ->
                visit.isCalled || visit.isBack || (visit.isCalledByName && visit.isCallable()))
            .toList();
    return here.stream()
        .min(
            Comparator.comparing((Visit visit) -> !visit.isCalled)
                .thenComparing(visit -> !visit.isBack)
                .thenComparingInt(Visit::number));
  }

  /// The last slot that has begun; somebody can be called.
  SlotLabel slotAtWork(Instant now) {
    return begun(now).getLast().label();
  }

  /// An emergency is called at once, where the doctor is at work.
  @Nullable Task interrupt(Visit emergency, Instant now) {
    TokenLabel token = emergency.token;
    boolean hasBegun =
        token != null && begun(now).stream().anyMatch(slot -> slot.label().equals(token.slot()));
    return hasBegun ? rooms.getFirst().interrupt(emergency) : null;
  }

  /// The patient has lost the place.
  void breakOff(Visit visit, Instant now) {
    rooms.forEach(room -> room.breakOff(visit, now));
  }

  /// The patient has gone into that room.
  void leaveOthers(Visit visit, ConsultingRoom into, Instant now) {
    rooms.stream().filter(room -> room != into).forEach(room -> room.breakOff(visit, now));
  }

  /// The patient was with the doctor for so long.
  void seen(Visit visit, TokenLabel token, Instant from, Instant to) {
    Instant arrivedAt = Objects.requireNonNull(visit.arrivedAt);
    course.consulted(new Consultation(token, arrivedAt, from, to));
  }

  /// Whoever is left in a slot whose time is over did not come. Where nothing is over yet, it says
  /// when to look again.
  @Nullable Task closeWhatIsOver(Instant now, ConsultingRoom room) {
    for (DayPlan.Slot slot : open()) {
      Instant due = begin(slot).isAfter(now) ? begin(slot) : end(slot);
      if (due.isAfter(now)) {
        room.wakeAt(due);
      } else if (isNobodyHere(slot)) {
        return close(slot, room);
      }
    }
    return null;
  }

  private boolean isNobodyHere(DayPlan.Slot slot) {
    return rooms.stream().noneMatch(room -> room.isAsking() || room.isFor(slot.label()))
        && course.patients().expected(slot.label()).stream().noneMatch(Visit::isPresent);
  }

  private Task close(DayPlan.Slot slot, ConsultingRoom room) {
    List<Visit> absent = new ArrayList<>(course.patients().expected(slot.label()));
    absent.sort(Comparator.comparingInt(Visit::number));
    if (absent.isEmpty()) {
      return room.ask(new Operation.CompleteSlot(slot.label()), course::slotChanged);
    }
    if (doctor.callsAbsent() && lastCalls.add(slot.label())) {
      return room.callAbsent(slot.label());
    }
    return room.ask(
        new Operation.NoShow(Objects.requireNonNull(absent.getFirst().token)),
        course.patients()::ended);
  }
}
