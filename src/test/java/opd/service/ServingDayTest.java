package opd.service;

import static opd.domain.TokenPriority.EMERGENCY;
import static opd.domain.TokenPriority.PAID;
import static opd.testing.Clinic.reference;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import opd.decision.Outcome;
import opd.decision.RoomDecision.Ending;
import opd.decision.TokenView;
import opd.domain.ClockSource;
import opd.domain.DoctorCode;
import opd.domain.Slot;
import opd.domain.Token;
import opd.service.ServingService.Queue;
import opd.testing.ClassFacility;
import opd.testing.Clinic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Calling for a doctor and not from a named slot: over all slots of the day, and over midnight.
final class ServingDayTest {
  @AutoClose
  private static final ClassFacility facility = new ClassFacility(ClockSource.SIMULATION);

  private static final Instant MIDNIGHT = Clinic.time("00:00");

  private Clinic clinic;
  private DoctorCode doctor;

  @BeforeEach
  void open() throws SQLException {
    clinic = Clinic.at(facility.anew(), "08:00");
    doctor = clinic.aDoctor();
  }

  @AfterEach
  void close() throws SQLException {
    assertThat(
            clinic
                .desk()
                .verification()
                .verify(Optional.empty(), Optional.empty(), read -> {})
                .differences())
        .isEmpty();
    clinic.close();
  }

  @Test
  void whenTheEarlierSlotHasNobodyLeftTheNextComesFromTheLaterAndTheCurrentPatientIsEnded()
      throws SQLException {
    Slot nine = clinic.aSlot(doctor, "09:00", 2);
    Slot ten = clinic.aSlot(doctor, "10:00", 2);
    clinic.aToken(ten, EMERGENCY);
    clinic.aToken(nine, PAID);

    assertThat(next("1")).isEqualTo("- 0900-01");
    assertThat(next("1")).isEqualTo("0900-01 COMPLETED 1000-01");
    assertThat(clinic.log(nine)).endsWith("TOKEN_CALLED", "TOKEN_COMPLETED");
    assertThat(clinic.facts(ten).getFirst()).contains("\"previous\":\"" + nine.label() + "-01\"");
    assertThat(next("1")).isEqualTo("1000-01 COMPLETED -");
    assertThat(next("1")).isEqualTo("NOBODY_WAITING");
  }

  @Test
  void whoComesBackToAnEarlierSlotIsCalledBeforeTheLaterOnes() {
    Slot nine = clinic.aSlot(doctor, "09:00", 2);
    Slot ten = clinic.aSlot(doctor, "10:00", 2);
    Token away = clinic.aToken(nine, PAID);
    clinic.aToken(ten, PAID);
    clinic.aToken(ten, PAID);
    serving().park(clinic.request(), reference(away), "blood test");

    assertThat(call("1")).isEqualTo("1000-01");
    serving().comeBack(clinic.request(), reference(away));
    assertThat(call("1")).isEqualTo("0900-01");
    assertThat(call("1")).isEqualTo("1000-02");
  }

  @Test
  void aClosedSlotIsNotCalledFromAndAnotherNamedSlotStillEndsTheRoomsPatient() {
    Slot nine = clinic.aSlot(doctor, "09:00", 2);
    Slot ten = clinic.aSlot(doctor, "10:00", 2);
    Slot eleven = clinic.aSlot(doctor, "11:00", 2);
    clinic.aToken(nine, PAID);
    clinic.aToken(ten, PAID);
    clinic.aToken(eleven, PAID);
    clinic.desk().slotChanges().cancel(clinic.request(), reference(nine), "ill");

    assertThat(next("1")).isEqualTo("- 1000-01");
    var named = new Queue(new Queue.Place.OfSlot(reference(eleven)), false, Optional.of("1"));
    assertThat(told(serving().next(clinic.request(), named, Ending.NO_SHOW).outcome()))
        .isEqualTo("1000-01 NO_SHOW 1100-01");
  }

  @Test
  void aGridOfSlotsWithOnePlaceIsCalledByStartAndEachRoomEndsItsOwnPatient() {
    List<Slot> grid = grid(4);
    for (Slot slot : grid.reversed()) {
      clinic.aToken(slot, PAID);
    }
    assertThat(next("1")).isEqualTo("- 0900-01");
    assertThat(next("2")).isEqualTo("- 0915-01");
    // No room is a room, too.
    assertThat(next(null)).isEqualTo("- 0930-01");
    assertThat(next("2")).isEqualTo("0915-01 COMPLETED 0945-01");
    assertThat(next(null)).isEqualTo("0930-01 COMPLETED -");
    assertThat(next("1")).isEqualTo("0900-01 COMPLETED -");
    assertThat(next("3")).isEqualTo("NOBODY_WAITING");
    assertThat(clinic.tokens(grid.getLast())).isEqualTo("1P ACTIVE");
  }

