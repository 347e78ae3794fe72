package opd.decision;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import opd.domain.SlotStatus;
import opd.domain.StatusCounts;
import opd.domain.Token;
import opd.domain.TokenStatus;
import opd.testing.TextTable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// What follows when a mistake is mended, as tables in the words of [DecisionTableTest]. An undone
/// token stands with what it is and what it was: `3P NO_SHOW of ACTIVE`.
final class CorrectionTableTest {
  private static final String IN_ONE_SLOT =
      """
      slot      | capacity | ACTIVE | waiting | request                            | changes                            | log                                        | answer
      SCHEDULED | 2        | 1F     |         | undo 3P NO_SHOW of ACTIVE          | 3P ACTIVE                          | CHANGE_UNDONE 3                            | ACTIVE
      DELAYED   | 2        | 1F     |         | undo 3P COMPLETED of ACTIVE        | 3P ACTIVE                          | CHANGE_UNDONE 3                            | ACTIVE
      SCHEDULED | 3        | 1F     | 2F      | undo 3P CANCELLED of ACTIVE        | 3P ACTIVE                          | CHANGE_UNDONE 3                            | ACTIVE OTHERS_WAIT waiting 2F
      SCHEDULED | 1        | 1F     |         | undo 3E NO_SHOW of ACTIVE          |                                    | CHANGE_REJECTED 3                          | SLOT_FULL
      COMPLETED | 1        |        |         | undo 3P NO_SHOW of ACTIVE          |                                    | CHANGE_REJECTED 3                          | SLOT_CLOSED
      CANCELLED | 1        |        | 1F      | undo 3P CANCELLED of DISPLACED     | 3P DISPLACED                       | CHANGE_UNDONE 3                            | DISPLACED
      SCHEDULED | 2        | 1F     | 2P      | undo 3P CANCELLED of DISPLACED     | 3P DISPLACED                       | CHANGE_UNDONE 3                            | DISPLACED waiting 2P 3P
      SCHEDULED | 2        | 1F     |         | undo 3F CANCELLED of ACTIVE by 1   |                                    | CHANGE_REJECTED 3                          | DUPLICATE_TOKEN 1F
      SCHEDULED | 2        | 1F     |         | change 4                           | slot 4 10:00                       | SLOT_CHANGED                               | 4 10:00
      SCHEDULED | 1        | 1F     | 2P      | change 2                           | slot 2 10:00                       | SLOT_CHANGED                               | 2 10:00 waiting 2P
      SCHEDULED | 2        | 1F     |         | change 2 12:00                     | slot 2 12:00                       | SLOT_CHANGED                               | 2 12:00
      SCHEDULED | 2        | 1F     |         | change 2                           | slot 2 10:00                       | SLOT_CHANGED                               | 2 10:00
      SCHEDULED | 2        | 1F 2F  |         | change 1                           |                                    | CHANGE_REJECTED                            | CAPACITY_TAKEN
      SCHEDULED | 3        | 1F 2E 3F |       | displace 1                         | 1F DISPLACED, 3F DISPLACED, slot 1 10:00 | SLOT_CHANGED, TOKEN_DISPLACED 1, TOKEN_DISPLACED 3 | 1 10:00 1F 3F
      SCHEDULED | 3        | 1E 2E  | 3F      | displace 1                         | 2E DISPLACED, slot 1 10:00         | SLOT_CHANGED, TOKEN_DISPLACED 2            | 1 10:00 2E
      SCHEDULED | 3        | 1E     |         | displace 1                         | slot 1 10:00                       | SLOT_CHANGED                               | 1 10:00
      COMPLETED | 3        |        |         | displace 1                         |                                    | CHANGE_REJECTED                            | SLOT_CLOSED
      CANCELLED | 3        |        | 1F 2P 3F | reopen 1F 2P                      | slot SCHEDULED, 2P ACTIVE, 1F ACTIVE | SLOT_REOPENED, CHANGE_UNDONE 2, CHANGE_UNDONE 1 | SCHEDULED 0 2P 1F waiting 3F
      CANCELLED | 3        |        | 1F      | reopen                             | slot SCHEDULED                     | SLOT_REOPENED                              | SCHEDULED 0 waiting 1F
      SCHEDULED | 3        | 1F     |         | reopen                             |                                    | CHANGE_REJECTED                            | NOTHING_TO_UNDO
      """;

