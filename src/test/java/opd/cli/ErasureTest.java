package opd.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static opd.cli.CommandLineFixture.SLOT;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import opd.cli.CommandLineFixture.Result;
import opd.domain.FacilityName;
import opd.store.schema.Removal;
import opd.testing.Prompt;
import opd.testing.TestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is held of a patient is handed over, and forgotten: everywhere, and for good.
final class ErasureTest {
  private static final List<String> WHOSE = List.of("Zubeida", "zubeida", "9123456789");
  private static final String REASON = "asked for it in writing";

  @TempDir Path folder;
  private CommandLineFixture line;
  private FacilityName copy;

  @BeforeEach
  void open() {
    line = new CommandLineFixture().withSlot(5);
    var owner = line.facility().administrator();
    line.with("OPD_DB_USER", owner.user()).with("OPD_DB_PASSWORD", owner.password());
    copy = new FacilityName(line.facility().name().value() + "_r");
  }

  @AfterEach
  void close() {
    line.close();
    new Removal(TestServer.get().administrator(copy)).dropIfThere();
  }

  private Result json(String command, String... more) {
    List<String> words = new ArrayList<>(Arrays.asList(command.split(" ")));
    words.addAll(List.of(more));
    return line.json(words.toArray(String[]::new));
  }

  private Path list() throws IOException {
    Path list = folder.resolve("list.csv");
    Files.writeString(
        list,
        "slot,phone,name,priority,source\n%1$s,9123456789,Zubeida Khatoon,PAID,APP\n"
                .formatted(SLOT)
            + "%1$s,9123456780,Asha Rao,PAID,APP\n".formatted(SLOT));
    return list;
  }

  private Path backup(String name) {
    Path file = folder.resolve(name);
    assertThat(json("db backup", file.toString()).exit()).isZero();
    return file;
  }

  private static List<String> leaks(String text) {
    return WHOSE.stream().filter(text::contains).toList();
  }

  private String dump() throws SQLException {
    StringBuilder dump = new StringBuilder();
    try (Connection connection = line.facility().connectAsSuperuser();
        Prompt prompt = new Prompt(connection)) {
      String schema = line.facility().name().schema();
      for (String table :
          prompt.column(
              "select quote_ident(table_name) from information_schema.tables where table_schema = '"
                  + schema
                  + "'")) {
        prompt
            .column("select r::text from %s.%s r".formatted(schema, table))
            .forEach(row -> dump.append(row).append('\n'));
      }
    }
    return dump.toString();
  }

  private static String contents(Path backup) throws IOException {
    StringBuilder text = new StringBuilder();
    try (ZipFile zip = new ZipFile(backup.toFile())) {
      for (ZipEntry entry : zip.stream().toList()) {
        text.append(new String(zip.getInputStream(entry).readAllBytes(), UTF_8));
      }
    }
    return text.toString();
  }

  @Test
  void whatIsHeldOfAPatientIsHandedOver() throws Exception {
    json("allocate --from", list().toString());
    json("no-show " + SLOT + "-01");
    JsonNode export = json("patient export 9123456789").json();
    assertThat(export.path("patient").path("name").asText()).isEqualTo("Zubeida Khatoon");
    assertThat(export.path("tokens")).hasSize(1);
    assertThat(export.path("requests")).hasSize(2);
    assertThat(export.path("requests").path(0).path("outcome").path("outcome").asText())
        .isEqualTo("ADMITTED");
    assertThat(export.path("entries").findValuesAsText("kind"))
        .containsExactly("PATIENT_REGISTERED", "TOKEN_ALLOCATED", "TOKEN_NO_SHOW");
    assertThat(export.toString()).doesNotContain("Asha Rao", "9123456780");
    // The same document whatever is asked for.
    assertThat(line.run("patient", "export", "9123456789").json()).isEqualTo(export);
    json("patient add --phone 9123456789 --member 2 --name Ali");
    assertThat(json("patient export 9123456789").error().path("code").asText())
        .isEqualTo("AMBIGUOUS");
    assertThat(json("patient export 9123456789 --member 2").json().path("tokens")).isEmpty();
  }

  @Test
  void nobodyIsForgottenWhoIsStillToBeSeen() throws Exception {
    json("allocate --from", list().toString());
    Result refused = json("patient erase 9123456789 --request-id e0 --reason", REASON);
    assertThat(refused.exit()).isEqualTo(3);
    Result again = json("patient erase 9123456789 --request-id e0 --reason", REASON);
    assertThat(again.exit()).isEqualTo(3);
    assertThat(again.json().path("replayed").asBoolean()).isTrue();
    assertThat(again.json().path("holds")).isEqualTo(refused.json().path("holds"));
    assertThat(refused.json().path("code").asText()).isEqualTo("HOLDS_TOKEN");
    assertThat(refused.json().path("holds").asText()).isEqualTo(SLOT + "-01");
    json("slot cancel " + SLOT + " --yes --reason ill");
    Result owed = json("patient erase 9123456789 --reason", REASON);
    assertThat(owed.json().path("status").asText()).isEqualTo("DISPLACED");
    assertThat(line.run("patient", "erase", "9123456789", "--reason", REASON).out())
        .contains("REFUSED HOLDS_TOKEN", SLOT + "-01");
    assertThat(json("audit --kind change-rejected").jsonLines()).hasSize(3);
    assertThat(json("audit verify").json().path("ok").asBoolean()).isTrue();
    for (String naming :
        List.of(
            "Zubeida Khatoon asked",
            "ZUBEÏDA-KHATOON asked",
            "for 91234 56789",
            "on 12.05. for 9123456789",
            "for ٩١٢٣٤٥٦٧٨٩",
            "for 234 567")) {
      assertThat(json("patient erase 9123456789 --reason", naming).exit()).isEqualTo(2);
    }
    assertThat(json("patient erase 9123456788 --reason", REASON).exit()).isEqualTo(4);
  }

