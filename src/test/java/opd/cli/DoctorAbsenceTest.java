package opd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a desk sees and a script reads of a doctor who is late, away, deactivated or renamed, and
/// of those who are owed a place.
final class DoctorAbsenceTest {
  private static final String EIGHT = "2030-01-07T08:00Z";
  private final CommandLineFixture line = new CommandLineFixture().withSlot(2);

  /// A follow-up and a paid patient at nine; the colleague has one place at ten.
  @BeforeEach
  void aCover() {
    line.run("doctor", "add", "SEN", "--name", "Dr. Sen");
    line.run(
        "slot",
        "open",
        "--doctor",
        "SEN",
        "--start",
        "2030-01-07T10:00Z",
        "--minutes",
        "60",
        "--capacity",
        "1");
    line.allocate(1, "follow-up");
    line.allocate(2, "paid");
  }

  @AfterEach
  void close() {
    line.close();
  }

  @Test
  void aLateDoctorsPatientsAreListedWithOldAndNewTimes() {
    assertThat(late("15").out())
        .startsWith(
            """
            DELAYED 15 min  RAO-20300107-0900
            Tell these patients their new time (UTC):
            TOKEN                 PATIENT    PHONE          OLD TIME  NEW TIME
            RAO-20300107-0900-02  Patient 2  +919876543202  09:00     09:15
            RAO-20300107-0900-01  Patient 1  +919876543201  09:30     09:45
            request\
            """);
    JsonNode again = line.json("doctor", "late", "RAO", "--minutes", "20", "--from", EIGHT).json();
    assertThat(again.required("outcome").asText()).isEqualTo("DONE");
    assertThat(again.at("/slots/0/delayMinutes").asInt()).isEqualTo(20);
    assertThat(again.at("/slots/0/delayMinutesBefore").asInt()).isEqualTo(15);
    assertThat(again.at("/tokens/0/expectedAt").asText()).isEqualTo("2030-01-07T09:20:00Z");
    assertThat(again.at("/tokens/0/expectedBefore").asText()).isEqualTo("2030-01-07T09:15:00Z");
    assertThat(again.required("moved").isEmpty() && again.required("unplaced").isEmpty()).isTrue();
    assertThat(late("9999").exit()).isEqualTo(2);
    assertThat(line.run("doctor", "late", "RAO", "--minutes", "5").exit()).isEqualTo(4);
  }

  @Test
  void anAbsenceListsWhomToCallAndWhoIsOwedAPlace() {
    JsonNode plan = line.json(leaving("--dry-run")).json();
    assertThat(plan.required("dryRun").asBoolean()).isTrue();
    JsonNode done = line.json(leaving("--request-id", "away")).json();
    assertThat(done.at("/slots/0/status").asText()).isEqualTo("CANCELLED");
    assertThat(done.at("/moved/0/from").asText()).isEqualTo("RAO-20300107-0900-02");
    assertThat(done.at("/moved/0/token/label").asText()).isEqualTo("SEN-20300107-1000-01");
    assertThat(done.at("/moved/0/token/patient/phone").asText()).isEqualTo("+919876543202");
    assertThat(done.at("/unplaced/0/label").asText()).isEqualTo("RAO-20300107-0900-01");
    assertThat(line.run(leaving("--request-id", "away")).out())
        .startsWith(
            """
            CANCELLED  RAO-20300107-0900
            These patients have another place; tell them (times in UTC):
            OLD TOKEN             NEW TOKEN             TIME   PATIENT    PHONE
            RAO-20300107-0900-02  SEN-20300107-1000-01  10:00  Patient 2  +919876543202
            No place was free for these patients, who are owed one; call them:
            TOKEN                 PATIENT    PHONE          PRIORITY
            RAO-20300107-0900-01  Patient 1  +919876543201  FOLLOW_UP
            request away\
            """);
    // On a terminal, too, a repeated request is answered without a question.
    assertThat(line.runAnswering("n\n", leaving("--request-id", "away")).exit()).isZero();

    JsonNode owed = line.json("owed", "--date", "2030-01-07").json();
    assertThat(owed.at("/token/label").asText()).isEqualTo("RAO-20300107-0900-01");
    assertThat(owed.required("why").asText()).isEqualTo("the slot was cancelled: ill");
    assertThat(owed.required("since").asText()).endsWith("Z");
    assertThat(owed.required("place").isNull()).isTrue();
    assertThat(line.run("owed", "--doctor", "SEN").out()).isEqualTo("Nobody is owed a place.\n");
    JsonNode left = line.json("queue", "RAO-20300107-0900", "--all").json();
    assertThat(left.at("/tokens/1/reallocatedTo").asText()).isEqualTo("SEN-20300107-1000-01");
    assertThat(left.at("/tokens/0/reallocatedTo").isNull()).isTrue();
    assertThat(line.run("reallocate", "RAO-20300107-0900-02").out())
        .contains("its successor there,\nSEN-20300107-1000-01, is the one to change.");
  }

  @Test
  void onATerminalAnAbsenceIsConfirmedWithTheNumberOfPatients() {
    var refused = line.runAnswering("n\n", leaving());
    assertThat(refused.err())
        .isEqualTo(
            "Cancel 1 slot of RAO, with 2 patients, of whom 1 gets no other place? [y/N] Nothing was changed.\n");
    assertThat(refused.exit()).isEqualTo(2);
    assertThat(line.runAnswering("y\n", leaving()).out()).startsWith("CANCELLED");
  }

  @Test
  void aDeactivatedDoctorsSlotsAreListedAndAMistypedNameIsMended() {
    JsonNode changed =
        line.json("doctor", "change", "RAO", "--name", "Dr. Iyer", "--specialization", "ENT")
            .json();
    assertThat(changed.required("name").asText()).isEqualTo("Dr. Iyer");
    assertThat(changed.required("specialization").asText()).isEqualTo("ENT");
    assertThat(changed.has("slots")).isFalse();
    assertThat(line.run("doctor", "change", "RAO").exit()).isEqualTo(2);
    assertThat(line.run("doctor", "change", "NOBODY", "--name", "X Y").exit()).isEqualTo(4);

    JsonNode gone = line.json("doctor", "deactivate", "RAO").json();
    assertThat(gone.required("active").asBoolean()).isFalse();
    assertThat(gone.at("/slots/0/label").asText()).isEqualTo("RAO-20300107-0900");
    assertThat(gone.required("tokens")).hasSize(2);
    assertThat(line.run("doctor", "deactivate", "RAO").out())
        .startsWith("NOT ACTIVE  RAO  Dr. Iyer\nThese slots stay open, with their patients:\n")
        .contains("Patient 1", "+919876543202", "opd doctor leave RAO --reason … --cover …");
  }

  private CommandLineFixture.Result late(String minutes) {
    return line.run("doctor", "late", "RAO", "--minutes", minutes, "--from", EIGHT);
  }

  private static String[] leaving(String... more) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "doctor", "leave", "RAO", "--from", EIGHT, "--reason", "ill", "--cover", "SEN"));
    words.addAll(List.of(more));
    return words.toArray(String[]::new);
  }
}
