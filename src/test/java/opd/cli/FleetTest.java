package opd.cli;

import static java.util.stream.Collectors.joining;
import static opd.cli.OutputSchema.checked;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import opd.domain.Actor;
import opd.domain.ClockSource;
import opd.domain.FacilityName;
import opd.domain.FacilityRole;
import opd.domain.FacilitySettings;
import opd.domain.PhoneKey;
import opd.store.connection.DatabaseSettings;
import opd.store.schema.FacilitySetup;
import opd.store.schema.Migrations;
import opd.store.schema.Removal;
import opd.store.schema.Roles;
import opd.testing.OwnDatabase;
import opd.testing.Prompt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/// The same command in every facility of a database.
@TestInstance(Lifecycle.PER_CLASS)
final class FleetTest {
  private static final int FACILITIES = 3;

  private OwnDatabase database;
  private List<FacilityName> names;
  private CommandLineFixture line;

  @BeforeAll
  void aDatabaseWithSomeFacilities() throws SQLException {
    line = new CommandLineFixture();
    database = new OwnDatabase("");
    names =
        Stream.iterate(1, number -> number + 1)
            .limit(FACILITIES)
            .map(number -> new FacilityName(database.facility() + "_" + number))
            .toList();
    for (FacilityName name : names) {
      migrations(name)
          .migrate(
              FacilitySetup.of(
                  new FacilitySettings("IN", ZoneId.of("UTC"), ClockSource.DATABASE),
                  PhoneKey.random(),
                  new Actor("test")));
    }
  }

  @BeforeEach
  void asAdministrator(@TempDir Path home) {
    line.with("OPD_HOME", home.toString());
    var place = database.administrator();
    line.with("OPD_DB_URL", place.url())
        .with("OPD_DB_USER", place.user())
        .with("OPD_DB_PASSWORD", place.password())
        .with("OPD_OUTPUT", "json");
  }

  @AfterAll
  void close() throws SQLException {
    names.forEach(name -> new Removal(settings(name)).dropIfThere());
    database.close();
    line.close();
  }

  private Migrations migrations(FacilityName name) {
    return new Migrations(settings(name));
  }

  private DatabaseSettings settings(FacilityName name) {
    return database.administrator().forFacility(name);
  }

  private List<String> outcomes(CommandLineFixture.Result result) {
    assertThat(result.jsonLines().stream().map(each -> each.path("facility").asText()))
        .as(result.err())
        .containsExactlyInAnyOrderElementsOf(names.stream().map(FacilityName::value).toList());
    return result.jsonLines().stream().map(each -> each.path("outcome").asText()).toList();
  }

  /// As if the last migration were yet to come.
  private void makeOlder() throws SQLException {
    try (Prompt prompt = database.prompt()) {
      for (FacilityName name : names) {
        prompt.run(
            "set search_path = " + name.schema(),
            "drop table serving",
            "delete from flyway_schema_history where version = '6' or description = 'guards'");
      }
    }
  }

  @Test
  void aMigrationOfAllThatWasKilledIsCompletedByTheNext() throws Exception {
    makeOlder();
    String others =
        names.stream().skip(1).map(name -> name.schema() + ".facility").collect(joining(", "));
    try (Prompt desk = database.prompt()) {
      // However late it is killed, it has got no further than to the second one's tables.
      desk.begin("lock table %s in row exclusive mode".formatted(others));
      Process killed = line.process("db", "migrate", "--all", "--jobs", "1").start();
      try (BufferedReader out = killed.inputReader()) {
        assertThat(out.readLine()).contains(names.getFirst().value(), "\"outcome\":\"MIGRATED\"");
      } finally {
        killed.destroyForcibly().waitFor();
      }
      desk.rollback();
    }
    var next = line.run("db", "migrate", "--all", "--jobs", "2");
    assertThat(next.exit()).as(next.err()).isZero();
    next.jsonLines().forEach(each -> checked("facility-line", each));
    assertThat(outcomes(next)).containsExactlyInAnyOrder("UP_TO_DATE", "MIGRATED", "MIGRATED");
    assertThat(outcomes(line.run("db", "migrate", "--all"))).containsOnly("UP_TO_DATE");

    var status = line.run("db", "status", "--all");
    assertThat(outcomes(status)).containsOnly("OK");
    for (JsonNode each : status.jsonLines()) {
      checked("status", each);
      assertThat(each.path("guards").asText()).isEqualTo("unaltered");
    }
  }

