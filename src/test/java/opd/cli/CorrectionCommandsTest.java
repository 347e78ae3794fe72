package opd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import opd.testing.ClassFacility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Mistakes as a desk mends them: what is typed, what is shown, and where a refusal leads.
final class CorrectionCommandsTest {
  @AutoClose private static final ClassFacility facility = new ClassFacility();

  private static final String SLOT = CommandLineFixture.SLOT;
  private static final String FIRST = SLOT + "-01";
  private static final String SECOND = SLOT + "-02";

  private CommandLineFixture line;

  @BeforeEach
  void twoPatientsInTwoPlaces() {
    line = new CommandLineFixture(facility.anew()).withSlot(2);
    line.allocate(1, "follow-up");
    line.allocate(2, "paid");
  }

  @AfterEach
  void close() {
    line.close();
  }

  @Test
  void aRefusalOfAFinalTokenSaysUndoWhichGivesThePlaceBack() {
    line.run("no-show", FIRST);
    var refused = line.run("cancel", FIRST);
    assertThat(refused.exit()).isEqualTo(3);
    assertThat(words(refused.out())).contains("opd undo RAO-20300107-0900-01 --reason");
    assertThat(line.run("undo", FIRST).exit()).isEqualTo(2);

    JsonNode done = line.json("undo", FIRST, "--reason", "stood there").json();
    assertThat(done.required("outcome").asText()).isEqualTo("DONE");
    assertThat(done.at("/token/status").asText()).isEqualTo("ACTIVE");
    assertThat(done.at("/token/position").asInt()).isEqualTo(2);
    assertThat(done.required("waiting")).isEmpty();
    var again = line.json("undo", FIRST, "--reason", "stood there");
    assertThat(again.exit()).isEqualTo(3);
    assertThat(again.json().required("code").asText()).isEqualTo("NOTHING_TO_UNDO");
  }

  @Test
  void aScriptOfAConsoleHasShortWordsForIt() {
    var done =
        line.script("d %s\nu last --reason \"wrong click\"\nqueue %s\n".formatted(FIRST, SLOT));
    assertThat(done.exit()).isZero();
    assertThat(done.out()).contains("COMPLETED  " + FIRST, "ACTIVE  " + FIRST + "  number 2");
  }

  @Test
  void aPlaceThatWasGivenSinceLeadsToTheSlot() {
    line.run("no-show", FIRST);
    line.allocate(3, "paid");
    assertThat(words(line.run("undo", FIRST, "--reason", "stood there").out()))
        .contains("REFUSED SLOT_FULL", "opd slot change RAO-20300107-0900 --capacity N");
    JsonNode changed = line.json("slot", "change", SLOT, "--capacity", "3").json();
    assertThat(changed.at("/slot/capacity").asInt()).isEqualTo(3);
    assertThat(changed.required("capacityBefore").asInt()).isEqualTo(2);
    assertThat(changed.required("tokens")).isEmpty();
    assertThat(line.run("undo", FIRST, "--reason", "stood there").exit()).isZero();
  }

  @Test
  void aReallocationOfAnActiveTokenSaysMove() {
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
    String ten = "RAO-20300107-1000";
    assertThat(words(line.run("reallocate", FIRST, "--to", ten).out()))
        .contains("opd move RAO-20300107-0900-01 --to SLOT");
    JsonNode planned = line.json("move", FIRST, "--to", ten, "--dry-run").json();
    assertThat(planned.required("dryRun").asBoolean()).isTrue();
    JsonNode moved = line.json("move", FIRST, "--to", ten, "--request-id", "m").json();
    assertThat(moved.at("/token/label").asText()).isEqualTo(ten + "-01");
    assertThat(moved.at("/from/status").asText()).isEqualTo("CANCELLED");
    assertThat(moved.required("waiting")).isEmpty();
    assertThat(moved.required("reason").asText()).contains(FIRST + " is given up");
    var held = line.json("move", ten + "-01", "--to", ten).json();
    assertThat(held.required("code").asText()).isEqualTo("DUPLICATE_TOKEN");
    assertThat(held.required("reason").asText()).as("no option of move").doesNotContain("--");
    JsonNode again = line.json("move", FIRST, "--to", ten, "--request-id", "m").json();
    assertThat(again.required("replayed").asBoolean()).isTrue();
    assertThat(again.required("token")).isEqualTo(moved.required("token"));
    var full = line.run("move", SECOND, "--to", ten);
    assertThat(full.exit()).isZero();
    assertThat(words(full.out())).contains("DISPLACED RAO-20300107-1000-01");
  }