  @Test
  void whoIsForgottenIsNowhereAndTheLogIsWhole() throws Exception {
    json("allocate --from", list().toString());
    json("cancel " + SLOT + "-01 --request-id c1");
    assertThat(leaks(dump())).containsAll(List.of("Zubeida", "9123456789"));
    Path erasures = folder.resolve("erasures.jsonl");
    String erase = "patient erase 9123456789 --request-id e1 --erasures " + erasures + " --reason";

    Result erased = json(erase, REASON);

    assertThat(erased.exit()).as(erased.err()).isZero();
    assertThat(erased.json().path("name").isNull()).isTrue();
    assertThat(erased.json().path("phone").isNull()).isTrue();
    JsonNode verified = json("audit verify").json();
    assertThat(verified.path("ok").asBoolean()).as(verified.toString()).isTrue();
    StringBuilder shown = new StringBuilder(dump());
    shown.append(contents(backup("after.backup")));
    shown.append(Files.readString(erasures));
    for (String command :
        List.of(
            "queue " + SLOT + " --all",
            "audit",
            "audit explain " + SLOT + "-01",
            "audit seal",
            "cancel " + SLOT + "-01 --request-id c1",
            "slip " + SLOT + "-01",
            "patient export 9123456780")) {
      Result json = json(command);
      Result table = line.run(command.split(" "));
      shown.append(json.out()).append(json.err()).append(table.out()).append(table.err());
    }
    assertThat(leaks(shown.toString().toLowerCase(Locale.ROOT))).isEmpty();
    assertThat(leaks(shown.toString())).isEmpty();

    Result repeated = json(erase, REASON);
    assertThat(repeated.json().path("replayed").asBoolean()).isTrue();
    assertThat(Files.readAllLines(erasures)).hasSize(1);
    assertThat(json("patient erase 9123456789 --reason", REASON).exit()).isEqualTo(4);

    // Nobody gives the patient a name again behind the log's back.
    try (Connection connection = line.facility().connectAsSuperuser();
        Prompt prompt = new Prompt(connection)) {
      String row = line.facility().name().schema() + ".patient set name = ";
      prompt.run(
          "set session_replication_role = replica",
          "update " + row + "'X', salt = decode(repeat('00', 16), 'hex') where name is null");
      assertThat(json("audit verify").exit()).isEqualTo(7);
      prompt.run("update " + row + "null, salt = null where name = 'X'");
    }

    // A list that is taken again registers nobody anew.
    List<JsonNode> again = json("allocate --from", list().toString()).jsonLines();
    assertThat(again).allMatch(result -> result.path("replayed").asBoolean());
    assertThat(again.getFirst().path("token").path("patient").path("name").isNull()).isTrue();
    assertThat(json("patient show 9123456789").exit()).isEqualTo(4);
    // Somebody else with that number is somebody else.
    assertThat(
            json("allocate --slot "
                    + SLOT
                    + " --phone 9123456789 --name Ali --priority paid"
                    + " --source app")
                .json()
                .path("token")
                .path("patient")
                .path("id"))
        .isNotEqualTo(again.getFirst().path("token").path("patient").path("id"));
  }

  @Test
  void aRestoreOfAnOlderBackupRepeatsTheErasures() throws Exception {
    json("patient add --phone 9123456789", "--name", "Zubeida Khatoon");
    json(
        "allocate --slot " + SLOT + " --phone 9123456780 --name Asha --priority paid --source app");
    Path before = backup("before.backup");
    json("patient add --phone 9123456781 --name Late");
    json("cancel " + SLOT + "-01");
    Path erasures = folder.resolve("erasures.jsonl");
    for (String phone : List.of("9123456789", "9123456780", "9123456781")) {
      String erase = "patient erase " + phone + " --erasures " + erasures + " --reason";
      assertThat(json(erase, REASON).exit()).isZero();
    }
    String restore = "db restore " + before + " --facility " + copy + " --erasures ";
    Path wrong = Files.writeString(folder.resolve("wrong"), "{\"patient\":1}\n");
    assertThat(json(restore + wrong).exit()).isEqualTo(2);
    assertThat(json(restore + folder.resolve("missing")).exit()).isEqualTo(2);

    Result restored = json(restore + erasures);

    // Who held a token at that time is told of; who came later is not there, and nobody else is.
    assertThat(restored.exit()).as(restored.err()).isEqualTo(3);
    assertThat(restored.json().path("whole").asBoolean()).isTrue();
    assertThat(restored.json().path("erasedAgain").asInt()).isEqualTo(1);
    assertThat(restored.json().path("notErased").asInt()).isEqualTo(1);
    assertThat(restored.err()).contains(SLOT + "-01").doesNotContain("Asha");
    assertThat(json("patient find Zubeida --facility " + copy).out()).isEmpty();
    assertThat(json("patient show 9123456789 --facility " + copy).exit()).isEqualTo(4);
    assertThat(json("patient show 9123456780 --facility " + copy).exit()).isZero();
    assertThat(json("patient add --phone 9123456782 --name New --facility " + copy).exit())
        .isZero();
  }
}