  private static final String MOVES =
      """
      09:00     | 10:00    | request       | changes                                    | log                                                          | answer
      1F        |          | move 1F       | 1F CANCELLED, 10:00 +1F                    | TOKEN_CANCELLED 1, TOKEN_ALLOCATED 1                         | ADMITTED 1F at 1 rule 1 given up 1F
      1P        | 1F       | move 1P       | 1P CANCELLED, 10:00 1F DISPLACED, 10:00 +2P | TOKEN_CANCELLED 1, TOKEN_ALLOCATED 2, TOKEN_DISPLACED 1     | ADMITTED 2P at 1 rule 2 instead of 1F given up 1P
      1F        | 1F       | move 1F       |                                            | ALLOCATION_REJECTED                                          | SLOT_FULL rule 1
      """;

  @TestFactory
  Stream<DynamicTest> whatFollowsInOneSlot() {
    return TextTable.rows(IN_ONE_SLOT).stream()
        .map(row ->
            DynamicTest.dynamicTest(
                String.join(" | ", row.subList(0, 5)),
                () -> DecisionTableTest.holds(row, 5, inOneSlot(row))));
  }

  @TestFactory
  Stream<DynamicTest> whatFollowsFromAMove() {
    return TextTable.rows(MOVES).stream()
        .map(row ->
            DynamicTest.dynamicTest(
                String.join(" | ", row.subList(0, 3)),
                () -> DecisionTableTest.holds(row, 3, moved(row))));
  }

  private static Decided<?> inOneSlot(List<String> row) {
    SlotBook book =
        Words.book(
            SlotStatus.valueOf(row.get(0)),
            Integer.parseInt(row.get(1)),
            Words.tokens(row.get(2), TokenStatus.ACTIVE),
            Words.tokens(row.get(3), TokenStatus.DISPLACED));
    String[] words = row.get(4).split(" ");
    return switch (words[0]) {
      case "undo" -> undo(book, words);
      case "change", "displace" -> {
        Instant end = words.length < 3 ? null : Instant.parse("2030-01-07T" + words[2] + ":00Z");
        yield SlotCorrection.change(
            book,
            new SlotCorrection.Terms(Integer.parseInt(words[1]), end, words[0].equals("displace")));
      }
      case "reopen" -> {
        List<SlotCorrection.ClosedToken> closed = new ArrayList<>();
        Arrays.stream(words)
            .skip(1)
            .map(word -> Words.token(word, TokenStatus.DISPLACED))
            .forEach(token -> closed.add(new SlotCorrection.ClosedToken(token, 9, false)));
        yield SlotCorrection.reopen(book, closed, "came");
      }
      default -> throw new IllegalArgumentException(row.get(4));
    };
  }

  private static Decided<?> undo(SlotBook book, String[] words) {
    TokenStatus status = TokenStatus.valueOf(words[2]);
    TokenStatus before = TokenStatus.valueOf(words[4]);
    Token token = Words.token(words[1], status);
    Optional<Token> held =
        words.length < 7 ? Optional.empty() : book.numbered(Integer.parseInt(words[6]));
    Token asked =
        new Token(
            token.id(),
            token.label(),
            held.map(Token::patientId).orElse(token.patientId()),
            token.priority(),
            token.source(),
            status,
            null,
            token.createdAt());
    AuditEvent.StatusChange event =
        switch (status) {
          case CANCELLED -> new AuditEvent.TokenCancelled(before, null, false);
          case NO_SHOW -> new AuditEvent.TokenNoShow();
          case COMPLETED -> new AuditEvent.TokenCompleted(false);
          case ACTIVE, DISPLACED -> throw new IllegalArgumentException(words[2]);
        };
    StatusCounts counts = book.slot().counts().plus(status);
    SlotBook counted =
        new SlotBook(book.slot().withCounts(counts), book.active(), book.waiting(), book.time());
    return Undo.decide(counted, asked, new LastChange(event, 7, before), false, List.of(), "came");
  }

  private static Decided<?> moved(List<String> row) {
    SlotBook nine =
        Words.book(SlotStatus.SCHEDULED, 1, Words.tokens(row.get(0), TokenStatus.ACTIVE));
    SlotBook ten = Words.later(1, row.get(1));
    Token token = nine.active().getFirst();
    return Move.to(nine, Claim.ofMove(token), ten, null);
  }
}
