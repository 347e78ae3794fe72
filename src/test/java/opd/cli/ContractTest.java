package opd.cli;

import static opd.cli.OutputSchema.checked;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.StreamSupport;
import opd.testing.ClassFacility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The JSON of the command line's contract: field names, codes and exits.
final class ContractTest {
  @AutoClose private static final ClassFacility facility = new ClassFacility();

  private static final String SLOT = CommandLineFixture.SLOT;
  private CommandLineFixture line;

  @BeforeEach
  void openASlot() {
    line = new CommandLineFixture(facility.anew()).withSlot(2).with("OPD_OUTPUT", "json");
  }

  @AfterEach
  void close() {
    line.close();
  }

  private static List<String> names(JsonNode node) {
    return StreamSupport.stream(((Iterable<String>) node::fieldNames).spliterator(), false)
        .toList();
  }

  @Test
  void anAdmissionNamesTheTokenTheRuleAndTheReason() {
    JsonNode admitted = checked("allocate", line.allocate(1, "PAID").json());
    assertThat(names(admitted))
        .contains(
            "outcome", "token", "displaced", "rule", "reason", "warnings", "requestId", "replayed");
    assertThat(admitted.path("outcome").asText()).isEqualTo("ADMITTED");
    assertThat(admitted.path("displaced").isNull()).isTrue();
    assertThat(admitted.path("rule").asInt()).isEqualTo(1);
    assertThat(admitted.path("requestId").asText()).isEqualTo("r1");
    JsonNode token = checked("token", admitted.path("token"));
    assertThat(names(token))
        .containsExactly(
            "id",
            "label",
            "slot",
            "doctor",
            "patient",
            "priority",
            "source",
            "sequence",
            "status",
            "position",
            "expectedAt",
            "reallocatedFrom",
            "reallocatedTo",
            "createdAt");
    assertThat(token.path("label").asText()).isEqualTo(SLOT + "-01");
    assertThat(token.path("patient").path("phone").asText()).isEqualTo("+919876543201");
    assertThat(token.path("patient").path("name").asText()).isEqualTo("Patient 1");
    assertThat(token.path("patient").path("member").asInt()).isEqualTo(1);
    assertThat(token.path("expectedAt").asText()).isEqualTo("2030-01-07T09:00:00Z");
    assertThat(token.path("createdAt").asText()).endsWith("Z");
  }

  @Test
  void anEmergencyNamesWhomItDisplacedAndARefusalWhereThereIsAPlace() {
    line.run(
        "slot",
        "open",
        "--doctor",
        "RAO",
        "--start",
        "2030-01-07T10:00Z",
        "--minutes",
        "60",
        "--capacity",
        "1");
    line.allocate(1, "follow-up");
    line.allocate(2, "follow_up");
    JsonNode refused = checked("allocate", line.allocate(3, "Follow-Up").json());
    assertThat(refused.path("outcome").asText()).isEqualTo("REJECTED");
    assertThat(refused.path("code").asText()).isEqualTo("SLOT_FULL");
    assertThat(refused.path("slot").path("counts").path("ACTIVE").asInt()).isEqualTo(2);
    assertThat(refused.path("existing").isNull()).isTrue();
    assertThat(refused.path("next").path("label").asText()).isEqualTo("RAO-20300107-1000");

    CommandLineFixture.Result emergency = line.allocate(4, "emergency");
    assertThat(emergency.exit()).isZero();
    checked("allocate", emergency.json());
    assertThat(emergency.json().path("displaced").path("label").asText()).isEqualTo(SLOT + "-02");
    assertThat(emergency.json().path("displaced").path("status").asText()).isEqualTo("DISPLACED");
    assertThat(emergency.json().path("displaced").path("position").isNull()).isTrue();
    assertThat(emergency.json().path("rule").asInt()).isEqualTo(3);

    JsonNode queue = checked("queue", line.run("queue", SLOT).json());
    assertThat(line.run("queue", "RAO-0900", "--date", "2030-01-07").json()).isEqualTo(queue);
    assertThat(queue.path("slot").path("free").asInt()).isZero();
    assertThat(queue.path("tokens").findValuesAsText("label"))
        .containsExactly(SLOT + "-03", SLOT + "-01");
    JsonNode duplicate =
        line.run(
                "allocate",
                "--slot",
                SLOT,
                "--phone",
                "9876543204",
                "--priority",
                "paid",
                "--source",
                "app")
            .json();
    assertThat(duplicate.path("code").asText()).isEqualTo("DUPLICATE_TOKEN");
    assertThat(duplicate.path("existing").path("label").asText()).isEqualTo(SLOT + "-03");
    assertThat(duplicate.path("rule").isNull()).isTrue();
  }

