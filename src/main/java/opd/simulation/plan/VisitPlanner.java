package opd.simulation.plan;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import opd.domain.PatientKey;
import opd.domain.TokenPriority;
import opd.domain.TokenSource;

/// Draws the patients: who asks ahead, who walks in, and what each will do.
final class VisitPlanner {
  private static final Duration BOOKING_TIME = Duration.ofHours(9);
  private static final Duration BOOKING_ENDS_BEFORE = Duration.ofHours(11);
  private static final Duration DOORS_OPEN_BEFORE = Duration.ofHours(1);

  // No sources: each of these makes a kind of request that every desk knows happen on every day.
  private static final double SHARED_PHONE = 0.05;
  private static final double TAKES_NEXT = 0.7;
  private static final double WAITS = 0.85;
  private static final double ASKS_TWICE = 0.02;
  private static final double WRONG_CLICK = 0.02;
  private static final double WORSENS = 0.01;
  private static final double MEAN_MINUTES_UNTIL_WORSE = 15;
  private static final double SENT_BY_DOCTOR = 0.5;
  private static final double MEAN_MINUTES_UNTIL_SENT = 10;
  private static final double MEAN_MINUTES_AWAY = 15;
  private static final double MEAN_MINUTES_UNTIL_REBOOKING = 10;

  private final Scenario scenario;
  private final List<DayPlan.Doctor> doctors;
  private final Chance chance;
  private final Chance mistakes;
  private final Chance serving;
  private int phones;
  private int members;

  /// @param mistakes what the desk does wrong, which changes nothing of what patients want
  /// @param serving what happens to who has come
  VisitPlanner(
      Scenario scenario,
      List<DayPlan.Doctor> doctors,
      Chance chance,
      Chance mistakes,
      Chance serving) {
    this.scenario = scenario;
    this.doctors = doctors;
    this.chance = chance;
    this.mistakes = mistakes;
    this.serving = serving;
  }

  /// In no particular order.
  List<DayPlan.Visit> draw() {
    List<DayPlan.Visit> visits = new ArrayList<>();
    Rates rates = scenario.rates();
    for (int number = 0; number < scenario.sizes().patients(); number++) {
      DayPlan.Doctor doctor = chance.of(doctors);
      if (chance.happens(rates.emergency())) {
        visits.add(walkIn(TokenPriority.EMERGENCY, doctor, walkInTime(doctor)));
      } else {
        TokenPriority priority =
            chance.happens(rates.followUp()) ? TokenPriority.FOLLOW_UP : TokenPriority.PAID;
        visits.add(
            chance.happens(rates.prebooked())
                ? booked(priority, doctor)
                : walkIn(priority, doctor, walkInTime(doctor)));
      }
    }
    return visits;
  }

  private Instant walkInTime(DayPlan.Doctor doctor) {
    Instant doors = doctor.slots().getFirst().start().minus(DOORS_OPEN_BEFORE);
    Duration open = Duration.between(doors, doctor.slots().getLast().start());
    return doors.plusSeconds((long) (open.toSeconds() * chance.within(Rates.WALK_INS)));
  }

  /// An emergency may be brought to the desk by the staff.
  DayPlan.Visit walkIn(TokenPriority priority, DayPlan.Doctor doctor, Instant time) {
    boolean isBrought = priority == TokenPriority.EMERGENCY && chance.happens(0.5);
    TokenSource source = isBrought ? TokenSource.STAFF : TokenSource.WALK_IN;
    DayPlan.Slot slot = doctor.currentOrNext(time);
    return visit(priority, source, slot, time, true, Optional.empty());
  }

  private DayPlan.Visit booked(TokenPriority priority, DayPlan.Doctor doctor) {
    DayPlan.Slot slot = chance.of(doctor.slots());
    Instant closing = doctor.slots().getFirst().start().minus(BOOKING_ENDS_BEFORE);
    Instant time = closing.minusSeconds(chance.below((int) BOOKING_TIME.toSeconds()));
    TokenSource source = chance.happens(0.5) ? TokenSource.ONLINE : TokenSource.APP;
    boolean cancels = chance.happens(scenario.rates().cancellation());
    long untilSlot = Duration.between(time, slot.start()).toSeconds();
    Optional<Instant> cancelsAt =
        cancels ? Optional.of(time.plusSeconds(chance.below((int) untilSlot))) : Optional.empty();
    boolean comes = !cancels && !chance.happens(noShowAmongOthers());
    return visit(priority, source, slot, time, comes, cancelsAt);
  }

