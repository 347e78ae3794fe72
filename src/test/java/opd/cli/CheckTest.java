package opd.cli;

import static opd.cli.OutputSchema.checked;
import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import opd.domain.FacilityRole;
import opd.store.schema.Roles;
import opd.testing.Prompt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CheckTest {
  // The server of the tests does not wait for the disk, and says so.
  private static final List<String> OF_THE_TEST_SERVER =
      List.of("setting fsync", "setting full_page_writes");

  private CommandLineFixture line;

  @BeforeEach
  void aFacility(@TempDir Path home) {
    line = new CommandLineFixture().with("OPD_HOME", home.toString());
  }

  @AfterEach
  void close() {
    line.close();
  }

  private void asSuperuser(String... statements) throws SQLException {
    try (Prompt prompt = Prompt.asSuperuser(line.facility())) {
      prompt.run(statements);
    }
  }

  private static Stream<JsonNode> checks(JsonNode result) {
    return StreamSupport.stream(result.path("checks").spliterator(), false);
  }

  private static List<String> failed(JsonNode result) {
    return checks(result)
        .filter(check -> !check.path("ok").asBoolean())
        .map(check -> check.path("name").asText())
        .filter(name -> !OF_THE_TEST_SERVER.contains(name))
        .toList();
  }

  private JsonNode check(String... options) {
    List<String> all = new java.util.ArrayList<>(List.of("check"));
    all.addAll(List.of(options));
    var result = line.json(all.toArray(String[]::new));
    assertThat(result.exit()).isEqualTo(7);
    return checked("check", result.json());
  }

  @Test
  void aFacilityThatIsAsItWasMadePassesUnderEachOfItsLogins() throws SQLException {
    List<FacilityRole> roles = List.of(FacilityRole.ROOM, FacilityRole.AUDITOR);
    new Roles(line.facility().administrator())
        .setUp(roles.stream().collect(Collectors.toMap(role -> role, role -> "secret")), false);
    assertThat(failed(check())).isEmpty();
    for (FacilityRole role : roles) {
      line.with("OPD_DB_USER", line.facility().name().role(role)).with("OPD_DB_PASSWORD", "secret");
      assertThat(failed(check())).as(role.name()).isEmpty();
    }
    var administrator = line.facility().administrator();
    line.with("OPD_DB_USER", administrator.user())
        .with("OPD_DB_PASSWORD", administrator.password());
    JsonNode result = check();
    assertThat(failed(result)).isEmpty();
    assertThat(checks(result).map(each -> each.path("name").asText()))
        .contains(
            "java",
            "start-up cache",
            "database",
            "encryption",
            "setting lock_timeout",
            "schema",
            "guards",
            "extension pg_trgm",
            "encoding",
            "next numbers",
            "clock",
            "longest lock",
            "disk",
            "last seal",
            "last backup");
  }

  @Test
  void aDisabledGuardIsNamedWithWhatMendsItAndStatusTellsOfIt() throws SQLException {
    asSuperuser("alter table token disable trigger token_takes_a_place");
    JsonNode result = check();
    assertThat(failed(result))
        .containsExactly("guards", "trigger token.token_takes_a_place, fires");
    JsonNode difference =
        checks(result)
            .filter(each -> each.path("name").asText().startsWith("trigger"))
            .findFirst()
            .orElseThrow();
    assertThat(difference.path("found").asText()).isEqualTo("disabled");
    assertThat(difference.path("expected").asText()).isEqualTo("always");
    assertThat(difference.path("remedy").asText()).isEqualTo("opd db migrate");
    assertThat(line.run("check").out())
        .contains("FAILED  trigger token.token_takes_a_place, fires: disabled", "checks failed");

    JsonNode status = checked("status", line.json("db", "status").json());
    assertThat(status.path("guards").asText()).isEqualTo("altered");
    assertThat(status.path("altered").get(0).asText())
        .isEqualTo("trigger token.token_takes_a_place, fires");
  }

  @Test
  void aLoginThatMayMoreThanItsRoleIsNotAsItShouldBe() throws SQLException {
    String login = line.facility().name().schema() + "_eager";
    asSuperuser(
        "create role %s login password 'secret' in role %s"
            .formatted(login, line.facility().name().role(FacilityRole.DESK)),
        "grant delete on slot to " + login);
    try {
      line.with("OPD_DB_USER", login).with("OPD_DB_PASSWORD", "secret");
      assertThat(failed(check()))
          .containsExactly("rights of " + login, "guards", "table slot, rights of " + login);
    } finally {
      asSuperuser("drop owned by " + login, "drop role " + login);
    }
  }

  @Test
  void numbersThatALogicalReplicaDidNotCarryAlongAreNamedAndContinued() throws SQLException {
    line.withSlot(1);
    asSuperuser("alter sequence slot_id_seq restart");
    var administrator = line.facility().administrator();
    line.with("OPD_DB_USER", administrator.user())
        .with("OPD_DB_PASSWORD", administrator.password());
    assertThat(failed(check())).containsExactly("next numbers");
    assertThat(line.run("db", "migrate").exit()).isZero();
    assertThat(failed(check())).isEmpty();
  }

  @Test
  void anAgeThatNobodyKnowsFailsOnlyWhereABoundIsSet() {
    assertThat(failed(check())).isEmpty();
    assertThat(
            failed(check("--seal-within", "24", "--verify-within", "24", "--backup-within", "1")))
        .containsExactly("last seal", "last verify", "last backup");
    assertThat(line.run("audit", "seal").exit()).isZero();
    assertThat(line.run("audit", "verify").exit()).isZero();
    JsonNode result = check("--seal-within", "24", "--verify-within", "24");
    assertThat(failed(result)).isEmpty();
    assertThat(
            checks(result)
                .filter(each -> each.path("name").asText().equals("last seal"))
                .map(each -> each.path("found").asText()))
        .singleElement(as(STRING))
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ, \\d min ago");
    assertThat(line.run("check", "--seal-within", "never").exit()).isEqualTo(2);
  }

  @Test
  void whatIsNotSetUpExitsWith8AndWhatCannotBeReachedWith7() {
    line.with("OPD_FACILITY", "nowhere");
    var missing = line.json("check");
    assertThat(missing.exit()).isEqualTo(8);
    assertThat(failed(checked("check", missing.json()))).containsExactly("facility");
    line.with("OPD_DB_URL", "postgresql://127.0.0.1:1/opd").with("OPD_TIMEOUT", "1");
    var unreachable = line.json("check");
    assertThat(unreachable.exit()).isEqualTo(7);
    assertThat(failed(unreachable.json())).containsExactly("database");
  }
}
