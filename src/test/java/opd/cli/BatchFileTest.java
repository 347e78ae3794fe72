package opd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import opd.testing.ClassFacility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Lists as people's programs write them, well and badly.
final class BatchFileTest {
  @AutoClose private static final ClassFacility facility = new ClassFacility();

  private static final String SLOT = CommandLineFixture.SLOT;
  private static final String HEADER = "slot,phone,name,priority,source\n";

  @TempDir private Path folder;
  private CommandLineFixture line;

  @BeforeEach
  void openASlot() {
    line = new CommandLineFixture(facility.anew()).withSlot(3);
  }

  @AfterEach
  void close() {
    line.close();
  }

  private Path file(String content) throws IOException {
    return file(content.getBytes(StandardCharsets.UTF_8));
  }

  private Path file(byte[] content) throws IOException {
    return Files.write(folder.resolve("list"), content);
  }

  private CommandLineFixture.Result take(Path file, String... more) {
    List<String> words = new ArrayList<>(List.of("allocate", "--from", file.toString()));
    words.addAll(List.of(more));
    return line.json(words.toArray(String[]::new));
  }

  private static String patient(int number, String priority) {
    return SLOT + ",98765432%02d,Patient %d,%s,app\n".formatted(number, number, priority);
  }

  private static List<String> outcomes(CommandLineFixture.Result result) {
    return result.jsonLines().stream().map(each -> each.path("outcome").asText()).toList();
  }

  private static List<Long> numbers(CommandLineFixture.Result result) {
    return result.jsonLines().stream().map(each -> each.path("line").asLong()).toList();
  }

  @Test
  void marksCarriageReturnsQuotesBlankLinesAndOtherColumnOrdersAreFine() throws IOException {
    Path list =
        file(
            "\uFEFFname,source,Priority,phone,slot\r\n"
                + "\"Menon, Asha\",app,paid,9876543201,"
                + SLOT
                + "\r\n\r\n\"Bala\r\nIyer\",online,follow-up,9876543202,"
                + SLOT
                + "\r\nChitra,walk_in,EMERGENCY,+919876543203,"
                + SLOT.toLowerCase(Locale.ROOT)
                + "\r\n");
    CommandLineFixture.Result result = take(list);
    // A name is one line; the record after it begins on the physical line 6.
    assertThat(outcomes(result)).containsExactly("ADMITTED", "INVALID", "ADMITTED");
    assertThat(numbers(result)).containsExactly(2L, 4L, 6L);
    assertThat(result.jsonLines().getFirst().path("token").path("patient").path("name").asText())
        .isEqualTo("Menon, Asha");
    assertThat(result.exit()).isEqualTo(2);
  }

  @Test
  void aMalformedLineSpoilsNoOther() throws IOException {
    byte[] content =
        (HEADER
                + patient(1, "paid")
                + SLOT
                + ",12,Bad,paid,app\n"
                + SLOT
                + ",9876543209,B\u00e4d,paid,app\n"
                + SLOT
                + ",9876543208,Lost,payed,app\n"
                + "RAO-20300107-1000,9876543207,Nowhere,paid,app\n"
                + ","
                + "9876543206,Nowhere,paid,app\n"
                + patient(2, "follow-up")
                + SLOT
                + ",98765")
            .getBytes(StandardCharsets.ISO_8859_1);
    CommandLineFixture.Result result = take(file(content));
    assertThat(outcomes(result))
        .containsExactly(
            "ADMITTED",
            "INVALID",
            "INVALID",
            "INVALID",
            "INVALID",
            "INVALID",
            "ADMITTED",
            "INVALID");
    assertThat(result.jsonLines().stream().map(each -> each.path("code").asText()))
        .containsExactly(
            "",
            "INVALID_INPUT",
            "INVALID_INPUT",
            "INVALID_INPUT",
            "SLOT_NOT_FOUND",
            "INVALID_INPUT",
            "",
            "INVALID_INPUT");
    assertThat(result.out()).contains("not UTF-8").contains("did you mean paid?");
  }

  @Test
  void jsonLinesAreToldByTheirFirstCharacter() throws IOException {
    String good =
        "{\"slot\":\"%s\",\"phone\":9876543201,\"name\":\"A\",\"priority\":\"paid\",\"source\":\"app\",\"extra\":1}";
    CommandLineFixture.Result result =
        take(file(good.formatted(SLOT) + "\n\n{\"slot\":\n[1]\n" + good.formatted(SLOT)));
    assertThat(outcomes(result)).containsExactly("ADMITTED", "INVALID", "INVALID", "REJECTED");
    assertThat(numbers(result)).containsExactly(1L, 3L, 4L, 5L);
    assertThat(result.err()).containsOnlyOnce("\"extra\" is not known");
  }

  @Test
  void aLineOfTenMegabytesIsRefusedAndTheRestGoesOn() throws IOException {
    String longName = "x".repeat(10_000_000);
    CommandLineFixture.Result result =
        take(file(HEADER + SLOT + ",9876543201," + longName + ",paid,app\n" + patient(2, "paid")));
    assertThat(outcomes(result)).containsExactly("INVALID", "ADMITTED");
    assertThat(result.out()).contains("10000000 characters").hasSizeLessThan(3000);
  }

