package opd.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import opd.decision.Outcome;
import opd.domain.ClockSource;
import opd.domain.Doctor;
import opd.domain.DoctorCode;
import opd.domain.Inputs;
import opd.domain.PersonName;
import opd.domain.Slot;
import opd.domain.SlotReference;
import opd.domain.Token;
import opd.domain.TokenPriority;
import opd.domain.TokenReference;
import opd.domain.TokenSource;
import opd.testing.Clinic;
import opd.testing.TestFacility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A day at the desk by the clock on the wall: what is typed as it stands on the slip reaches the
/// same patient, and whoever leaves the choice of a slot to the engine gets a place to come.
final class WallClockTest {
  private static final DoctorCode RAO = new DoctorCode("RAO");
  private static final String DAY = "2026-11-28T";

  /// The hospital at a moment of that day.
  private record Hospital(TestFacility facility, ZoneId zone) {
    private static Hospital in(String zone) {
      ZoneId there = ZoneId.of(zone);
      Hospital hospital = new Hospital(TestFacility.borrow(ClockSource.SIMULATION, there), there);
      try (FacilityServices desk = hospital.at("07:00")) {
        desk.doctors()
            .add(hospital.facility.request(), new Doctor(RAO, new PersonName("Rao"), null, true));
      }
      return hospital;
    }

    Instant moment(String time) {
      return LocalDateTime.parse(DAY + time).atZone(zone).toInstant();
    }

    FacilityServices at(String time) {
      return facility.deskAt(moment(time));
    }

    static Inputs inputs(FacilityServices desk) {
      return new Inputs(desk.now(), desk.today(), desk.zone(), desk.zone());
    }

    Slot slot(String start, int minutes, int capacity) {
      try (FacilityServices desk = at("07:00")) {
        return desk.slots()
            .open(
                facility.request(),
                new SessionPlan(
                    RAO, moment(start), Duration.ofMinutes(minutes), capacity, Optional.empty()))
            .outcome()
            .slots()
            .getFirst();
      }
    }

    Outcome.Allocation allocate(FacilityServices desk, Slot slot, int patient, boolean orNext) {
      return desk.allocations()
          .allocate(
              facility.request(),
              new AllocationRequest(
                  new AllocationRequest.Place.InSlot(reference(slot)),
                  Clinic.key(patient),
                  Optional.of(Clinic.name(patient)),
                  TokenPriority.FOLLOW_UP,
                  TokenSource.WALK_IN,
                  false,
                  orNext))
          .outcome();
    }

    Token token(FacilityServices desk, Slot slot, int patient) {
      return ((Outcome.Admitted) allocate(desk, slot, patient, false)).token().token();
    }

    static SlotReference reference(Slot slot) {
      return new SlotReference.ByLabel(slot.label());
    }