  /// The rate is over all the pre-booked, but who cancels is not missed.
  private double noShowAmongOthers() {
    Rates rates = scenario.rates();
    return rates.cancellation() >= 1 ? 0 : Math.min(1, rates.noShow() / (1 - rates.cancellation()));
  }

  private DayPlan.Visit visit(
      TokenPriority priority,
      TokenSource source,
      DayPlan.Slot slot,
      Instant time,
      boolean comes,
      Optional<Instant> cancelsAt) {
    boolean isEmergency = priority == TokenPriority.EMERGENCY;
    Optional<Duration> worsens =
        !isEmergency && chance.happens(WORSENS)
            ? Optional.of(seconds(60 * chance.exponential(MEAN_MINUTES_UNTIL_WORSE)))
            : Optional.empty();
    boolean takesNext = chance.happens(TAKES_NEXT);
    Duration arrival = arrival();
    DayPlan.Habits habits =
        new DayPlan.Habits(
            takesNext,
            cancelsAt,
            comes,
            arrival,
            consultation(slot),
            isEmergency || chance.happens(WAITS),
            chance.happens(ASKS_TWICE),
            mistakes.happens(WRONG_CLICK),
            worsens,
            serving(),
            rebooking(source, slot, time, slot.start().plus(arrival)));
    return new DayPlan.Visit(
        nextPatient(), Names.patient(chance), priority, source, slot.label(), time, habits);
  }

  private DayPlan.Serving serving() {
    Rates.Serving rates = scenario.rates().serving();
    boolean isSentAway = serving.happens(rates.sentAway());
    DayPlan.Away away =
        new DayPlan.Away(
            serving.happens(SENT_BY_DOCTOR),
            seconds(60 * serving.exponential(MEAN_MINUTES_UNTIL_SENT)),
            seconds(60 * serving.exponential(MEAN_MINUTES_AWAY)));
    return new DayPlan.Serving(
        isSentAway ? Optional.of(away) : Optional.empty(),
        serving.happens(rates.missedCall()),
        serving.happens(rates.outOfTurn()));
  }

  /// Half of those who want another slot say so ahead; the others want a later one when they have
  /// come and waited.
  private Optional<DayPlan.Rebooking> rebooking(
      TokenSource source, DayPlan.Slot slot, Instant asksAt, Instant arrivesAt) {
    boolean isWanted = serving.happens(scenario.rates().corrections().rescheduled());
    boolean isAhead = serving.happens(0.5);
    Duration waited = seconds(60 * serving.exponential(MEAN_MINUTES_UNTIL_REBOOKING));
    List<DayPlan.Slot> others =
        doctorOf(slot).slots().stream()
            .filter(other -> isAhead || other.start().isAfter(slot.start()))
            .toList();
    boolean isBooked = source == TokenSource.ONLINE || source == TokenSource.APP;
    if (!isWanted || !isBooked || others.isEmpty()) {
      return Optional.empty();
    }
    Duration untilSlot = Duration.between(asksAt, slot.start());
    Instant at = isAhead ? asksAt.plus(untilSlot.dividedBy(3)) : arrivesAt.plus(waited);
    return Optional.of(new DayPlan.Rebooking(at, serving.of(others).label()));
  }

  private DayPlan.Doctor doctorOf(DayPlan.Slot slot) {
    return doctors.stream()
        .filter(doctor -> doctor.code().equals(slot.label().doctor()))
        .findFirst()
        .orElseThrow();
  }

  private Duration arrival() {
    boolean isEarly = chance.happens(1 - scenario.rates().serving().lateArrival());
    return isEarly
        ? seconds(-60 * chance.exponential(Rates.MEAN_MINUTES_EARLY))
        : seconds(60 * chance.exponential(Rates.MEAN_MINUTES_LATE));
  }

  /// Where two are seen at a time, each takes twice as long: as many places are planned.
  private Duration consultation(DayPlan.Slot slot) {
    double share =
        (double) Duration.between(slot.start(), slot.end()).toSeconds()
            / slot.capacity()
            * doctorOf(slot).rooms().size();
    return seconds(
        chance.logNormal(
            share * Rates.CONSULTATION_OF_PLACE, scenario.rates().consultationVariation()));
  }

  private static Duration seconds(double seconds) {
    return Duration.ofSeconds((long) seconds);
  }

  private PatientKey nextPatient() {
    boolean isRelative = phones > 0 && members < 9 && chance.happens(SHARED_PHONE);
    members = isRelative ? members + 1 : 1;
    phones += isRelative ? 0 : 1;
    return Names.key(phones, members);
  }
}
