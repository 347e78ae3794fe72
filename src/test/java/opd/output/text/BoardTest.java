package opd.output.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import opd.decision.Response;
import opd.decision.TokenView;
import opd.domain.DoctorCode;
import opd.domain.Patient;
import opd.domain.PatientKey;
import opd.domain.PersonName;
import opd.domain.PhoneNumber;
import opd.domain.Serving;
import opd.domain.Slot;
import opd.domain.SlotLabel;
import opd.domain.SlotStatus;
import opd.domain.StatusCounts;
import opd.domain.Token;
import opd.domain.TokenLabel;
import opd.domain.TokenPriority;
import opd.domain.TokenSource;
import opd.domain.TokenStatus;
import opd.service.QueueService.SlotQueue;
import org.junit.jupiter.api.Test;

final class BoardTest {
  private static final Instant NINE = Instant.parse("2030-01-07T09:00:00Z");
  private static final SlotLabel LABEL = SlotLabel.of(new DoctorCode("RAO"), NINE, ZoneOffset.UTC);
  private static final ZoneText KOLKATA = new ZoneText(ZoneId.of("Asia/Kolkata"));

  @Test
  void aBoardShowsEachQueueWithTheClockInItsCornerAndMarksWhatIsNew() {
    BoardChanges changes = BoardChanges.between(List.of(queue(1)), List.of(queue(2)));
    assertThat(text(new Board(false, new Style(false), KOLKATA), changes, queue(2), 72, 10))
        .isEqualTo(
            """
              main  Mon 7 Jan 2030                                   live  14:30 IST
            » RAO-20300107-0900  14:30–15:30 IST  2 of 3 taken
              #  TOKEN  PRIORITY  PATIENT        PHONE          EXPECTED  SOURCE
              1     01  PAID      अनिता देशपांडे 1  +919876543201  14:30     walk-in
            » 2     02  PAID      अनिता देशपांडे 2  +919876543202  14:50     walk-in

            """);
  }

  @Test
  void inAWaitingRoomNobodyIsNamed() {
    Board board = new Board(false, new Style(false), KOLKATA);
    assertThat(text(board, BoardChanges.NONE, queue(1).withoutPeople(), 60, 10))
        .contains("#  TOKEN  EXPECTED  SOURCE")
        .doesNotContain("अनिता", "98765", "PAID");
  }

  @Test
  void largeNumbersFillTheScreen() {
    Board board = new Board(true, new Style(false), ZoneText.UTC);
    assertThat(text(board, BoardChanges.NONE, queue(2), 80, 16))
        .isEqualTo(
            """
              main  Mon 7 Jan 2030                                           live  09:00 UTC
              RAO-20300107-0900  09:00–10:00 UTC  2 of 3 taken
                    ██████    ██
            """
                    .lines()
                    .limit(2)
                    .reduce("", (text, line) -> text + line + "\n")
                + """
                        ██████    ██                    ██████  ██████          ██████  ██████
                        ██  ██  ████                    ██  ██  ██  ██    ██    ██  ██  ██  ██
                        ██  ██    ██                    ██  ██  ██████          ██  ██  ██  ██
                        ██  ██    ██                    ██  ██      ██    ██    ██  ██  ██  ██
                        ██████  ██████                  ██████  ██████          ██████  ██████
                  number 1 in the queue  paid  अनिता देशपांडे 1

                        ██████  ██████                  ██████  ██████          ██████  ██████
                        ██  ██      ██                  ██  ██  ██  ██    ██        ██  ██  ██
                        ██  ██  ██████                  ██  ██  ██████          ██████  ██  ██
                        ██  ██  ██                      ██  ██      ██    ██    ██      ██  ██
                        ██████  ██████                  ██████  ██████          ██████  ██████
                  number 2 in the queue  paid  अनिता देशपांडे 2

                """);
  }

  @Test
  void whatDoesNotFitIsCutOffAndSaidSo() {
    Board board = new Board(false, new Style(true), ZoneText.UTC);
    List<String> lines = lines(board, BoardChanges.NONE, queue(3), 40, 4);
    assertThat(lines).hasSize(4).last().asString().contains("… more than fits");
    assertThat(lines)
        .allMatch(line -> DisplayWidth.of(line.replaceAll("\u001b\\[[0-9;]*m", "")) <= 40);
  }