  @Test
  void fewerPlacesThanAreTakenAreRefusedOrDisplace() {
    var refused = line.run("slot", "change", SLOT, "--capacity", "1");
    assertThat(refused.exit()).isEqualTo(3);
    assertThat(refused.out())
        .startsWith(
            """
            REFUSED CAPACITY_TAKEN  RAO-20300107-0900
            2 of its tokens are ACTIVE; --displace takes the places of the last of them.
            """);
    for (String[] more : new String[][] {{"--dry-run"}, {}}) {
      assertThat(
              line.run(joined(more, "slot", "change", SLOT, "--capacity", "1", "--displace")).out())
          .startsWith(
              """
              SCHEDULED  RAO-20300107-0900
                09:00–10:00 UTC, 1 place (before: 09:00–10:00 UTC, 2 places)
              These patients lost their place and are owed one:
              """);
    }
    assertThat(line.run("slot", "change", SLOT).exit()).isEqualTo(2);
    assertThat(line.run("slot", "change", SLOT, "--capacity", "0").exit()).isEqualTo(2);
    assertThat(line.run("slot", "change", SLOT, "--end", "2030-01-07T08:00Z").exit()).isEqualTo(2);
    // A bare time is of the slot's day, or of the next, and not of today.
    assertThat(line.run("slot", "change", SLOT, "--end", "10:30").out()).contains("09:00–10:30");
  }

  @Test
  void anOpeningThatAClosedSlotBlocksSaysReopenWhichGivesThePlacesBack() {
    line.run("slot", "cancel", SLOT, "--reason", "ill");
    var blocked =
        line.json(
            "slot",
            "open",
            "--doctor",
            "RAO",
            "--start",
            "2030-01-07T09:00Z",
            "--minutes",
            "60",
            "--capacity",
            "2");
    assertThat(blocked.exit()).isEqualTo(2);
    assertThat(blocked.error().required("code").asText()).isEqualTo("SLOT_OVERLAPS");
    assertThat(blocked.error().required("hint").asText())
        .contains("opd slot reopen RAO-20300107-0900 --reason");
    assertThat(words(line.run("slot", "delay", SLOT, "--minutes", "5").out()))
        .contains("opd slot reopen RAO-20300107-0900 --reason");

    JsonNode reopened = line.json("slot", "reopen", SLOT, "--reason", "came").json();
    assertThat(reopened.at("/slot/status").asText()).isEqualTo("SCHEDULED");
    assertThat(reopened.required("statusBefore").asText()).isEqualTo("CANCELLED");
    assertThat(reopened.at("/tokens/0/label").asText()).isEqualTo(SECOND);
    assertThat(reopened.at("/tokens/1/label").asText()).isEqualTo(FIRST);
    var again = line.json("slot", "reopen", SLOT, "--reason", "came");
    assertThat(again.exit()).isEqualTo(3);
    assertThat(again.json().required("code").asText()).isEqualTo("NOTHING_TO_UNDO");
  }

  @Test
  void aPersonWhoCompletesASlotInWhichPatientsWaitIsAsked() {
    var refused = line.runAnswering("n\n", "slot", "complete", SLOT);
    assertThat(refused.err())
        .isEqualTo(
            "Complete RAO-20300107-0900, with 2 patients who wait? [y/N] Nothing was changed.\n");
    assertThat(refused.exit()).isEqualTo(2);
    assertThat(line.runAnswering("n\n", "slot", "complete", SLOT, "--yes").exit()).isZero();
    line.run("slot", "reopen", SLOT, "--reason", "wrong slot");
    line.run("complete", FIRST);
    line.run("complete", SECOND);
    var empty = line.runAnswering("n\n", "slot", "complete", SLOT);
    assertThat(empty.err()).isEmpty();
    assertThat(empty.exit()).isZero();
  }

  @Test
  void aSecondTokenSaysReplace() {
    var refused =
        line.run(
            "allocate",
            "--slot",
            SLOT,
            "--phone",
            "9876543201",
            "--priority",
            "emergency",
            "--source",
            "staff");
    assertThat(words(refused.out())).contains("REFUSED DUPLICATE_TOKEN", "--replace");
  }

  private static String words(String out) {
    return String.join(" ", List.of(out.split("\\s+")));
  }

  private static String[] joined(String[] more, String... first) {
    String[] all = java.util.Arrays.copyOf(first, first.length + more.length);
    System.arraycopy(more, 0, all, first.length, more.length);
    return all;
  }
}