  @Test
  void aRepeatedRequestGetsTheStoredOutcomeAndChangesNothing() {
    JsonNode first = line.allocate(1, "paid").json();
    line.allocate(2, "paid");
    CommandLineFixture.Result again = line.allocate(1, "paid");
    assertThat(again.exit()).isZero();
    assertThat(again.json().path("replayed").asBoolean()).isTrue();
    assertThat(again.json().path("token")).isEqualTo(first.path("token"));
    assertThat(line.run("queue", SLOT).json().path("tokens")).hasSize(2);

    CommandLineFixture.Result other = line.allocate(1, "emergency");
    assertThat(other.exit()).isEqualTo(2);
    checked("error-fields", other.error());
    assertThat(other.error().path("code").asText()).isEqualTo("REQUEST_ID_REUSED");
    assertThat(other.error().path("requestId").asText()).isEqualTo("r1");
  }

  @Test
  void aDryRunChangesAndAuditsNothing() {
    CommandLineFixture.Result dry = line.allocate(1, "paid", "--dry-run");
    assertThat(dry.exit()).isZero();
    assertThat(dry.json().path("outcome").asText()).isEqualTo("ADMITTED");
    assertThat(checked("allocate", dry.json()).path("dryRun").asBoolean()).isTrue();
    assertThat(line.run("queue", SLOT).json().path("tokens")).isEmpty();
    assertThat(line.run("audit", "--slot", SLOT).jsonLines()).hasSize(1);
    assertThat(line.run("patient", "find", "Patient").out()).isEmpty();
  }

  @Test
  void changesOfATokenNameWhoWaits() {
    line.allocate(1, "follow-up");
    line.allocate(2, "follow-up");
    line.allocate(3, "emergency");
    JsonNode cancelled =
        checked("change", line.run("cancel", SLOT + "-01", "--reason", "travelling").json());
    assertThat(cancelled.path("outcome").asText()).isEqualTo("DONE");
    assertThat(cancelled.path("token").path("status").asText()).isEqualTo("CANCELLED");
    assertThat(cancelled.path("waiting").findValuesAsText("label")).containsExactly(SLOT + "-02");

    CommandLineFixture.Result again = line.run("no-show", SLOT + "-01");
    assertThat(again.exit()).isEqualTo(3);
    assertThat(checked("change", again.json()).path("code").asText()).isEqualTo("TOKEN_NOT_ACTIVE");
    checked("reallocate", line.run("reallocate", SLOT + "-01").json());

    JsonNode reinstated = checked("reallocate", line.run("reallocate", SLOT + "-02").json());
    assertThat(reinstated.path("rule").asInt()).isEqualTo(5);
    assertThat(reinstated.path("from").path("status").asText()).isEqualTo("DISPLACED");
    assertThat(line.run("complete", SLOT + "-02").json().path("waiting")).isEmpty();
  }

