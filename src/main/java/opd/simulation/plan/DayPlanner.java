package opd.simulation.plan;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import opd.domain.DoctorCode;
import opd.domain.OpdException;
import opd.domain.Slot;
import opd.domain.SlotLabel;

/// Draws a day: the doctors with their slots, the patients, and what goes wrong. The same scenario,
/// date and seed give the same plan on every machine.
public final class DayPlanner {
  private static final LocalTime OPENING = LocalTime.of(9, 0);
  private static final int WORKING_MINUTES = 480;
  private static final int LONGEST_SLOT_MINUTES = 60;
  private static final Duration LUNCH = Duration.ofMinutes(60);
  private static final double MEAN_LATE_MINUTES = 15;
  private static final double LATENESS_VARIATION = 0.6;
  private static final Duration DELAY_ANNOUNCED_BEFORE = Duration.ofMinutes(10);
  private static final double DELAY_WITHDRAWN = 0.2;
  // No source: rare enough to leave the day what it is.
  private static final double SLOT_TOO_SMALL = 0.06;
  private static final Duration ENLARGED_BEFORE = Duration.ofMinutes(45);
  private static final int MOST_MORE_PLACES = 3;
  // Mistakes have a source of their own, so that without them everything else is drawn the same.
  private static final long MISTAKES = 0x6D697374616B65L;
  // So has what happens between arrival and consultation.
  private static final long SERVING = 0x73657276696E67L;
  private static final double WITHOUT_ROOM = 0.25;
  private static final int MOST_FEWER_PLACES = 2;
  private static final Duration CHANGED_BEFORE = Duration.ofMinutes(20);
  private static final Duration CHANGED_AFTER = Duration.ofMinutes(15);

  private final Scenario scenario;
  private final LocalDate date;
  private final Chance chance;
  private final Chance mistakes;
  private final Chance serving;

  private DayPlanner(Scenario scenario, LocalDate date, long seed) {
    this.scenario = scenario;
    this.date = date;
    this.chance = new Chance(seed);
    this.mistakes = new Chance(seed ^ MISTAKES);
    this.serving = new Chance(seed ^ SERVING);
  }

  /// @throws OpdException INVALID_INPUT when an incident names a doctor whom the hospital has not
  public static DayPlan plan(Scenario scenario, LocalDate date, long seed) {
    return new DayPlanner(scenario, date, seed).plan();
  }

  private DayPlan plan() {
    List<DayPlan.Doctor> doctors = new ArrayList<>();
    for (int number = 0; number < scenario.sizes().doctors(); number++) {
      doctors.add(doctor(number));
    }
    List<DayPlan.Planned> incidents = new ArrayList<>();
    doctors.forEach(doctor -> lateStart(doctor, incidents));
    if (doctors.size() > 1) {
      DayPlan.Doctor doctor = chance.of(doctors);
      afternoonOff(doctor, colleague(doctor, doctors), incidents);
    }
    doctors.forEach(doctor -> doctor.slots().forEach(slot -> tooSmall(slot, incidents)));
    doctors.forEach(doctor -> doctor.slots().forEach(slot -> changed(slot, incidents)));
    VisitPlanner visits = new VisitPlanner(scenario, doctors, chance, mistakes, serving);
    List<DayPlan.Visit> asked = visits.draw();
    for (Incident incident : scenario.incidents()) {
      fixed(incident, doctors, visits, asked, incidents);
    }
    asked.sort(Comparator.comparing(DayPlan.Visit::asksAt));
    return new DayPlan(date, scenario.zone(), doctors, asked, incidents);
  }

  private DayPlan.Doctor doctor(int number) {
    DoctorCode code = Names.doctorCode(number);
    String room = "Room " + (number + 1);
    boolean hasName = !serving.happens(WITHOUT_ROOM);
    boolean hasSecond = serving.happens(scenario.rates().serving().secondRoom());
    List<Optional<String>> rooms =
        new ArrayList<>(List.of(hasName ? Optional.of(room) : Optional.empty()));
    if (hasSecond) {
      rooms.add(Optional.of(room + "b"));
    }
    return new DayPlan.Doctor(
        code,
        Names.doctorName(number),
        Names.specialization(number),
        slots(code),
        rooms,
        serving.happens(scenario.rates().serving().lastCall()));
  }

  private List<DayPlan.Slot> slots(DoctorCode code) {
    int count = scenario.sizes().slots();
    int minutes = Math.min(LONGEST_SLOT_MINUTES, WORKING_MINUTES / count / 5 * 5);
    int inTheMorning = Math.ceilDiv(count, 2);
    Instant opening = at(OPENING);
    List<DayPlan.Slot> slots = new ArrayList<>();
    for (int index = 0; index < count; index++) {
      Duration rest = index < inTheMorning ? Duration.ZERO : LUNCH;
      Instant start = opening.plus(Duration.ofMinutes((long) index * minutes)).plus(rest);
      slots.add(
          new DayPlan.Slot(
              SlotLabel.of(code, start, scenario.zone()),
              start,
              start.plus(Duration.ofMinutes(minutes)),
              scenario.sizes().capacity()));
    }
    return slots;
  }

