package opd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import opd.cli.CommandLineFixture.Result;
import opd.testing.ClassFacility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AuditCommandsTest {
  @AutoClose private static final ClassFacility facility = new ClassFacility();

  private CommandLineFixture line;

  @BeforeEach
  void aSlotWithADisplacedToken() {
    line = new CommandLineFixture(facility.anew()).withSlot(1);
    line.allocate(1, "follow-up");
    line.allocate(2, "emergency");
  }

  @AfterEach
  void close() {
    line.close();
  }

  @Test
  void verifyPrintsTheContractsFields() {
    Result result = line.json("audit", "verify");
    JsonNode json = result.json();
    assertThat(result.exit()).isZero();
    assertThat(json.fieldNames())
        .toIterable()
        .startsWith("ok", "entries", "chains", "decisions", "differences")
        .contains("seal");
    assertThat(json.get("ok").asBoolean()).isTrue();
    assertThat(json.get("entries").asInt()).isEqualTo(8);
    assertThat(json.get("chains").asInt()).isEqualTo(5);
    assertThat(json.get("differences")).isEmpty();
    assertThat(json.get("seal").asText()).matches("[0-9a-f]{64}");
    assertThat(result.err()).isEmpty();
  }

  @Test
  void verifyExitsWith7AndNamesWhatDiffers() throws SQLException {
    tamper("update token set status = 'COMPLETED' where id = 2");
    Result json = line.json("audit", "verify");
    assertThat(json.exit()).isEqualTo(7);
    assertThat(json.err()).isEmpty();
    assertThat(json.json().get("ok").asBoolean()).isFalse();
    assertThat(json.json().get("differences").get(0).toString())
        .isEqualTo(
            """
            {"entry":null,"chain":"slot/1","number":null,"row":"token 2","field":"status",\
            "expected":"ACTIVE","found":"COMPLETED"}\
            """);
    Result text = line.run("audit", "verify", "--slot", CommandLineFixture.SLOT);
    assertThat(text.exit()).isEqualTo(7);
    assertThat(text.out())
        .contains("NOT WHOLE  1 difference; ")
        .contains("token 2: status: expected ACTIVE, found COMPLETED");
  }

  @Test
  void onANarrowScreenEntriesAndQueuesBreakNoLine() {
    for (String command : new String[] {"audit", "queue " + CommandLineFixture.SLOT + " --all"}) {
      assertThat(line.run(60, (command + " --color never").split(" ")).out().lines())
          .as(command)
          .hasSizeGreaterThan(3)
          .allMatch(text -> text.length() <= 60);
    }
    assertThat(line.run(60, "audit", "--color", "never").out()).startsWith("TIME (UTC)");
    assertThat(line.run(70, "audit", "--color", "never").out())
        .startsWith("   ID  TIME (UTC)      KIND ");
    assertThat(line.run(80, "audit", "--color", "never").out().lines().findFirst())
        .hasValueSatisfying(heading -> assertThat(heading).endsWith("  RULE  BY"));
  }

  @Test
  void progressIsForTerminalsOnly() {
    assertThat(line.watched("audit", "verify").err()).isEqualTo("\r\033[Kreading the log\r\033[K");
    assertThat(line.run(80, "audit", "verify").err()).isEmpty();
    assertThat(line.run("audit", "verify").err()).isEmpty();
  }

  @Test
  void aSealIsOneJsonDocumentThatVerifyTakes(@TempDir Path folder) throws Exception {
    Result seal = line.run("audit", "seal");
    JsonNode json = seal.json();
    assertThat(json.fieldNames()).toIterable().containsExactly("time", "count", "heads", "digest");
    assertThat(json.get("count").asInt()).isEqualTo(8);
    assertThat(json.get("heads")).hasSize(5);
    assertThat(json.get("heads").get(3).fieldNames())
        .toIterable()
        .containsExactly("chain", "number", "hash");
    assertThat(json.get("digest").asText())
        .isEqualTo(line.json("audit", "verify").json().get("seal").asText());
    Path file = Files.writeString(folder.resolve("seal.json"), seal.out());
    line.allocate(3, "paid");
    Result verified = line.run("audit", "verify", "--seal", file.toString());
    assertThat(verified.exit()).isZero();
    assertThat(verified.out()).contains("All 8 entries sealed on ").contains(" are still there");
    assertThat(line.run("audit", "verify", "--slot", "id:1", "--seal", file.toString()).exit())
        .isZero();
  }

  @Test
  void aDamagedSealIsAnErrorThatSaysSo(@TempDir Path folder) throws Exception {
    String seal = line.run("audit", "seal").out();
    Path file = folder.resolve("seal.json");
    for (String damaged :
        new String[] {
          seal.replace("\"number\":1", "\"number\":2"),
          seal.replaceFirst("\"count\":[0-9]+", "\"count\":999999"),
          seal.substring(0, seal.length() / 2),
          seal.replace("heads", "tails"),
          "[]",
          "",
          "no seal at all"
        }) {
      Files.writeString(file, damaged);
      Result result = line.json("audit", "verify", "--seal", file.toString());
      assertThat(result.exit()).as(damaged).isEqualTo(2);
      assertThat(result.error().get("code").asText()).isEqualTo("INVALID_INPUT");
      assertThat(result.error().get("message").asText()).contains("damaged");
    }
    Result missing = line.json("audit", "verify", "--seal", folder.resolve("none").toString());
    assertThat(missing.exit()).isEqualTo(2);
    assertThat(missing.error().get("message").asText()).contains("cannot be read");
  }

  @Test
  void explainTellsTheStoryAndShowsItsEntries() {
    JsonNode json = line.json("audit", "explain", CommandLineFixture.SLOT + "-01").json();
    assertThat(json.get("token").asText()).isEqualTo(CommandLineFixture.SLOT + "-01");
    assertThat(json.get("status").asText()).isEqualTo("DISPLACED");
    JsonNode why = json.get("sentences").get(6);
    assertThat(why.get("text").asText())
        .isEqualTo(
            "An emergency always gets a place (rule 3). Of the lowest priority there, follow-up,"
                + " this token had come last, so it lost its place.");
    assertThat(why.get("entries").get(0).get("kind").asText()).isEqualTo("TOKEN_ALLOCATED");
    assertThat(why.get("entries").get(1).get("kind").asText()).isEqualTo("TOKEN_DISPLACED");
    Result text = line.run("audit", "explain", "id:1");
    assertThat(text.exit()).isZero();
    assertThat(text.out().lines()).allMatch(each -> each.length() <= 80);
    assertThat(text.out()).doesNotContain("Patient ").doesNotContain("+91");
    assertThat(line.run("audit", "explain", "id:99").exit()).isEqualTo(4);
  }

  @Test
  void followPrintsFromATimeOnAndEndsAtItsLimit() {
    Result result = line.json("audit", "--follow", "--since", "2000-01-01T00:00Z", "--limit", "3");
    assertThat(result.exit()).isZero();
    assertThat(result.jsonLines()).hasSize(3);
    assertThat(result.out()).isEqualTo(line.json("audit", "--limit", "3").out());
  }

  private void tamper(String sql) throws SQLException {
    try (var connection = line.facility().connectAsSuperuser();
        var statement = connection.createStatement()) {
      statement.execute("set session_replication_role = replica");
      assertThat(statement.executeUpdate(sql)).isEqualTo(1);
    }
  }
}
