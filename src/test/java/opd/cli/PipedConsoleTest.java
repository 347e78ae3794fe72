package opd.cli;

import static opd.cli.CommandLineFixture.SLOT;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import opd.testing.ClassFacility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Scripts that are piped into the console.
final class PipedConsoleTest {
  @AutoClose private static final ClassFacility facility = new ClassFacility();

  private CommandLineFixture line;

  @BeforeEach
  void open() {
    line = new CommandLineFixture(facility.anew()).withSlot(2);
  }

  @AfterEach
  void close() {
    line.close();
  }

  @Test
  void eachCommandsResultsAreFollowedByALineThatSaysHowItEnded() {
    var result =
        line.script(
            """
            # the morning
            %s
            %s; %s
            queue %s

            cancel NOBODY-20300107-0900-01
            queue 'oops
            nonsense
            """
                .formatted(
                    allocate(1, "paid"), allocate(2, "paid"), allocate(3, "follow-up"), SLOT),
            "-o",
            "json");

    List<JsonNode> lines = result.jsonLines();
    assertThat(lines.stream().filter(each -> each.has("line")).map(PipedConsoleTest::ending))
        .containsExactly(
            "2 exit 0 null",
            "3 exit 0 null",
            "3 exit 3 null",
            "4 exit 0 null",
            "6 exit 4 \"TOKEN_NOT_FOUND\"",
            "7 exit 2 \"USAGE\"",
            "8 exit 2 \"USAGE\"");
    assertThat(lines.get(0).path("outcome").asText()).isEqualTo("ADMITTED");
    assertThat(lines.get(1).path("line").asInt()).isEqualTo(2);
    assertThat(lines.get(4).path("code").asText()).isEqualTo("SLOT_FULL");
    assertThat(result.exit()).as("of 3, 4 and 2 the worst").isEqualTo(2);
    assertThat(result.err().lines()).hasSize(3).allMatch(each -> each.startsWith("{\"error\":"));
  }

  private static String ending(JsonNode node) {
    JsonNode error = node.required("error");
    return "%d exit %d %s"
        .formatted(
            node.path("line").asInt(),
            node.path("exit").asInt(),
            error.isNull() ? error : error.required("code"));
  }

  @Test
  void theWorstExitIsByTheContractsOrderAndNotTheHighestNumber() {
    assertThat(line.script("slot show id:999999\nnonsense\n").exit()).isEqualTo(2);
    assertThat(line.script("slot show id:999999\n").exit()).isEqualTo(4);
    assertThat(line.script("nonsense\n--facility nowhere queue\n").exit()).isEqualTo(2);
    assertThat(line.script("").exit()).isZero();
  }

  @Test
  void whatIsOnlyOfferedOutsideCanBeReadAbout() {
    var result = line.script("help console\n");
    assertThat(result.out()).contains("Usage: opd console");
    assertThat(result.exit()).isZero();
  }

  @Test
  void stopsAtTheFirstErrorWhenAskedTo() {
    String script =
        "doctor add AAA --name A\nslot show id:999999; doctor add BBB --name B\ndoctor add CCC --name C\n";

    var result = line.script(script, "--stop-on-error");

    assertThat(result.exit()).isEqualTo(4);
    assertThat(result.err()).contains("stopped at line 2");
    assertThat(line.run("doctor", "list").out()).contains("AAA").doesNotContain("BBB", "CCC");
    assertThat(line.script(script.replace("AAA", "ZZZ")).exit()).isEqualTo(4);
    assertThat(line.run("doctor", "list").out()).contains("ZZZ", "BBB", "CCC");
  }

  @Test
  void theConsolesOptionsHoldForEachCommandAndACommandsOwnGoBefore() {
    var result = line.script("config\nconfig --actor night\n", "--actor", "morning", "-o", "json");

    assertThat(result.out())
        .contains("{\"name\":\"actor\",\"value\":\"morning\",\"origin\":\"option\"}")
        .contains("{\"name\":\"actor\",\"value\":\"night\",\"origin\":\"option\"}");
  }

  @Test
  void aChosenSlotAndTheLastTokenNeedNotBeNamedAgain() {
    var result =
        line.script(
            """
            use %s
            a --phone 9876543201 --name One --priority paid --source app
            a --phone 9876543202 --name Two --priority paid --source app
            q
            complete '#1'
            complete '#2'
            cancel last
            use
            a --phone 9876543203 --name Three --priority paid --source app
            """
                .formatted(SLOT));

    assertThat(line.run("queue", SLOT, "--all").out())
        .contains("COMPLETED")
        .doesNotContain("Three");
    assertThat(result.out()).contains("REFUSED TOKEN_NOT_ACTIVE  " + SLOT + "-02");
    assertThat(result.err()).contains("give --slot or --doctor");
  }