  private Instant at(LocalTime time) {
    return date.atTime(time).atZone(scenario.zone()).toInstant();
  }

  private void lateStart(DayPlan.Doctor doctor, List<DayPlan.Planned> incidents) {
    if (!chance.happens(scenario.rates().lateDoctor())) {
      return;
    }
    DayPlan.Slot opening = doctor.slots().getFirst();
    SlotLabel first = opening.label();
    Instant announced = opening.start().minus(DELAY_ANNOUNCED_BEFORE);
    int minutes = 1 + (int) chance.logNormal(MEAN_LATE_MINUTES, LATENESS_VARIATION);
    incidents.add(new DayPlan.Planned.Late(announced, first, minutes));
    if (chance.happens(DELAY_WITHDRAWN)) {
      incidents.add(new DayPlan.Planned.Late(announced.plus(Duration.ofMinutes(5)), first, 0));
    }
  }

  /// Somebody notices before the slot begins.
  private void tooSmall(DayPlan.Slot slot, List<DayPlan.Planned> incidents) {
    boolean isTooSmall = mistakes.happens(SLOT_TOO_SMALL);
    int more = 1 + mistakes.below(MOST_MORE_PLACES);
    if (isTooSmall && slot.capacity() + more <= Slot.MOST_CAPACITY) {
      Instant noticed = slot.start().minus(ENLARGED_BEFORE);
      incidents.add(new DayPlan.Planned.Enlarge(noticed, slot.label(), slot.capacity() + more));
    }
  }

  /// Places are taken away from the slot, or it is closed instead of another: before it begins or
  /// in the midst of it.
  private void changed(DayPlan.Slot slot, List<DayPlan.Planned> incidents) {
    Rates.Corrections rates = scenario.rates().corrections();
    boolean isShrunk = serving.happens(rates.shrunk());
    int fewer = 1 + serving.below(MOST_FEWER_PLACES);
    Instant shrunkAt = aroundStart(slot);
    if (isShrunk && slot.capacity() > fewer) {
      incidents.add(new DayPlan.Planned.Shrink(shrunkAt, slot.label(), slot.capacity() - fewer));
    }
    boolean isClosed = serving.happens(rates.closedByMistake());
    Instant closedAt = aroundStart(slot);
    boolean isCompletion = serving.happens(0.5);
    if (isClosed) {
      incidents.add(new DayPlan.Planned.CloseByMistake(closedAt, slot.label(), isCompletion));
    }
  }

  private Instant aroundStart(DayPlan.Slot slot) {
    return serving.happens(0.5)
        ? slot.start().minus(CHANGED_BEFORE)
        : slot.start().plus(CHANGED_AFTER);
  }

  /// The doctor after this one, who is asked to stand in.
  private static DoctorCode colleague(DayPlan.Doctor doctor, List<DayPlan.Doctor> doctors) {
    return doctors.get((doctors.indexOf(doctor) + 1) % doctors.size()).code();
  }

  /// The doctor is called away in the morning, while patients are booked for the rest of the day.
  private void afternoonOff(
      DayPlan.Doctor doctor, DoctorCode cover, List<DayPlan.Planned> incidents) {
    List<DayPlan.Slot> slots = doctor.slots();
    int from = Math.ceilDiv(slots.size(), 2);
    Instant known = slots.get(from / 2).start().plus(Duration.ofMinutes(7));
    // The last slot takes place again, so that some of the patients find a place with the doctor.
    if (from < slots.size() - 1) {
      incidents.add(
          new DayPlan.Planned.Leave(
              known, slots.get(from).label(), slots.getLast().start(), cover));
    }
  }

  private void fixed(
      Incident incident,
      List<DayPlan.Doctor> doctors,
      VisitPlanner visits,
      List<DayPlan.Visit> asked,
      List<DayPlan.Planned> incidents) {
    if (incident.doctor() > doctors.size()) {
      throw OpdException.invalid(
          "the scenario's event at %s is about doctor %d of %d"
              .formatted(incident.at(), incident.doctor(), doctors.size()));
    }
    DayPlan.Doctor doctor = doctors.get(incident.doctor() - 1);
    Instant time = at(incident.at());
    switch (incident) {
      case Incident.Delay delay ->
          incidents.add(
              new DayPlan.Planned.Delay(time, doctor.currentOrNext(time).label(), delay.minutes()));
      case Incident.Leave _ ->
          incidents.add(
              new DayPlan.Planned.Cancel(
                  time,
                  doctor.slots().stream()
                      .filter(slot -> slot.end().isAfter(time))
                      .map(DayPlan.Slot::label)
                      .toList()));
      case Incident.Arrivals arrivals -> {
        for (int number = 0; number < arrivals.count(); number++) {
          asked.add(visits.walkIn(arrivals.priority(), doctor, time));
        }
      }
    }
  }
}