  @Test
  void anUnclosedQuoteIsSaidWithTheLinesBeforeItTaken() throws IOException {
    CommandLineFixture.Result result =
        take(
            file(
                HEADER
                    + patient(1, "paid")
                    + SLOT
                    + ",9876543202,\"Open,paid,app\n"
                    + patient(3, "paid")));
    assertThat(outcomes(result)).containsExactly("ADMITTED", "INVALID");
    assertThat(result.exit()).isEqualTo(2);
  }

  @Test
  void strictlyNothingIsTakenOfAListWithAMalformedLine() throws IOException {
    Path list =
        file(
            HEADER + patient(1, "paid") + SLOT.replace('-', '\u2013') + ",9876543202,B,paid,app\n");
    CommandLineFixture.Result result = take(list, "--strict");
    assertThat(result.exit()).isEqualTo(2);
    assertThat(numbers(result)).containsExactly(3L);
    assertThat(result.out()).contains("the character U+2013 in it is no hyphen");
    assertThat(result.err()).as("programs read JSON only").isEmpty();
    assertThat(line.run("allocate", "--from", list.toString(), "--strict").err())
        .contains("nothing was taken of the list");
    assertThat(line.json("queue", SLOT).json().path("tokens")).isEmpty();
    assertThat(take(file(HEADER + patient(1, "paid")), "--strict").exit()).isZero();
  }

  @Test
  void aListTakenAgainIsReplayedAndAMendedLineIsTakenWithIt() throws IOException {
    String rest = patient(1, "paid") + patient(1, "paid") + patient(2, "follow-up");
    CommandLineFixture.Result first = take(file(HEADER + rest + SLOT + ",12,Three,paid,app\n"));
    assertThat(outcomes(first)).containsExactly("ADMITTED", "REJECTED", "ADMITTED", "INVALID");
    CommandLineFixture.Result mended = take(file(HEADER + rest + patient(3, "paid")));
    assertThat(outcomes(mended)).containsExactly("ADMITTED", "REJECTED", "ADMITTED", "ADMITTED");
    assertThat(mended.jsonLines().stream().map(each -> each.path("replayed").asBoolean()))
        .containsExactly(true, true, true, false);
    assertThat(mended.jsonLines().getFirst().path("token"))
        .isEqualTo(first.jsonLines().getFirst().path("token"));

    CommandLineFixture.Result anew = take(file(HEADER + patient(1, "paid")), "--batch-id", "b");
    assertThat(outcomes(anew)).containsExactly("REJECTED");
    assertThat(line.json("audit", "verify").json().path("ok").asBoolean()).isTrue();
  }

  @Test
  void whatIsNoListIsRefusedAsAWhole() throws IOException {
    for (String content : List.of("", "slot,phone\n", "slot,phone,phone,priority,source\n")) {
      CommandLineFixture.Result result = take(file(content));
      assertThat(result.exit()).as(content).isEqualTo(2);
      JsonNode error = result.error();
      assertThat(error.path("code").asText()).isEqualTo("INVALID_INPUT");
    }
    assertThat(take(folder).error().path("message").asText()).contains("is a folder");
    assertThat(take(folder.resolve("none")).error().path("message").asText())
        .contains("there is no file");
  }

  @Test
  void theTableShowsWhatWasNotAdmittedAndASummary() throws IOException {
    Path list = file(HEADER + patient(1, "paid") + patient(1, "paid") + SLOT + ",1,X,paid,app\n");
    CommandLineFixture.Result result = line.run("allocate", "--from", list.toString());
    assertThat(result.out())
        .isEqualTo(
            """
            line 3  REFUSED  RAO-20300107-0900  The patient already holds RAO-20300107-0900-01 in this slot; --replace gives it up for the new one.
            line 4  INVALID  "1" cannot be a phone number: it has too few or too many digits
              give it with its country code, such as +919876543210, or as it is dialled within IN
            3 lines: 1 admitted (0 by displacing somebody), 1 refused, 1 invalid
            """);
  }

  @Test
  void aDateInTheListCountsAndWhatContradictsItIsRefused() throws IOException {
    openOn("2030-01-08T09:00Z");
    openOn("2030-01-08T11:00Z");
    String header = "doctor,date,time,phone,name,priority,source\n";
    CommandLineFixture.Result result =
        take(
            file(
                header
                    + "RAO,2030-01-08,,9876543201,A,paid,app\n"
                    + "RAO,2030-01-08,11:00,9876543202,B,paid,app\n"
                    + "RAO,2030-01-08,10:00,9876543203,C,paid,app\n"
                    + "RAO,2030-01-09,,9876543204,D,paid,app\n"));
    assertThat(outcomes(result)).containsExactly("ADMITTED", "ADMITTED", "INVALID", "INVALID");
    assertThat(result.jsonLines().stream().map(each -> each.at("/token/slot").asText()).limit(2))
        .containsExactly("RAO-20300108-0900", "RAO-20300108-1100");
    assertThat(result.jsonLines().get(3).path("reason").asText()).contains("on 2030-01-09");
    assertThat(take(file(header + "RAO,2030-01-08,,9876543201,A,paid,app\n")).out())
        .contains("\"replayed\":true");

    CommandLineFixture.Result contradicting =
        take(
            file(
                "slot,date,phone,name,priority,source\n"
                    + SLOT
                    + ",2030-01-08,9876543205,E,paid,app\n"));
    assertThat(contradicting.jsonLines().getFirst().path("field").asText()).isEqualTo("date");
  }

