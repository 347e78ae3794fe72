package opd.simulation.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import opd.domain.OpdException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Who checks a scenario with the published schema must be told what the program would say.
final class ScenarioSchemaTest {
  private final Schema schema;

  ScenarioSchemaTest() {
    schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(ScenarioFile.schema());
  }

  private boolean isGoodForSchema(String scenario) {
    return schema.validate(scenario, InputFormat.JSON).isEmpty();
  }

  private static boolean isGoodForProgram(String scenario) {
    try {
      ScenarioFile.parse(scenario);
      return true;
    } catch (OpdException e) {
      return false;
    }
  }

  @Test
  void theExampleIsGoodForBoth() {
    String example = ScenarioFile.example();
    assertThat(isGoodForSchema(example)).as("the schema").isTrue();
    assertThat(ScenarioFile.parse(example).incidents()).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"$schema\": \"scenario.schema.json\", \"doctors\": 500, \"slots\": 48, \"patients\": 0}",
        "{\"doctors\": 8.0, \"capacity\": 500}",
        "{\"rates\": {}}",
        "{\"rates\": {\"noShow\": 0, \"prebooked\": 1, \"consultationVariation\": 3}}",
        "{\"rates\": {\"lateArrival\": 1, \"sentAway\": 0, \"missedCall\": 0.5, \"outOfTurn\": 0.1,"
            + " \"lastCall\": 1, \"secondRoom\": 1, \"rescheduled\": 0.2,"
            + " \"closedByMistake\": 0.3, \"shrunk\": 0}}",
        "{\"events\": []}",
        "{\"events\": [{\"at\": \"23:59\", \"doctor\": 1, \"event\": \"delay\", \"minutes\": 600}]}",
        "{\"events\": [{\"at\": \"00:00\", \"doctor\": 8, \"event\": \"leave\"}]}",
        "{\"events\": [{\"at\": \"10:00\", \"doctor\": 1, \"event\": \"arrivals\", \"count\": 1000,"
            + " \"priority\": \"PAID\"}]}"
      })
  void whatIsGoodIsGoodForBoth(String scenario) {
    assertThat(isGoodForSchema(scenario)).as("the schema").isTrue();
    assertThat(isGoodForProgram(scenario)).as("the program").isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{\"$schema\": 5}",
        "{\"doctor\": 1}",
        "{\"doctors\": 0}",
        "{\"doctors\": 501}",
        "{\"doctors\": 1.5}",
        "{\"doctors\": 1e400}",
        "{\"doctors\": \"8\"}",
        "{\"doctors\": null}",
        "{\"slots\": 49}",
        "{\"capacity\": 0}",
        "{\"patients\": -1}",
        "{\"patients\": 100001}",
        "{\"rates\": null}",
        "{\"rates\": []}",
        "{\"rates\": {\"noShow\": 1.01}}",
        "{\"rates\": {\"noShow\": -0.01}}",
        "{\"rates\": {\"sunshine\": 1}}",
        "{\"rates\": {\"secondRoom\": 1.1}}",
        "{\"rates\": {\"closedByMistake\": -0.1}}",
        "{\"rates\": {\"consultationVariation\": 3.1}}",
        "{\"events\": {}}",
        "{\"events\": [7]}",
        "{\"events\": [{}]}",
        "{\"events\": [{\"at\": \"24:00\", \"doctor\": 1, \"event\": \"leave\"}]}",
        "{\"events\": [{\"at\": \"9:00\", \"doctor\": 1, \"event\": \"leave\"}]}",
        "{\"events\": [{\"at\": \"09:00\", \"event\": \"leave\"}]}",
        "{\"events\": [{\"at\": \"09:00\", \"doctor\": 0, \"event\": \"leave\"}]}",
        "{\"events\": [{\"at\": \"09:00\", \"doctor\": 1, \"event\": \"leave\", \"minutes\": 5}]}",
        "{\"events\": [{\"at\": \"09:00\", \"doctor\": 1, \"event\": \"party\"}]}",
        "{\"events\": [{\"at\": \"09:00\", \"doctor\": 1, \"event\": \"delay\", \"minutes\": 601}]}",
        "{\"events\": [{\"at\": \"09:00\", \"doctor\": 1, \"event\": \"arrivals\", \"count\": 0,"
            + " \"priority\": \"PAID\"}]}",
        "{\"events\": [{\"at\": \"09:00\", \"doctor\": 1, \"event\": \"arrivals\", \"count\": 1,"
            + " \"priority\": \"VIP\"}]}"
      })
  void whatIsBadIsBadForBoth(String scenario) {
    assertThat(isGoodForSchema(scenario)).as("the schema").isFalse();
    assertThat(isGoodForProgram(scenario)).as("the program").isFalse();
  }

  @Test
  void onlyTheProgramKnowsThatThereAreFewerDoctors() {
    String scenario =
        "{\"doctors\": 2, \"events\": [{\"at\": \"09:00\", \"doctor\": 3, \"event\": \"leave\"}]}";
    assertThat(isGoodForSchema(scenario)).isTrue();
    assertThat(isGoodForProgram(scenario)).isFalse();
  }
}
