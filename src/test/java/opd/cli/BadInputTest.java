package opd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever is typed gets one clear sentence, the code of the contract, and never a stack trace.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class BadInputTest {
  private CommandLineFixture line;

  @BeforeAll
  void openASlot() {
    line = new CommandLineFixture().withSlot(2);
  }

  @AfterAll
  void close() {
    line.close();
  }

  static Stream<Arguments> wrongCommands() {
    String allocate = "allocate --slot RAO-20300107-0900 --priority paid --source app ";
    String open = "slot open --doctor RAO --start 2030-01-08T09:00Z ";
    return Stream.of(
        wrong(2, "USAGE", "--actor x", "say what to do"),
        wrong(2, "USAGE", "alocate", "did you mean"),
        wrong(2, "USAGE", "slot", ""),
        wrong(2, "USAGE", "queue --bogus", "unknown option"),
        wrong(2, "USAGE", "cancel", "TOKEN"),
        wrong(2, "USAGE", "allocate --slot X --doctor RAO", ""),
        wrong(2, "USAGE", "slot open --doctor RAO --start 09:00 --capacity 3", "--minutes"),
        wrong(4, "SLOT_NOT_FOUND", "queue RAO-20300107-1000", "there is no slot"),
        wrong(4, "SLOT_NOT_FOUND", "queue id:999999", "there is no slot id:999999"),
        wrong(2, "INVALID_INPUT", "queue nonsense", "is not a slot"),
        wrong(2, "INVALID_INPUT", "queue RAO\u20130900", "the character U+2013 in it is no hyphen"),
        wrong(4, "TOKEN_NOT_FOUND", "cancel RAO-20300107-0900-07", "there is no token"),
        wrong(2, "INVALID_INPUT", "cancel RAO-20300107-0900-7", "is not a token"),
        wrong(4, "DOCTOR_NOT_FOUND", "doctor show RAQ", "did you mean RAO?"),
        wrong(2, "INVALID_INPUT", "doctor show 1X", "is not usable"),
        wrong(2, "DOCTOR_EXISTS", "doctor add RAO --name X", "exists already"),
        wrong(2, "INVALID_INPUT", allocate + "--phone abc --name X", "cannot be a phone number"),
        wrong(2, "INVALID_INPUT", allocate + "--phone 12 --name X", "cannot be a phone number"),
        wrong(2, "INVALID_INPUT", allocate + "--phone 9876543210 --name X --member 0", "--member"),
        wrong(4, "PATIENT_NOT_FOUND", allocate + "--phone 9876500000", "--name"),
        wrong(
            2,
            "INVALID_INPUT",
            "allocate --slot RAO-20300107-0900 --phone 9876543210 --name X --priority payed --source app",
            "did you mean paid?"),
        wrong(2, "INVALID_INPUT", open + "--minutes 60 --capacity 0", "1 to 500"),
        wrong(2, "INVALID_INPUT", open + "--minutes 60 --capacity 501", "1 to 500"),
        wrong(2, "INVALID_INPUT", open + "--minutes 0 --capacity 3", "--minutes"),
        wrong(
            2,
            "INVALID_INPUT",
            open + "--end 2030-01-08T08:00Z --capacity 3",
            "end after its start"),
        wrong(2, "INVALID_INPUT", open + "--end 2030-01-10T08:00Z --capacity 3", "24 hours"),
        wrong(
            2,
            "SLOT_OVERLAPS",
            "slot open --doctor RAO --start 2030-01-07T09:30Z --minutes 60 --capacity 3",
            "overlap"),
        wrong(
            2,
            "INVALID_INPUT",
            "slot open --doctor RAO --start 25:00 --minutes 60 --capacity 3",
            "is not a time"),
        wrong(
            2,
            "INVALID_INPUT",
            "slot open --doctor RAO --start 1900-12-08T10:00 --zone Asia/Kolkata --minutes 60 --capacity 3",
            "between the years 2000 and 9999"),
        wrong(2, "USAGE", "simulate --day --seed x", "--seed is a whole number, and cannot be 'x'"),
        wrong(2, "USAGE", "simulate --day --days 9999999999", "--days is a whole number"),
        wrong(2, "USAGE", open + "--minutes 60 --capacity 3 --every 60", "go together"),
        wrong(2, "INVALID_INPUT", "slot delay RAO-20300107-0900 --minutes -1", "0 to 1440"),
        wrong(2, "INVALID_INPUT", "audit --kind nonsense", "kind of entry"),
        wrong(2, "INVALID_INPUT", "audit --limit 0", "--limit"),
        wrong(2, "INVALID_INPUT", "queue --date 2030-02-30", "is not a date"),
        wrong(2, "INVALID_INPUT", "queue --timeout never", "timeout"),
        wrong(2, "INVALID_INPUT", "queue --facility Main", "facility name"),
        wrong(4, "FACILITY_NOT_FOUND", "queue --facility mian", "there is no facility mian"));
  }

  private static Arguments wrong(int exit, String code, String command, String message) {
    return Arguments.of(exit, code, command, message);
  }

  @ParameterizedTest
  @MethodSource("wrongCommands")
  void aWrongCommandGetsOneClearSentence(int exit, String code, String command, String message) {
    String[] words = command.isEmpty() ? new String[0] : command.split(" ");
    CommandLineFixture.Result result = line.json(words);
    assertThat(result.exit()).as(result.err()).isEqualTo(exit);
    assertThat(result.out()).isEmpty();
    assertThat(result.error().required("code").asText()).isEqualTo(code);
    assertThat(result.err()).contains(message).doesNotContain("Exception").doesNotContain("\tat ");

    CommandLineFixture.Result asText = line.run(words);
    assertThat(asText.exit()).isEqualTo(exit);
    assertThat(asText.err()).startsWith("error: ");
    assertThat(asText.err().lines()).hasSizeLessThanOrEqualTo(2);
  }

  static Stream<String> wrongNames() {
    return Stream.of(
        "",
        " ",
        "x".repeat(10_000),
        "a\u001b[2Jb",
        "a\nb",
        "a\u202eb",
        "a\u0000b",
        "a\u200bb",
        "a\ufffdb");
  }

  @ParameterizedTest
  @MethodSource("wrongNames")
  void aNameThatCannotBeShownSafelyIsRefused(String name) {
    CommandLineFixture.Result result =
        line.json(
            "allocate",
            "--slot",
            CommandLineFixture.SLOT,
            "--phone",
            "9876543299",
            "--name",
            name,
            "--priority",
            "paid",
            "--source",
            "app");
    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.error().required("code").asText()).isEqualTo("INVALID_INPUT");
    assertThat(result.err().codePoints().filter(c -> c < 32 && c != '\n')).isEmpty();
    assertThat(line.json("patient", "find", "3299").out()).isEmpty();
  }

  @Test
  void anUnknownTextInAnErrorIsShownHarmlessly() {
    CommandLineFixture.Result result = line.run("queue", "RAO\u001b[31m\u202e");
    assertThat(result.err()).contains("<U+001B>").contains("<U+202E>").doesNotContain("\u001b");
  }

  @Test
  void everyHelpEndsWithExamples() {
    for (String command :
        Arrays.asList(
            "",
            "allocate",
            "cancel",
            "no-show",
            "complete",
            "reallocate",
            "queue",
            "slot open",
            "slot list",
            "slot show",
            "slot delay",
            "slot cancel",
            "slot complete",
            "doctor add",
            "doctor list",
            "patient add",
            "patient find",
            "audit",
            "db migrate",
            "db url",
            "config",
            "simulate")) {
      String[] words = (command + " --help").strip().split(" ");
      CommandLineFixture.Result help = line.run(words);
      assertThat(help.exit()).as(command).isZero();
      assertThat(help.out()).as(command).containsPattern("Examples?:\\n +\\S+");
      assertThat(help.out().lines()).as(command).allMatch(text -> text.length() <= 80);
    }
  }
}