    int differences(FacilityServices desk) {
      return desk.verification()
          .verify(Optional.empty(), Optional.empty(), read -> {})
          .differences()
          .size();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Asia/Kolkata",
        "America/Los_Angeles",
        "Pacific/Kiritimati",
        "Pacific/Pago_Pago",
        "Australia/Lord_Howe",
        "UTC"
      })
  void theLabelOfASlipTypedWithoutItsDateReachesTheSamePatient(String zone) {
    Hospital hospital = Hospital.in(zone);
    try (hospital.facility) {
      Slot morning = hospital.slot("09:00", 60, 3);
      Slot afternoon = hospital.slot("14:30", 60, 3);
      assertThat(morning.label()).hasToString("RAO-20261128-0900");
      assertThat(afternoon.label()).hasToString("RAO-20261128-1430");
      assertThat(afternoon.label().shortText()).isEqualTo("RAO-1430");
      // At both ends of the day on the wall, wherever UTC is.
      for (String time : List.of("00:01", "08:00", "16:30", "23:59")) {
        try (FacilityServices desk = hospital.at(time)) {
          Inputs typed = Hospital.inputs(desk);
          assertThat(desk.slots().show(typed.slot("RAO-1430")).id()).isEqualTo(afternoon.id());
          assertThat(desk.slots().show(typed.slot("rao-0900")).id()).isEqualTo(morning.id());
        }
      }
      try (FacilityServices desk = hospital.at("08:00")) {
        hospital.token(desk, morning, 1);
        Token held = hospital.token(desk, afternoon, 2);
        TokenReference typed = Hospital.inputs(desk).token("RAO-1430-01");
        var done = desk.tokens().complete(hospital.facility.request(), typed).outcome();
        assertThat(((Outcome.TokenDone) done).token().token().id()).isEqualTo(held.id());
        assertThat(hospital.differences(desk)).isZero();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Asia/Kolkata", "America/Los_Angeles", "UTC"})
  void whoeverLeavesTheChoiceToTheEngineGetsAPlaceToCome(String zone) {
    Hospital hospital = Hospital.in(zone);
    try (hospital.facility) {
      Slot eight = hospital.slot("08:00", 60, 2);
      Slot nine = hospital.slot("09:00", 60, 5);
      Slot three = hospital.slot("15:00", 60, 1);
      Slot four = hospital.slot("16:00", 60, 5);
      try (FacilityServices desk = hospital.at("07:30")) {
        hospital.token(desk, eight, 1);
        hospital.token(desk, three, 2);
      }
      try (FacilityServices desk = hospital.at("14:33")) {
        // Nine o'clock has free places, but is over.
        var elsewhere = (Outcome.Admitted) hospital.allocate(desk, three, 3, true);
        assertThat(elsewhere.token().token().label().slot()).isEqualTo(four.label());
        var refused = (Outcome.Rejected) hospital.allocate(desk, three, 4, false);
        assertThat(refused.next()).isNotNull();
        assertThat(refused.next().label()).isEqualTo(four.label());

        var moved =
            (Outcome.SlotMoved)
                desk.slotChanges()
                    .cancelAndMove(hospital.facility.request(), Hospital.reference(eight), "flood")
                    .outcome();
        assertThat(moved.moved()).singleElement();
        assertThat(moved.moved().getFirst().token().label().slot()).isEqualTo(four.label());

        var cancelled =
            desk.slotChanges()
                .cancel(hospital.facility.request(), Hospital.reference(three), "ill")
                .outcome();
        Token lost = ((Outcome.SlotDone) cancelled).tokens().getFirst().token();
        var placed =
            (Outcome.Admitted)
                desk.reallocations()
                    .reallocate(
                        hospital.facility.request(),
                        new TokenReference.ByLabel(lost.label()),
                        Optional.empty())
                    .outcome();
        assertThat(placed.token().token().label().slot()).isEqualTo(four.label());
        // Who names a slot gets it, over or not.
        assertThat(hospital.allocate(desk, nine, 5, false)).isInstanceOf(Outcome.Admitted.class);
        assertThat(hospital.differences(desk)).isZero();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Asia/Kolkata", "America/Los_Angeles"})
  void nobodyIsToldATimeThatIsOver(String zone) {
    Hospital hospital = Hospital.in(zone);
    try (hospital.facility) {
      Slot running = hospital.slot("13:44", 60, 6);
      try (FacilityServices desk = hospital.at("14:24:00.500")) {
        hospital.token(desk, running, 1);
        var second = (Outcome.Admitted) hospital.allocate(desk, running, 2, false);
        // Now, rounded up, and the share of the one before.
        assertThat(second.token().expectedAt()).isEqualTo(hospital.moment("14:34:01"));
        assertThat(
                desk.queues()
                    .show(Hospital.reference(running), false)
                    .tokens()
                    .getFirst()
                    .expectedAt())
            .isEqualTo(hospital.moment("14:24:01"));
        var delayed =
            (Outcome.SlotDelayed)
                desk.slotChanges()
                    .delay(hospital.facility.request(), Hospital.reference(running), 60)
                    .outcome();
        var first = delayed.tokens().getFirst();
        assertThat(delayed.expectedBefore(first)).isEqualTo(hospital.moment("14:24:01"));
        assertThat(first.expectedAt()).isEqualTo(hospital.moment("14:44"));
        assertThat(hospital.differences(desk)).isZero();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Asia/Kolkata", "America/Los_Angeles"})
  void aSlotOfTheNightBeforeCountsAsTodaysUntilItHasEnded(String zone) {
    Hospital hospital = Hospital.in(zone);
    try (hospital.facility) {
      Slot night = hospital.slot("22:00", 240, 5);
      Instant afterMidnight = hospital.moment("23:00").plus(Duration.ofHours(2));
      try (FacilityServices desk = hospital.facility.deskAt(afterMidnight)) {
        assertThat(desk.today()).hasToString("2026-11-29");
        var given =
            (Outcome.Admitted)
                desk.allocations().allocate(hospital.facility.request(), withDoctor(1)).outcome();
        assertThat(given.token().token().label().slot()).isEqualTo(night.label());
        assertThat(desk.queues().listToday(Optional.of(RAO), desk.today(), desk.now(), false))
            .singleElement();
      }
      try (FacilityServices desk = hospital.facility.deskAt(afterMidnight.plusSeconds(7200))) {
        assertThat(desk.queues().listToday(Optional.of(RAO), desk.today(), desk.now(), false))
            .isEmpty();
      }
    }
  }

  @Test
  void aRequestThatNamesNoDayIsTheSameAfterMidnight() {
    Hospital hospital = Hospital.in("Asia/Kolkata");
    try (hospital.facility) {
      hospital.slot("22:00", 240, 5);
      Instant evening = hospital.moment("23:00");
      Request request = hospital.facility.request();
      try (FacilityServices desk = hospital.facility.deskAt(evening)) {
        assertThat(desk.allocations().allocate(request, withDoctor(1)).replayed()).isFalse();
      }
      try (FacilityServices desk = hospital.facility.deskAt(evening.plus(Duration.ofDays(1)))) {
        assertThat(desk.allocations().allocate(request, withDoctor(1)).replayed()).isTrue();
      }
    }
  }

  private static AllocationRequest withDoctor(int patient) {
    return new AllocationRequest(
        new AllocationRequest.Place.WithDoctor(RAO),
        Clinic.key(patient),
        Optional.of(Clinic.name(patient)),
        TokenPriority.PAID,
        TokenSource.WALK_IN,
        false,
        false);
  }
}