  @Test
  void aNumberMeansTheTokenThatWasShownThereAndNotWhoStandsThereNow() {
    allocateOutside(1, "follow-up");
    line.script("queue " + SLOT + "\n" + allocate(2, "emergency") + "\ncomplete '#1'\n");

    JsonNode tokens = line.json("queue", SLOT, "--all").json().path("tokens");
    assertThat(tokens.get(0).path("status").asText()).isEqualTo("COMPLETED");
    assertThat(tokens.get(1).path("status").asText()).isEqualTo("ACTIVE");
  }

  @Test
  void afterARefusalLastIsNotThePatientBefore() {
    allocateOutside(1, "paid");
    var result =
        line.script(allocate(2, "paid") + "\n" + allocate(3, "follow-up") + "\ncancel last\n");

    assertThat(result.err()).contains("the last request left no token");
    assertThat(line.json("queue", SLOT).json().path("tokens")).hasSize(2);
  }

  @Test
  void afterACommandThatFailedLastIsNobody() {
    allocateOutside(1, "paid");
    for (String failing :
        List.of(
            "allocate --slot NOBODY-0900 --phone 9876543299 --name X --priority paid --source app",
            "nonsense",
            "cancel NOBODY-20300107-0900-01",
            "queue 'oops",
            "--db postgresql://127.0.0.1:1/opd --timeout 1 queue")) {
      var result =
          line.script("complete " + SLOT + "-01 --request-id c\n" + failing + "\ncancel last\n");
      assertThat(result.err())
          .as(failing)
          .contains("the last command failed, so `last` is nobody", "name the token");
    }
    var known = line.script("nonsense\n" + allocate(2, "paid") + "\ncancel last\n");
    assertThat(known.err()).doesNotContain("nobody");
    assertThat(line.json("queue", SLOT).json().path("tokens")).isEmpty();
  }

  @Test
  void aNumberIsOfTheQueueThatWasAskedForLast() {
    allocateOutside(1, "paid");
    var result = line.script("queue " + SLOT + "\nqueue NOBODY-0900\nno-show '#1'\n");

    assertThat(result.err()).contains("the queue that was last shown has no #1");
    assertThat(line.json("queue", SLOT).json().path("tokens")).hasSize(1);
  }

  @Test
  void aBareNumberIsATokenOfTheChosenSlotAndNeverAnId() {
    // Of another slot, whose token has the id that is typed below.
    String other = "RAO-20300107-1000";
    assertThat(
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
                    "2")
                .exit())
        .isZero();
    allocateOutside(1, "paid");
    line.script(allocate(2, "paid").replace(SLOT, other));

    var result = line.script("use " + other + "\ncomplete 1\nuse\nno-show 01\n");

    assertThat(result.out()).contains("COMPLETED  " + other + "-01");
    assertThat(result.err())
        .contains("the number 01 alone is not a token", "RAO-0900-01, or an id as id:01");
    assertThat(line.json("queue", SLOT).json().path("tokens")).hasSize(1);
  }

  @Test
  void whereThereIsNoSuchSlotNoneIsChosenAndANumberHitsNobody() {
    allocateOutside(1, "paid");

    var result = line.script("use " + SLOT + "\nuse NOPE-0900\nno-show 01\n");

    assertThat(result.err()).contains("NOPE", "the number 01 alone is not a token");
    assertThat(line.json("queue", SLOT).json().path("tokens")).hasSize(1);
  }

  @Test
  void anotherChosenSlotMakesTheShownQueueAndTheLastTokenForgotten() {
    allocateOutside(1, "paid");
    var result =
        line.script(
            allocate(2, "paid")
                + "\nqueue %s\nuse %s\nno-show '#1'\nuse %s\ncancel last\n"
                    .formatted(SLOT, SLOT, SLOT));

    assertThat(result.err()).contains("the queue that was last shown has no #1", "`last`");
    assertThat(line.json("queue", SLOT).json().path("tokens")).hasSize(2);
  }

  @Test
  void standardInputBelongsToTheScript() {
    var result = line.script("allocate --from -\nconsole\nqueue " + SLOT + "\n");

    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err()).contains("standard input holds the console's own commands");
    assertThat(result.out()).contains("Nobody is waiting.");
  }

  private void allocateOutside(int patient, String priority) {
    assertThat(line.allocate(patient, priority).exit()).isZero();
  }

  private static String allocate(int patient, String priority) {
    return "allocate --slot %s --phone 987654329%d --name 'Patient %d' --priority %s --source app"
        .formatted(SLOT, patient, patient, priority);
  }
}
