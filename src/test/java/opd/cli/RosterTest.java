package opd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import opd.testing.Await;
import opd.testing.Prompt;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `slot open --from`.
final class RosterTest {
  private static final String ROSTER =
      """
      doctor;start;end;capacity;every;minutes;until;days;from;to;
      RAO;09:00;;6;30;30;10:00;Mon-Wed;2030-01-07;2030-01-20;
      RAO;2030-01-07T22:00Z;02:00;3;;;;;;;
      RAO;2030-01-07T09:15Z;2030-01-07T10:00Z;3;;;;;;;
      RAQ;2030-01-07T09:00Z;2030-01-07T10:00Z;3;;;;;;;
      RAO;2030-01-07T12:00Z;2030-01-07T13:00Z;501;;;;;;;
      ;;;;;;;;;;
      """;

  @TempDir private Path folder;

  private Path file(String content) throws IOException {
    return Files.writeString(folder.resolve("roster.csv"), content);
  }

  private static List<String> outcomes(CommandLineFixture.Result result) {
    return result.jsonLines().stream()
        .map(each ->
            each.path("line").asText()
                + " "
                + each.path("outcome").asText()
                + " "
                + each.path("slots").size()
                + " "
                + each.path("code").asText()
                + " "
                + each.path("field").asText())
        .map(String::strip)
        .toList();
  }

  @Test
  void aRosterIsOpenedOnceHoweverOftenItIsTaken() throws Exception {
    try (CommandLineFixture line = new CommandLineFixture();
        Prompt prompt = Prompt.asSuperuser(line.facility())) {
      line.run("doctor", "add", "RAO", "--name", "Dr. Rao");
      String from = file(ROSTER).toString();
      List<String> wrong =
          List.of(
              "4 INVALID 0 SLOT_OVERLAPS start",
              "5 INVALID 0 DOCTOR_NOT_FOUND doctor",
              "6 INVALID 0 INVALID_INPUT capacity");
      CommandLineFixture.Result dry = line.json("slot", "open", "--from", from, "--dry-run");
      assertThat(outcomes(dry))
          .startsWith("2 OPENED 12", "3 OPENED 1")
          .endsWith(wrong.toArray(String[]::new));
      assertThat(dry.jsonLines()).allMatch(each -> each.path("dryRun").asBoolean());
      assertThat(prompt.number("select count(*) from slot")).isZero();

      CommandLineFixture.Result first = line.json("slot", "open", "--from", from);
      assertThat(first.exit()).isEqualTo(2);
      assertThat(outcomes(first)).isEqualTo(outcomes(dry));
      assertThat(first.jsonLines().get(0).path("slots").get(11).asText())
          .isEqualTo("RAO-20300116-0930");
      assertThat(first.jsonLines().get(3).path("hint").asText()).isEqualTo("did you mean RAO?");
      assertThat(prompt.number("select count(*) from slot")).isEqualTo(13);

      CommandLineFixture.Result again = line.json("slot", "open", "--from", from);
      assertThat(outcomes(again))
          .startsWith("2 EXISTS 12", "3 EXISTS 1")
          .endsWith(wrong.toArray(String[]::new));
      assertThat(prompt.number("select count(*) from audit_entry where kind = 'SLOT_OPENED'"))
          .isEqualTo(13);

      line.run("slot", "cancel", "RAO-20300108-0900", "--reason", "ill");
      CommandLineFixture.Result closed = line.json("slot", "open", "--from", from);
      assertThat(closed.jsonLines().getFirst().path("hint").asText())
          .contains("opd slot reopen RAO-20300108-0900");
      assertThat(line.json("audit", "verify").json().path("ok").asBoolean()).isTrue();
    }
  }

