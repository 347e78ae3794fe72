package opd.simulation.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.list;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import opd.domain.OpdException;
import org.junit.jupiter.api.Test;

final class ScenarioFileTest {
  @Test
  void anEmptyScenarioIsTheStandardDay() {
    assertThat(ScenarioFile.parse("{}")).isEqualTo(Scenario.of(Sizes.STANDARD));
  }

  @Test
  void everyRateCanBeSet() {
    Rates rates =
        ScenarioFile.parse(
                """
                {"rates": {"prebooked": 0.01, "followUp": 0.02, "emergency": 0.03, "noShow": 0.04,
                  "cancellation": 0.05, "lateDoctor": 0.06, "consultationVariation": 0.07,
                  "lateArrival": 0.08, "sentAway": 0.09, "missedCall": 0.10, "outOfTurn": 0.11,
                  "lastCall": 0.12, "secondRoom": 0.13, "rescheduled": 0.14,
                  "closedByMistake": 0.15, "shrunk": 0.16}}\
                """)
            .rates();
    assertThat(rates)
        .isEqualTo(
            new Rates(
                0.01,
                0.02,
                0.03,
                0.04,
                0.05,
                0.06,
                0.07,
                new Rates.Serving(0.08, 0.09, 0.10, 0.11, 0.12, 0.13),
                new Rates.Corrections(0.14, 0.15, 0.16)));
  }

  @Test
  void everyMistakeIsNamedAtOnce_inTheOrderOfItsPlace() {
    assertThatThrownBy(() ->
            ScenarioFile.parse(
                """
                {"doctors": 0, "slots": "six", "rate": {},
                 "rates": {"noShow": 20, "sunshine": 1},
                 "events": [
                   {"at": "9:00", "event": "delay", "doctor": 1, "minutes": 0},
                   {"at": "10:00", "event": "party", "doctor": 1},
                   {"at": "10:00", "event": "arrivals", "doctor": 1, "count": 1, "priority": "VIP"},
                   {"at": "10:00", "event": "delay", "doctor": 1},
                   7]}\
                """))
        .hasMessage("the scenario has mistakes")
        .asInstanceOf(type(OpdException.class))
        .extracting(OpdException::mistakes, list(String.class))
        .containsExactly(
            "line 1, column 2: doctors must be a whole number from 1 to 500",
            "line 1, column 16: slots must be a whole number from 1 to 48",
            "line 1, column 32: rate is not known here",
            "line 2, column 12: rates.noShow must be a number from 0 to 1",
            "line 2, column 26: rates.sunshine is not known here",
            "line 4, column 5: events[0].at must be a time of the day, such as 09:00",
            "line 4, column 50: events[0].minutes must be a whole number from 1 to 600",
            "line 5, column 20: events[1].event must be one of delay, leave, arrivals",
            "line 6, column 66: events[2].priority must be one of EMERGENCY, PAID, FOLLOW_UP",
            "line 7, column 4: events[3].minutes must be a whole number from 1 to 600",
            "line 8, column 4: events[4] must be an object");
  }

  @Test
  void whatIsNoJsonIsSaidSo() {
    assertThatThrownBy(() -> ScenarioFile.parse("{\"doctors\": 1"))
        .hasMessageContaining("the scenario is no JSON: line 1, column ");
    assertThatThrownBy(() -> ScenarioFile.parse("{\"doctors\": 1, \"doctors\": 2}"))
        .hasMessageContaining("Duplicate field");
    assertThatThrownBy(() -> ScenarioFile.parse("[]"))
        .asInstanceOf(type(OpdException.class))
        .extracting(OpdException::mistakes, list(String.class))
        .containsExactly("line 1, column 1: it must be an object");
  }
}