  @Test
  void whoIsCalledStandsInLargeDigitsWithTheRoomTheLatestFirst() {
    Board board = new Board(false, new Style(false), ZoneText.UTC);
    SlotQueue calling = calling(queue(3), 1, "2", 10);
    List<String> lines = lines(board, BoardChanges.NONE, calling(calling, 3, null, 20), 80, 24);
    assertThat(String.join("\n", lines.subList(1, 8)))
        .isEqualTo(
            """
              ██████  ██████    ██████    ██
              ██  ██      ██    ██  ██  ████
              ██  ██  ██████    ██  ██    ██
              ██  ██      ██    ██  ██    ██
              ██████  ██████    ██████  ██████
              RAO               RAO → room 2
            """);
    assertThat(lines.get(10)).contains("called 09:00 to room 2");
  }

  @Test
  void whatDoesNotFitComesPageAfterPageAndWhatIsOverNotAtAll() {
    Board board = new Board(false, new Style(false), ZoneText.UTC);
    SlotQueue over =
        new SlotQueue(
            queue(1).slot().with(SlotStatus.CANCELLED, 0), List.of(), Response.People.NONE);
    List<SlotQueue> day = List.of(over, queue(2), queue(2));
    List<String> first =
        board.lines(new Board.Content("main", day, BoardChanges.NONE, NINE, true), 80, 6);
    var later = new Board.Content("main", day, BoardChanges.NONE, NINE.plusSeconds(8), true);
    List<String> second = board.lines(later, 80, 6);
    assertThat(List.of(first.getFirst(), second.getFirst()))
        .satisfiesExactlyInAnyOrder(
            line -> assertThat(line).contains("1/2"), line -> assertThat(line).contains("2/2"));
    assertThat(first).noneMatch(line -> line.contains("CANCELLED") || line.contains("more than"));
  }

  @Test
  void onAWideScreenWhatDoesNotFitBelowStandsBeside() {
    Board board = new Board(false, new Style(false), ZoneText.UTC);
    List<SlotQueue> day = List.of(queue(2), queue(2), queue(2));
    var content = new Board.Content("main", day, BoardChanges.NONE, NINE, true);
    List<String> lines = board.lines(content, 170, 10);
    assertThat(lines.getFirst()).doesNotContain("1/2");
    assertThat(lines.get(1)).matches("  RAO-\\S+ .* taken +RAO-\\S+ .* taken");
    assertThat(lines).allMatch(line -> DisplayWidth.of(line) <= 170);
    assertThat(String.join("\n", lines).split("RAO-", -1)).hasSize(1 + day.size());
  }

  private static SlotQueue calling(SlotQueue queue, int number, String room, long seconds) {
    return new SlotQueue(
        queue.slot(),
        queue.tokens().stream()
            .map(view ->
                view.token().sequence() == number
                    ? view.with(token ->
                        token.withServing(
                            Serving.NONE.called(NINE.plusSeconds(seconds), room, number)))
                    : view)
            .toList(),
        queue.people());
  }

  @Test
  void aLostConnectionIsSaidInWords() {
    Board board = new Board(false, new Style(false), ZoneText.UTC);
    var content = new Board.Content("main", List.of(), BoardChanges.NONE, NINE, false);
    assertThat(board.lines(content, 50, 5))
        .containsExactly("  main  Mon 7 Jan 2030  CONNECTION LOST  09:00 UTC", "  No slots.");
  }

  private static String text(
      Board board, BoardChanges changes, SlotQueue queue, int columns, int rows) {
    return String.join("\n", lines(board, changes, queue, columns, rows)) + "\n";
  }

  private static List<String> lines(
      Board board, BoardChanges changes, SlotQueue queue, int columns, int rows) {
    return board.lines(
        new Board.Content("main", List.of(queue), changes, NINE, true), columns, rows);
  }

  private static SlotQueue queue(int tokens) {
    Slot slot =
        new Slot(
            1,
            LABEL,
            NINE,
            NINE.plusSeconds(3600),
            3,
            SlotStatus.SCHEDULED,
            0,
            new StatusCounts(tokens, 0, 0, 0, 0));
    List<TokenView> views =
        java.util.stream.IntStream.rangeClosed(1, tokens).mapToObj(BoardTest::view).toList();
    Map<Long, Patient> patients = Map.of(1L, patient(1), 2L, patient(2), 3L, patient(3));
    return new SlotQueue(slot, views, new Response.People(patients, Map.of()));
  }

  private static TokenView view(int number) {
    Token token =
        new Token(
            number,
            new TokenLabel(LABEL, number),
            number,
            TokenPriority.PAID,
            TokenSource.WALK_IN,
            TokenStatus.ACTIVE,
            null,
            NINE);
    return new TokenView(token, number, NINE.plusSeconds(1200L * (number - 1)));
  }

  private static Patient patient(int number) {
    return new Patient(
        number,
        new PatientKey(new PhoneNumber("+9198765432%02d".formatted(number)), 1),
        new PersonName("अनिता देशपांडे " + number));
  }
}
