package opd.simulation.day;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import opd.domain.TokenPriority;
import opd.domain.TokenStatus;
import opd.simulation.plan.Scenario;
import opd.simulation.plan.ScenarioFile;
import opd.simulation.plan.Sizes;
import opd.testing.Extent;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Order(11)
final class GeneratedDayTest {
  private static final int FIRST_OF_EIGHT_DESKS = 11;

  private static DayResult busy;

  @BeforeAll
  static void play() {
    busy = GeneratedDays.play(GeneratedDays.BUSY, 1, 1);
  }

  @Test
  void theSameSeedGivesTheSameDayAndAnotherSeedAnother() {
    DayResult again = GeneratedDays.play(GeneratedDays.BUSY, 1, 1);
    DayResult other = GeneratedDays.play(GeneratedDays.BUSY, 2, 1);
    assertThat(busy.failures()).isEmpty();
    assertThat(again)
        .usingRecursiveComparison()
        .ignoringFieldsMatchingRegexes("steps\\.times")
        .isEqualTo(busy);
    assertThat(other.failures()).isEmpty();
    assertThat(other.digest()).isNotEqualTo(busy.digest());
  }

  static LongStream ofEightDesks() {
    return LongStream.range(FIRST_OF_EIGHT_DESKS, FIRST_OF_EIGHT_DESKS + Extent.of(1, 3));
  }

  @ParameterizedTest
  @MethodSource("ofEightDesks")
  void eightDesksAtTheSameTimeLeaveOneOrderThatGivesEveryAnswer(long seed) {
    DayResult day = GeneratedDays.play(GeneratedDays.BUSY, seed, 8);
    assertThat(day.failures()).isEmpty();
    assertThat(day.steps().getLast().checks())
        .extracting(Check::name)
        .contains(
            "the logs put the work of all desks in one order that gives every answer they saw");
  }

  @Test
  void livelyDaysHaveEveryKindOfCallAndCorrection() {
    Scenario tight =
        new Scenario(
            new Sizes(2, 4, 2, 60),
            GeneratedDays.LIVELY_DAY.rates(),
            List.of(),
            Scenario.STANDARD_ZONE);
    List<DayEvent> events = new ArrayList<>();
    for (Scenario scenario : List.of(GeneratedDays.LIVELY_DAY, tight)) {
      DayResult day = GeneratedDays.play(scenario, 2, 1, facility -> {});
      assertThat(day.failures()).isEmpty();
      events.addAll(day.generated().events());
    }
    assertThat(events).extracting(DayEvent::kind).contains(DayEvent.Kind.values());
    assertThat(events.stream().map(DayEvent::answer).collect(Collectors.joining("\n")))
        .contains("PARKED", "NOT_HERE", "OUT_OF_TURN", "CALLED", "calls 2", "nobody called")
        .contains("BEING_SEEN", "NEVER_CALLED", "CAPACITY_TAKEN", "NOTHING_TO_UNDO")
        .contains("is NO_SHOW", "away since", "places: ");
  }

  @Test
  void nobodyIsCalledBeforeTheArrivalAndNobodyIsInTwoRooms() {
    DayRecord record = busy.generated();
    assertThat(record.consultations())
        .isNotEmpty()
        .allMatch(seen -> !seen.calledAt().isBefore(seen.arrivedAt()))
        .allMatch(seen -> !seen.endedAt().isBefore(seen.calledAt()));
  }

  /// Each on the day on which the clocks go back, in Lord Howe by half an hour.
  static Stream<Arguments> clocksThatGoBack() {
    return Stream.of(
            Arguments.of(ZoneId.of("Australia/Lord_Howe"), LocalDate.of(2030, 4, 7)),
            Arguments.of(ZoneId.of("America/Los_Angeles"), LocalDate.of(2030, 11, 3)))
        .limit(Extent.of(1, 2));
  }

  @ParameterizedTest
  @MethodSource("clocksThatGoBack")
  void aDayIsPlayedByTheClockOnTheWall(ZoneId zone, LocalDate date) {
    assertThat(GeneratedDays.wholeDay(zone, date).failures()).isEmpty();
  }

  @Test
  void theSmallestHospitalHasADayToo() {
    assertThat(GeneratedDays.play(new Sizes(1, 1, 1, 0), 1, 1).failures()).isEmpty();
    assertThat(GeneratedDays.play(new Sizes(1, 1, 1, 9), 1, 1).failures()).isEmpty();
    assertThat(GeneratedDays.play(new Sizes(2, 48, 1, 40), 1, 1).failures()).isEmpty();
  }

  @Test
  void theRecordTellsTheWholeDay() {
    DayRecord record = busy.generated();
    assertThat(record).isNotNull();
    assertThat(record.total().requests()).isEqualTo(busy.totals().requests());
    assertThat(record.doctors().stream().mapToInt(doctor -> doctor.figures().requests()).sum())
        .isEqualTo(record.total().requests());
    assertThat(record.byPriority().values().stream().mapToInt(Figures::displaced).sum())
        .isEqualTo(record.total().displaced())
        .isPositive();
    assertThat(record.byPriority().keySet())
        .containsExactly(TokenPriority.EMERGENCY, TokenPriority.PAID, TokenPriority.FOLLOW_UP);
    assertThat(record.byPriority().values().stream().mapToInt(all -> all.waits().count()).sum())
        .isEqualTo(record.total().waits().count())
        .isPositive();
    assertThat(record.events().stream().flatMap(event -> event.moves().stream()))
        .filteredOn(move -> move.after() == TokenStatus.COMPLETED)
        .hasSize(record.total().completed());
  }

  @Test
  void whatAScenarioFixesHappens() {
    Scenario scenario =
        ScenarioFile.parse(
            """
            {"doctors": 2, "slots": 3, "capacity": 3, "patients": 20,
             "rates": {"noShow": 0, "emergency": 0, "lateDoctor": 0},
             "events": [
               {"at": "08:30", "event": "delay", "doctor": 1, "minutes": 20},
               {"at": "09:15", "event": "arrivals", "doctor": 2, "count": 5, "priority": "EMERGENCY"},
               {"at": "10:30", "event": "leave", "doctor": 2}]}\
            """);
    DayResult day = GeneratedDays.play(scenario, 1, 1, facility -> {});
    assertThat(day.failures()).isEmpty();
    DayRecord record = day.generated();
    assertThat(record).isNotNull();
    assertThat(record.byPriority().get(TokenPriority.EMERGENCY).requests())
        .isGreaterThanOrEqualTo(5);
    assertThat(record.events())
        .anyMatch(event ->
            event.kind() == DayEvent.Kind.DELAY_SLOT && event.answer().contains("by 20 minutes"));
    assertThat(record.slots())
        .filteredOn(slot -> slot.status() == opd.domain.SlotStatus.CANCELLED)
        .hasSizeGreaterThanOrEqualTo(2);
  }

  @Test
  void waitsAreByNearestRank() {
    assertThat(Waits.of(List.of())).isEqualTo(new Waits(0, 0, 0, 0, 0));
    assertThat(Waits.of(List.of(5L))).isEqualTo(new Waits(1, 5, 5, 5, 1));
    assertThat(Waits.of(List.of(40L, 10L, 20L, 30L))).isEqualTo(new Waits(4, 20, 40, 40, 4));
  }
}