  @Test
  void aSlotThatIsCancelledNamesTheTokensThatItChanged() {
    line.allocate(1, "follow-up");
    JsonNode delayed =
        checked("slot-change", line.run("slot", "delay", SLOT, "--minutes", "15").json());
    assertThat(delayed.path("slot").path("status").asText()).isEqualTo("DELAYED");
    assertThat(delayed.path("slot").path("delayMinutes").asInt()).isEqualTo(15);
    JsonNode cancelled =
        checked("slot-change", line.run("slot", "cancel", SLOT, "--reason", "ill").json());
    assertThat(cancelled.path("tokens").findValuesAsText("status")).containsExactly("DISPLACED");
    CommandLineFixture.Result closed = line.run("slot", "complete", SLOT);
    assertThat(closed.exit()).isEqualTo(3);
    assertThat(checked("slot-change", closed.json()).path("code").asText())
        .isEqualTo("SLOT_CLOSED");
    assertThat(
            checked("reallocate", line.run("reallocate", SLOT + "-01").json())
                .path("code")
                .asText())
        .isEqualTo("NO_FREE_PLACE");
  }

  @Test
  void theAuditLogIsOneEntryALine() {
    line.allocate(1, "paid");
    List<JsonNode> entries = line.run("audit").jsonLines();
    entries.forEach(entry -> checked("audit", entry));
    assertThat(entries.stream().map(entry -> entry.path("kind").asText()))
        .containsExactly(
            "FACILITY_SET", "DOCTOR_ADDED", "SLOT_OPENED", "PATIENT_REGISTERED", "TOKEN_ALLOCATED");
    assertThat(names(entries.getLast()))
        .containsExactly(
            "id",
            "at",
            "kind",
            "actor",
            "requestId",
            "slot",
            "token",
            "patient",
            "rule",
            "facts",
            "chain",
            "number",
            "previous",
            "hash",
            "login",
            "requestDigest");
    assertThat(entries.getLast().path("previous")).isEqualTo(entries.get(2).path("hash"));
    assertThat(entries.getLast().path("facts").path("capacity").asInt()).isEqualTo(2);
    assertThat(line.run("audit", "--limit", "2").jsonLines()).isEqualTo(entries.subList(0, 2));
    assertThat(line.run("audit", "--token", SLOT + "-01").jsonLines()).hasSize(1);
    assertThat(line.run("audit", "--patient", "9876543201").jsonLines()).hasSize(2);
    assertThat(line.run("audit", "--doctor", "rao", "--actor", "desk").jsonLines()).hasSize(3);
  }

  @Test
  void everyOtherOutputIsAsItsSchemaSays() {
    line.allocate(1, "follow-up");
    checked("slot", line.run("slot", "show", SLOT).json());
    checked("doctor", line.run("doctor", "show", "RAO").json());
    checked("doctor", line.run("doctor", "deactivate", "RAO").json());
    checked("patient", line.run("patient", "find", "Patient").json());
    checked(
        "patient", line.run("patient", "change", "--phone", "9876543201", "--name", "X").json());
    checked("patient-tokens", line.run("patient", "show", "9876543201").json());
    checked("token", line.run("slip", SLOT + "-01").json());
    checked("explanation", line.run("audit", "explain", SLOT + "-01").json());
    checked("verified", line.run("audit", "verify").json());
    checked("seal", line.run("audit", "seal").json());
    checked("report", line.run("report", "--from", "2030-01-07", "--by", "doctor").json());
    checked("report", line.run("report", "--from", "2030-01-07", "--publish").json());
    line.script("queue\nqueue nonsense\n", "-o", "json").jsonLines().stream()
        .filter(node -> node.has("exit"))
        .forEach(node -> checked("command-end", node));
    assertThat(OutputSchema.faults("queue", "{\"slot\":{}}")).as("a wrong one").isNotEmpty();
  }

  @Test
  void globalOptionsStandBeforeOrAfterTheCommand() {
    line.with("OPD_OUTPUT", "table");
    assertThat(line.run("-o", "json", "slot", "show", SLOT).json())
        .isEqualTo(line.run("slot", "show", SLOT, "-o", "json").json());
  }
}
