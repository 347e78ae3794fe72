package opd.simulation.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import opd.simulation.day.DayResult;
import opd.simulation.day.PlayedDay;
import opd.simulation.day.Totals;
import org.junit.jupiter.api.Test;

final class ScriptedDayTest {
  @Test
  void everyCheckOfTheScriptedDayHolds() {
    DayResult day = PlayedDay.on(ScriptedDay.DEFAULT_DATE);
    assertThat(day.steps().stream().flatMap(step -> step.checks().stream()))
        .filteredOn(check -> !check.ok())
        .isEmpty();
    assertThat(day.ok()).isTrue();
    assertThat(day.steps()).hasSize(7).allMatch(step -> step.checks().size() >= 10);
    assertThat(day.totals()).isEqualTo(new Totals(24, 18, 8, 6, 3, 3, 3, 6));
    assertThat(day.finalQueues()).hasSize(5);
  }

  @Test
  void twoRunsInTwoFacilitiesGiveTheSameResultAndTheSameAuditChains() {
    DayResult first = PlayedDay.on(ScriptedDay.DEFAULT_DATE);
    DayResult second = PlayedDay.on(ScriptedDay.DEFAULT_DATE);
    assertThat(second)
        .usingRecursiveComparison()
        .ignoringFieldsMatchingRegexes("steps\\.times")
        .isEqualTo(first);
    assertThat(second.digest()).matches("[0-9a-f]{64}").isEqualTo(first.digest());
  }

  @Test
  void theDayRunsOnAnyDateAndThenHasOtherChains() {
    DayResult leapDay = PlayedDay.on(LocalDate.of(2028, 2, 29));
    assertThat(PlayedDay.failed(leapDay)).isEmpty();
    assertThat(leapDay.digest()).isNotEqualTo(PlayedDay.on(ScriptedDay.DEFAULT_DATE).digest());
  }
}