  @Test
  void eachIsVerifiedSealedAndBackedUp(@TempDir Path folder) throws IOException {
    assertThat(outcomes(line.run("audit", "verify", "--all"))).containsOnly("WHOLE");
    var sealed = line.run("audit", "seal", "--all", folder.toString());
    assertThat(outcomes(sealed)).containsOnly("SEALED");
    JsonNode first = checked("facility-line", sealed.jsonLines().getFirst());
    assertThat(
            line.run(
                    "audit",
                    "verify",
                    "--facility",
                    first.path("facility").asText(),
                    "--seal",
                    first.path("file").asText())
                .exit())
        .isZero();
    assertThat(outcomes(line.run("db", "backup", "--all", folder.toString())))
        .containsOnly("BACKED_UP");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files)
          .hasSize(2 * FACILITIES)
          .noneMatch(file -> file.toString().endsWith(".part"));
    }
    assertThat(line.run("db", "status", "--all").jsonLines())
        .allMatch(each -> each.path("lastBackup").isTextual() && each.path("lastSeal").isTextual());
    var metrics = line.run("metrics", "--all");
    assertThat(metrics.out().lines().filter(each -> each.startsWith("opd_up"))).hasSize(FACILITIES);
    assertThat(metrics.out().lines().filter(each -> each.startsWith("# TYPE opd_up"))).hasSize(1);
  }

  @Test
  void anOwnerOfSomeDoesThemAndNeedsNoSuperuser() throws SQLException {
    FacilityName own = names.getFirst();
    new Roles(database.administrator().forFacility(own))
        .setUp(Map.of(FacilityRole.OWNER, "secret"), false);
    line.with("OPD_DB_USER", own.role(FacilityRole.OWNER)).with("OPD_DB_PASSWORD", "secret");
    var result = line.run("db", "migrate", "--all");
    assertThat(result.exit()).isZero();
    assertThat(outcomes(result)).containsExactlyInAnyOrder("UP_TO_DATE", "SKIPPED", "SKIPPED");
    assertThat(outcomes(line.run("audit", "verify", "--all")))
        .containsExactlyInAnyOrder("WHOLE", "SKIPPED", "SKIPPED");
  }

  @Test
  void oneThatFailsKeepsNoneOfTheOthersFromItsTurn() throws SQLException {
    FacilityName broken = names.getLast();
    try (Prompt prompt = database.prompt()) {
      prompt.run(
          "alter table %s.facility disable trigger user".formatted(broken.schema()),
          "alter function %1$s.schema_version() rename to no_version".formatted(broken.schema()));
      var result = line.run("audit", "verify", "--all");
      assertThat(result.exit()).isEqualTo(8);
      assertThat(outcomes(result)).containsExactlyInAnyOrder("WHOLE", "WHOLE", "FAILED");
      prompt.run(
          "alter function %1$s.no_version() rename to schema_version".formatted(broken.schema()));
    }
    var status = line.run("db", "status", "--all", "-o", "table");
    assertThat(status.out())
        .contains("ALTERED")
        .contains("trigger facility.facility_is_kept, fires")
        .doesNotContainPattern(":[0-9]{2}[.][0-9]+Z");
    assertThat(status.out().lines()).allMatch(each -> each.length() <= 80);
    assertThat(outcomes(line.run("db", "migrate", "--all")))
        .containsExactlyInAnyOrder("UP_TO_DATE", "UP_TO_DATE", "MIGRATED");
  }
}