  @Test
  void aLineIsOpenedWholeOrNotAtAllAndTheTableSaysWhy() throws Exception {
    try (CommandLineFixture line = new CommandLineFixture().withSlot(5)) {
      String from =
          file("""
          doctor,start,minutes,capacity,every,until,from,to
          RAO,08:00,30,5,30,10:00,2030-01-06,2030-01-07
          RAO,10:00,30,5,,,2030-01-06,2030-01-07
          RAO,09:00,60,5,,,2030-01-07,2030-01-08
          """)
              .toString();
      CommandLineFixture.Result result = line.run("slot", "open", "--from", from);
      assertThat(result.exit()).isEqualTo(2);
      assertThat(result.out())
          .isEqualTo(
              """
              line 2  INVALID  start: there is already RAO-20300107-0900, which is SCHEDULED, but of 60 minutes and with a capacity of 5
                change it with 'opd slot change RAO-20300107-0900 --capacity 5 --minutes 30', or mend the line
              line 3  OPENED  2 of 2 slots, RAO-20300106-1000 to RAO-20300107-1000
              line 4  OPENED  1 of 2 slots, RAO-20300107-0900 to RAO-20300108-0900
              3 lines: 2 opened (3 slots), 0 there already, 1 invalid
              """);
      assertThat(line.json("slot", "list", "--date", "2030-01-06").jsonLines()).hasSize(1);
    }
  }

  @Test
  void whatDoesNotGoTogetherIsWrongUsage() {
    try (CommandLineFixture line = new CommandLineFixture()) {
      for (String[] words :
          List.of(
              new String[] {"slot", "open", "--from", "x", "--doctor", "RAO"},
              new String[] {"slot", "open", "--from", "x", "--request-id", "r"},
              new String[] {"slot", "open", "--doctor", "RAO", "--start", "09:00", "--dry-run"},
              new String[] {"slot", "open", "--doctor", "RAO", "--capacity", "3"},
              new String[] {
                "slot", "open", "--doctor", "RAO", "--start", "09:00", "--capacity", "3"
              })) {
        assertThat(line.json(words).error().path("code").asText()).isEqualTo("USAGE");
      }
    }
  }

  @Test
  @Tag("integration")
  void aRosterThatWasKilledIsContinuedByTakingItAgain() throws Exception {
    try (CommandLineFixture line = new CommandLineFixture();
        Prompt prompt = Prompt.asSuperuser(line.facility())) {
      line.run("doctor", "add", "RAO", "--name", "Dr. Rao");
      StringBuilder roster = new StringBuilder("doctor,start,minutes,capacity,every,until,date\n");
      // More than go into one transaction.
      IntStream.range(0, 200)
          .forEach(day ->
              roster.append(
                  "RAO,06:00,10,5,10,08:00,%s%n"
                      .formatted(LocalDate.of(2030, 1, 1).plusDays(day))));
      String from = file(roster.toString()).toString();
      Process process =
          line.process("slot", "open", "--from", from, "--timeout", "60")
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("out").toFile())
              .start();
      Instant deadline = Instant.now().plus(Await.PATIENCE);
      // Asked first: what it did before it ended is there then.
      boolean isAtWork = process.isAlive();
      while (prompt.number("select count(*) from slot") == 0) {
        assertThat(isAtWork && Instant.now().isBefore(deadline))
            .as(Files.readString(folder.resolve("out")))
            .isTrue();
        Await.pause();
        isAtWork = process.isAlive();
      }
      process.destroyForcibly().waitFor();

      CommandLineFixture.Result last = line.json("slot", "open", "--from", from, "--timeout", "60");
      assertThat(last.exit()).as(last.err()).isZero();
      assertThat(last.jsonLines()).hasSize(200);
      assertThat(last.jsonLines().getFirst().path("outcome").asText()).isEqualTo("EXISTS");
      assertThat(prompt.number("select count(*) from slot")).isEqualTo(200 * 12);
      assertThat(prompt.number("select count(*) from audit_entry where kind = 'SLOT_OPENED'"))
          .isEqualTo(200 * 12);
      assertThat(line.json("audit", "verify").json().path("ok").asBoolean()).isTrue();
    }
  }
}
