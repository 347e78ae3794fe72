package opd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.StreamSupport;
import opd.testing.ClassFacility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What the desk does about a slot that is late or does not take place: whom it calls, and what it
/// is asked before.
final class SlotChangesTest {
  @AutoClose private static final ClassFacility facility = new ClassFacility();

  private CommandLineFixture line;

  @BeforeEach
  void twoPatientsAtNineAndOnePlaceAtTen() {
    line = new CommandLineFixture(facility.anew()).withSlot(2);
    line.allocate(1, "follow-up");
    line.allocate(2, "paid");
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
  }

  @AfterEach
  void close() {
    line.close();
  }

  @Test
  void aDelayListsWhomToTellWithOldAndNewTimes() {
    delay("15");
    assertThat(line.run("slot", "delay", CommandLineFixture.SLOT, "--minutes", "40").out())
        .startsWith(
            """
            DELAYED 40 min  RAO-20300107-0900
            Tell these patients their new time (UTC):
            TOKEN  PATIENT    PHONE          OLD TIME  NEW TIME
               02  Patient 2  +919876543202  09:15     09:40
               01  Patient 1  +919876543201  09:45     10:10
            """);
    JsonNode back = line.json("slot", "delay", CommandLineFixture.SLOT, "--minutes", "0").json();
    assertThat(back.required("delayMinutesBefore").asInt()).isEqualTo(40);
    assertThat(back.at("/tokens/0/expectedBefore").asText()).isEqualTo("2030-01-07T09:40:00Z");
    assertThat(back.at("/tokens/0/expectedAt").asText()).isEqualTo("2030-01-07T09:00:00Z");
  }

  @Test
  void aDelayThatChangesNothingAsksNobodyToBeCalled() {
    delay("15");
    assertThat(delay("15").out()).startsWith("DELAYED 15 min  RAO-20300107-0900\nrequest ");
  }

  @Test
  void aMoveListsWhoHasAPlaceAndWhoHasNone() {
    assertThat(cancel("--move").out())
        .startsWith(
            """
            CANCELLED  RAO-20300107-0900
            These patients have another place; tell them (times in UTC):
            TOKEN  PATIENT    PHONE          NEW TOKEN             NEW TIME
               02  Patient 2  +919876543202  RAO-20300107-1000-01  10:00
            No place was free for these patients, who are owed one; call them:
            TOKEN  PATIENT    PHONE          PRIORITY
               01  Patient 1  +919876543201  FOLLOW_UP
            request\
            """);
  }

  @Test
  void theSameInJsonAndADryRunSaysWhatWouldBe() {
    JsonNode planned = line.json(cancelling("--move", "--dry-run")).json();
    assertThat(planned.required("dryRun").asBoolean()).isTrue();
    assertThat(line.json("slot", "show", CommandLineFixture.SLOT).json().at("/status").asText())
        .isEqualTo("SCHEDULED");
    JsonNode done = line.json(cancelling("--move")).json();
    for (JsonNode plan : new JsonNode[] {planned, done}) {
      assertThat(labels(plan.required("tokens")))
          .isEqualTo("RAO-20300107-0900-02 RAO-20300107-0900-01");
      assertThat(labels(plan.required("moved"))).isEqualTo("RAO-20300107-1000-01");
      assertThat(plan.at("/moved/0/reallocatedFrom").asText()).isEqualTo("RAO-20300107-0900-02");
      assertThat(plan.at("/moved/0/patient/phone").asText()).isEqualTo("+919876543202");
      assertThat(labels(plan.required("unplaced"))).isEqualTo("RAO-20300107-0900-01");
      assertThat(plan.at("/unplaced/0/patient/phone").asText()).isEqualTo("+919876543201");
    }
  }

  @Test
  void onATerminalACancellationIsConfirmedWithTheNumberOfPatients() {
    var refused = line.runAnswering("n\n", cancelling());
    assertThat(refused.err())
        .isEqualTo("Cancel RAO-20300107-0900, with 2 patients? [y/N] Nothing was changed.\n");
    assertThat(refused.out()).isEmpty();
    assertThat(refused.exit()).isEqualTo(2);
    assertThat(line.runAnswering("\n", cancelling()).exit()).isEqualTo(2);
    assertThat(line.runAnswering("n", cancelling("--yes")).err()).isEmpty();
  }

  @Test
  void aYesCancelsAndAClosedSlotIsNotAskedAbout() {
    assertThat(line.runAnswering("Yes\n", cancelling()).out()).startsWith("CANCELLED");
    var again = line.runAnswering("n\n", cancelling());
    assertThat(again.exit()).isEqualTo(3);
    assertThat(again.err()).isEmpty();
  }

  private CommandLineFixture.Result delay(String minutes) {
    return line.run("slot", "delay", CommandLineFixture.SLOT, "--minutes", minutes);
  }

  private CommandLineFixture.Result cancel(String... more) {
    return line.run(cancelling(more));
  }

  private static String[] cancelling(String... more) {
    String[] command = {"slot", "cancel", CommandLineFixture.SLOT, "--reason", "ill"};
    String[] all = java.util.Arrays.copyOf(command, command.length + more.length);
    System.arraycopy(more, 0, all, command.length, more.length);
    return all;
  }

  private static String labels(JsonNode tokens) {
    return String.join(
        " ",
        StreamSupport.stream(tokens.spliterator(), false)
            .map(token -> token.required("label").asText())
            .toList());
  }
}
