package opd.cli;

import static opd.cli.CommandLineFixture.SLOT;
import static opd.cli.OutputSchema.checked;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import opd.testing.ClassFacility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What commands really print, held against the schemas that `opd schema` prints of it.
final class OutputSchemaTest {
  @AutoClose private static final ClassFacility facility = new ClassFacility();

  private static final String LATER = "RAO-20300107-1000";

  private CommandLineFixture line;

  @BeforeEach
  void openASlot() {
    line = new CommandLineFixture(facility.anew()).withSlot(3).with("OPD_OUTPUT", "json");
  }

  @AfterEach
  void close() {
    line.close();
  }

  /// @return the only line that the command prints, which is as the schema says
  private JsonNode one(String schema, String command) {
    var result = line.run(command.replace("SLOT", SLOT).replace("LATER", LATER).split(" "));
    assertThat(result.out()).as(command + ": " + result.err()).isNotEmpty();
    return checked(schema, result.json());
  }

  private void all(String schema, String command, int lines) {
    var result = line.run(command.replace("SLOT", SLOT).replace("LATER", LATER).split(" "));
    assertThat(result.jsonLines()).as(command + ": " + result.err()).hasSize(lines);
    result.jsonLines().forEach(each -> checked(schema, each));
  }

  private void aLaterSlot() {
    one("slot", "slot open --doctor RAO --start 2030-01-07T10:00Z --minutes 60 --capacity 3");
  }

  @Test
  void ofWhoIsHereAndWhoIsCalled() {
    line.allocate(1, "follow-up");
    one(
        "allocate",
        "allocate --slot SLOT --phone 9876543202 --name Bala --priority paid --source app");
    line.allocate(3, "follow-up");

    JsonNode arrived = one("serving", "arrive SLOT-02");
    assertThat(arrived.at("/token/arrivedAt").asText()).endsWith("Z");
    assertThat(arrived.required("passed")).isEmpty();
    JsonNode called = one("serving", "call SLOT-01 --room 2");
    assertThat(called.at("/token/room").asText()).isEqualTo("2");
    assertThat(called.at("/token/calls").asInt()).isEqualTo(1);
    assertThat(called.at("/passed/0/why").asText()).isEqualTo("OUT_OF_TURN");
    assertThat(one("serving", "park SLOT-02 --reason test").at("/token/parkedAt").asText())
        .endsWith("Z");
    JsonNode next = one("next", "next --slot SLOT --room 2");
    assertThat(next.at("/previous/status").asText()).isEqualTo("COMPLETED");
    assertThat(next.at("/token/label").asText()).isEqualTo(SLOT + "-03");
    assertThat(next.at("/passed/0/why").asText()).isEqualTo("PARKED");
    assertThat(one("next", "next --slot SLOT --room 2 --no-show").required("token").isNull())
        .isTrue();
    assertThat(one("next", "next --slot SLOT --room 2").path("code").asText())
        .isEqualTo("NOBODY_WAITING");
    assertThat(one("serving", "call --slot SLOT").path("code").asText())
        .isEqualTo("NOBODY_WAITING");
    one("queue", "queue SLOT");
    one("queue", "queue SLOT --all");
    one("serving", "return SLOT-02");
    one("next", "next --slot SLOT --dry-run");
    assertThat(one("change", "no-show SLOT-02").path("warnings").toString())
        .contains("NEVER_CALLED");
    assertThat(one("serving", "arrive SLOT-02").path("code").asText())
        .isEqualTo("TOKEN_NOT_ACTIVE");
    one("change", "undo SLOT-02 --reason mistake");
    one("change", "undo SLOT-02 --reason mistake");
  }