  @Test
  void aListIsPutOnAnotherDayAndIsAnotherIntakeThere() throws IOException {
    openOn("2030-01-08T09:00Z");
    Path list =
        file(
            HEADER
                + patient(1, "paid")
                + SLOT.replace("20300107-", "")
                + ",9876543202,B,paid,app\n");
    CommandLineFixture.Result first = take(list, "--date", "2030-01-07");
    CommandLineFixture.Result second = take(list, "--date", "2030-01-08");
    assertThat(first.jsonLines().stream().map(each -> each.at("/token/slot").asText()))
        .containsExactly(SLOT, SLOT);
    assertThat(second.jsonLines().stream().map(each -> each.at("/token/slot").asText()))
        .containsExactly("RAO-20300108-0900", "RAO-20300108-0900");
    assertThat(first.jsonLines().getFirst().path("requestId"))
        .isNotEqualTo(second.jsonLines().getFirst().path("requestId"));
    // Without a new column or option a line keeps its id.
    CommandLineFixture.Result plain = take(file(HEADER + patient(1, "paid")));
    assertThat(plain.jsonLines().getFirst().path("requestId"))
        .isEqualTo(first.jsonLines().getFirst().path("requestId"));
    assertThat(plain.jsonLines().getFirst().path("replayed").asBoolean()).isTrue();
  }

  @Test
  void anUnknownColumnRefusesAListThatIsTakenStrictly() throws IOException {
    Path list =
        file(
            "slot,Mobile No.,Patient Name,priority,source,Remark\n"
                + patient(1, "Follow Up").strip()
                + ",x\n");
    CommandLineFixture.Result refused = take(list, "--strict");
    assertThat(refused.exit()).isEqualTo(2);
    assertThat(refused.error().path("message").asText()).contains("Remark").contains("not known");
    assertThat(line.json("queue", SLOT).json().path("tokens")).isEmpty();
    CommandLineFixture.Result taken = take(list);
    assertThat(outcomes(taken)).containsExactly("ADMITTED");
    assertThat(taken.err()).containsOnlyOnce("warning: column \"Remark\"");
  }

  @Test
  void strictlyNothingIsTakenOfMutatedListsThatAreNotWhole() throws IOException {
    String whole = HEADER + patient(1, "paid") + patient(2, "paid");
    Random random = new Random(Long.getLong("opd.seed", 1));
    for (int number = 0; number < 20; number++) {
      int at = random.nextInt(HEADER.length(), whole.length());
      // No date, no number, no column and no word goes on like this.
      String list = whole.substring(0, at) + "?\"\n," + whole.substring(at);
      assertThat(take(file(list), "--strict").exit()).as(list).isEqualTo(2);
    }
    assertThat(line.json("queue", SLOT).json().path("tokens")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--dry-run",
        "--slip",
        "--replace",
        "--or-next",
        "--unknown",
        "--slot=RAO-20300107-0900",
        "--doctor=RAO",
        "--phone=9876543210",
        "--member=2",
        "--name=A",
        "--priority=paid",
        "--source=app",
        "--reason=chest",
        "--request-id=r"
      })
  void whatIsForOnePatientIsRefusedBesideAListAndNothingIsTaken(String option) throws IOException {
    CommandLineFixture.Result refused = take(file(HEADER + patient(1, "paid")), option);
    assertThat(refused.exit()).isEqualTo(2);
    assertThat(refused.error().path("code").asText()).isEqualTo("USAGE");
    assertThat(refused.error().path("message").asText()).contains(option.split("=", 2)[0]);
    assertThat(line.json("queue", SLOT).json().path("tokens")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--strict", "--format=csv", "--batch-id=b"})
  void whatIsForAListIsRefusedForOnePatient(String option) {
    CommandLineFixture.Result refused =
        line.json(
            "allocate",
            "--slot",
            SLOT,
            "--phone",
            "9876543210",
            "--name",
            "A",
            "--priority",
            "paid",
            "--source",
            "app",
            option);
    assertThat(refused.error().path("code").asText()).isEqualTo("USAGE");
    assertThat(refused.error().path("message").asText()).contains("goes with --from");
  }

  private void openOn(String start) {
    line.run(
        "slot", "open", "--doctor", "RAO", "--start", start, "--minutes", "60", "--capacity", "5");
  }
}