  @Test
  void anEmergencyInAGridTakesThePlaceOfWhoWasCalledAndTheRoomIsFree() {
    Slot first = grid(2).getFirst();
    Token called = clinic.aToken(first, PAID);
    assertThat(next("1")).isEqualTo("- 0900-01");
    clinic.aToken(first, EMERGENCY);
    assertThat(next("1")).isEqualTo("- 0900-02");
    clinic.reallocate(called);
    assertThat(next("1")).isEqualTo("0900-02 COMPLETED 0915-01");
  }

  @Test
  void theSlotOfTheDayBeforeThatHasNotEndedIsTodaysToo() {
    Slot night = night();
    Slot morning = clinic.aSlot(doctor, "00:30", 2);
    clinic.aToken(morning, PAID);
    clinic.aToken(night, PAID);
    clinic.aToken(night, PAID);

    assertThat(nextAt(Duration.ofMinutes(-10))).isEqualTo("- 2330-01");
    assertThat(nextAt(Duration.ofMinutes(10))).isEqualTo("2330-01 COMPLETED 2330-02");
    assertThat(nextAt(Duration.ofMinutes(20))).isEqualTo("2330-02 COMPLETED 0030-01");
  }

  @Test
  void onceItHasEndedItIsNotUnlessItsDoctorIsLate() {
    Slot night = night();
    Slot morning = clinic.aSlot(doctor, "00:30", 2);
    clinic.aToken(night, PAID);
    clinic.aToken(night, PAID);
    clinic.aToken(morning, PAID);
    clinic.aToken(morning, PAID);

    assertThat(nextAt(Duration.ofMinutes(10))).isEqualTo("- 2330-01");
    assertThat(nextAt(Duration.ofMinutes(30)))
        .as("that patient is yesterday's")
        .isEqualTo("- 0030-01");
    clinic.desk().slotChanges().delay(clinic.request(), reference(night), 15);
    assertThat(nextAt(Duration.ofMinutes(44))).isEqualTo("0030-01 COMPLETED 2330-02");
    assertThat(nextAt(Duration.ofMinutes(45))).isEqualTo("- 0030-02");
  }

  @Test
  void whoIsCalledInTomorrowsSlotEndsNoTurnOfToday() {
    Slot night = night();
    Slot morning = clinic.aSlot(doctor, "00:30", 2);
    clinic.aToken(night, PAID);
    clinic.aToken(morning, PAID);

    Duration evening = Duration.ofMinutes(-10);
    assertThat(nextAt(evening)).isEqualTo("- 2330-01");
    assertThat(nextAt(evening, new Queue.Place.OfSlot(reference(morning)))).isEqualTo("- 0030-01");
  }

  /// From half past eleven of the day before until half past twelve.
  private Slot night() {
    return slot(MIDNIGHT.minus(Duration.ofMinutes(30)), Duration.ofHours(1), Optional.empty())
        .getFirst();
  }

  /// Quarters of an hour from nine on, with a place each.
  private List<Slot> grid(int slots) {
    Duration quarter = Duration.ofMinutes(15);
    Instant nine = Clinic.time("09:00");
    return slot(
        nine,
        quarter,
        Optional.of(new SessionPlan.Repeat(quarter, nine.plus(quarter.multipliedBy(slots)))));
  }

  private List<Slot> slot(Instant start, Duration length, Optional<SessionPlan.Repeat> repeat) {
    int capacity = repeat.isPresent() ? 1 : 2;
    var plan = new SessionPlan(doctor, start, length, capacity, repeat);
    return clinic.desk().slots().open(clinic.request(), plan).outcome().slots();
  }

  private ServingService serving() {
    return clinic.desk().serving();
  }

  private Queue queue(String room) {
    return new Queue(new Queue.Place.OfDoctor(doctor), false, Optional.ofNullable(room));
  }

  private String call(String room) {
    var called = (Outcome.Served) serving().callNext(clinic.request(), queue(room)).outcome();
    return name(called.token());
  }

  private String next(String room) {
    return told(serving().next(clinic.request(), queue(room), Ending.COMPLETE).outcome());
  }

  /// At this time after midnight, into room 1.
  private String nextAt(Duration afterMidnight) {
    return nextAt(afterMidnight, new Queue.Place.OfDoctor(doctor));
  }

  private String nextAt(Duration afterMidnight, Queue.Place place) {
    Queue queue = new Queue(place, false, Optional.of("1"));
    try (FacilityServices desk = clinic.facility().deskAt(MIDNIGHT.plus(afterMidnight))) {
      return told(desk.serving().next(clinic.request(), queue, Ending.COMPLETE).outcome());
    }
  }

  /// Whose turn was ended and how, and who was called.
  private static String told(Outcome.Serving outcome) {
    return switch (outcome) {
      case Outcome.Served served ->
          (served.previous() == null
                  ? "-"
                  : name(served.previous()) + " " + served.previous().token().status())
              + " "
              + name(served.token());
      case Outcome.NobodyWaiting _ -> "NOBODY_WAITING";
      case Outcome.ChangeRejected rejected -> rejected.refusal().name();
    };
  }

  /// By its slot's start and its number.
  private static String name(TokenView view) {
    return view == null
        ? "-"
        : view.token().label().toString().replaceFirst("^.*-(\\d{4}-\\d\\d)$", "$1");
  }
}