  @Test
  void ofPlacesThatAreGivenWhereOthersWaitOrTheSamePatientHoldsAnother() {
    line.run("doctor", "add", "IYER", "--name", "Iyer");
    one("slot", "slot open --doctor IYER --start 2030-01-07T09:00Z --minutes 60 --capacity 3");
    for (int patient = 1; patient <= 3; patient++) {
      line.allocate(patient, "follow-up");
    }
    line.allocate(4, "emergency");
    one("change", "cancel SLOT-01");
    JsonNode given = checked("allocate", line.allocate(5, "paid").json());
    assertThat(given.required("othersWaiting")).hasSize(1);
    JsonNode held =
        one(
            "allocate",
            "allocate --slot IYER-20300107-0900 --phone 9876543205 --priority paid --source app");
    assertThat(held.path("holds").asText()).isEqualTo(given.at("/token/label").asText());
    assertThat(
            one(
                    "allocate",
                    "allocate --slot IYER-20300107-0900 --unknown --priority emergency --source staff")
                .at("/token/patient/reference")
                .asText())
        .startsWith("U-");
    aLaterSlot();
    one("reallocate", "move SLOT-02 --to LATER --dry-run");
    JsonNode moved = one("reallocate", "move SLOT-02 --to LATER");
    assertThat(moved.required("waiting")).hasSize(1);
    one("reallocate", "move SLOT-02 --to LATER");
    all("owed", "owed --date 2030-01-07", 1);
    JsonNode again = one("reallocate", "reallocate SLOT-03 --to LATER");
    assertThat(again.at("/token/reallocatedFrom").asText()).isEqualTo(SLOT + "-03");
    one("reallocate", "reallocate SLOT-03");
    one("slot-change", "slot change SLOT --capacity 1 --displace");
    one("slot-change", "slot change SLOT --capacity 1");
    one("slot-change", "slot cancel SLOT --reason ill --move --dry-run");
    one("slot-change", "slot cancel SLOT --reason ill --move");
    one("slot-change", "slot reopen SLOT --reason mistake");
    one("slot-change", "slot reopen SLOT --reason mistake");
  }

  @Test
  void ofADoctorWhoIsLateOrAway() {
    aLaterSlot();
    for (int patient = 1; patient <= 3; patient++) {
      line.allocate(patient, "follow-up");
    }
    String day = " --from 2030-01-07T08:00Z";
    JsonNode late = one("absence", "doctor late RAO --minutes 20" + day);
    assertThat(late.required("tokens")).hasSize(3);
    JsonNode away = one("absence", "doctor leave RAO --reason ill --until 2030-01-07T09:30Z" + day);
    assertThat(away.required("moved")).hasSize(3);
    JsonNode unplaced =
        one("absence", "doctor leave RAO --reason ill --until 2030-01-07T12:00Z" + day);
    assertThat(unplaced.required("unplaced")).hasSize(3);
    all("owed", "owed --doctor RAO --date 2030-01-07", 3);
    one("doctor", "doctor deactivate RAO");
  }

  @Test
  void ofRostersAndLists(@TempDir Path folder) throws IOException {
    Path roster = folder.resolve("roster.csv");
    Files.writeString(
        roster,
        """
        doctor,start,end,capacity
        RAO,2030-01-08T09:00Z,2030-01-08T10:00Z,2
        RAO,2030-01-07T09:00Z,2030-01-07T10:00Z,3
        RAO,2030-01-09T09:00Z,2030-01-09T10:00Z,none
        """);
    all("roster-line", "slot open --dry-run --from " + roster, 3);
    all("roster-line", "slot open --from " + roster, 3);
    Path list = folder.resolve("list.csv");
    Files.writeString(
        list,
        """
        slot,phone,name,priority,source
        %1$s,9876543201,Asha,paid,app
        %1$s,9876543201,Asha,paid,app
        %1$s,98765,,paid,nowhere
        """
            .formatted(SLOT));
    all("list-line", "allocate --from " + list, 3);
  }

  @Test
  void ofAPatientWhoIsExportedAndErased() throws IOException {
    line.allocate(1, "follow-up");
    line.run("arrive", SLOT + "-01");
    one("patient", "patient find Patient");
    one("patient-tokens", "patient show 9876543201");
    JsonNode exported = one("patient-export", "patient export 9876543201");
    assertThat(exported.required("entries")).isNotEmpty();
    JsonNode held = one("erasure", "patient erase 9876543201 --reason asked");
    assertThat(held.path("code").asText()).isEqualTo("HOLDS_TOKEN");
    one("change", "cancel SLOT-01");
    assertThat(one("erasure", "patient erase 9876543201 --reason asked").required("name").isNull())
        .isTrue();
    one("queue", "queue SLOT --all");
    one("queue", "queue SLOT --all --privacy");
  }

  @Test
  void ofAnError() throws IOException {
    var failed = line.run("queue", "NOBODY-20300107-0900");
    assertThat(failed.exit()).isEqualTo(4);
    checked("error", new ObjectMapper().readTree(failed.err()));
  }

  @Test
  void aFieldThatNoSchemaTellsOfIsSeen() {
    String patient = "{\"id\":1,\"name\":null,\"phone\":null,\"member\":1,\"reference\":null%s}";
    assertThat(OutputSchema.faults("patient", patient.formatted(""))).isEmpty();
    assertThat(OutputSchema.faults("patient", patient.formatted(",\"age\":7"))).isNotEmpty();
  }
}
