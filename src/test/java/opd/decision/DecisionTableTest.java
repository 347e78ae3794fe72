package opd.decision;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import opd.domain.Serving;
import opd.domain.SlotLabel;
import opd.domain.SlotStatus;
import opd.domain.Token;
import opd.domain.TokenLabel;
import opd.domain.TokenPriority;
import opd.domain.TokenStatus;
import opd.testing.TextTable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// What follows from each kind of request, as a table. Tokens are written as their number and the
/// letter of their priority. Of the answer stands what it says of the token or slot asked about.
final class DecisionTableTest {
  private static final String IN_ONE_SLOT =
      """
      slot      | capacity | ACTIVE   | waiting | request         | changes                        | log                                                     | answer
      SCHEDULED | 2        | 1F       |         | allocate P      | +2P                            | TOKEN_ALLOCATED 2                                       | ADMITTED 2P at 1 rule 1
      SCHEDULED | 2        | 1F       |         | allocate F      | +2F                            | TOKEN_ALLOCATED 2                                       | ADMITTED 2F at 2 rule 1
      SCHEDULED | 2        | 1F 2F    |         | allocate P      | 2F DISPLACED, +3P              | TOKEN_ALLOCATED 3, TOKEN_DISPLACED 2                    | ADMITTED 3P at 1 rule 2 instead of 2F
      SCHEDULED | 1        | 1E       |         | allocate E      | 1E DISPLACED, +2E              | TOKEN_ALLOCATED 2, TOKEN_DISPLACED 1                    | ADMITTED 2E at 1 rule 3 instead of 1E EMERGENCY_DISPLACED_EMERGENCY NO_REASON
      SCHEDULED | 1        | 1F       |         | allocate F      |                                | ALLOCATION_REJECTED                                     | SLOT_FULL rule 1
      SCHEDULED | 2        | 1F       |         | allocate E of 1 |                                | ALLOCATION_REJECTED                                     | DUPLICATE_TOKEN 1F
      CANCELLED | 2        |          | 1F      | allocate E      |                                | ALLOCATION_REJECTED                                     | SLOT_CLOSED
      SCHEDULED | 2        | 1F       | 2F      | allocate F      | +3F                            | TOKEN_ALLOCATED 3                                       | ADMITTED 3F at 2 rule 1 OTHERS_WAIT 2F
      SCHEDULED | 3        | 1F       | 2F 3P   | allocate E      | +4E                            | TOKEN_ALLOCATED 4                                       | ADMITTED 4E at 1 rule 1 OTHERS_WAIT 3P 2F
      SCHEDULED | 2        | 1F       | 2F      | allocate F of 2 | +3F                            | TOKEN_ALLOCATED 3                                       | ADMITTED 3F at 2 rule 1
      SCHEDULED | 1        | 1F       | 2F      | allocate P      | 1F DISPLACED, +3P              | TOKEN_ALLOCATED 3, TOKEN_DISPLACED 1                    | ADMITTED 3P at 1 rule 2 instead of 1F
      SCHEDULED | 1        | 1F       |         | allocate E because pain | 1F DISPLACED, +2E      | TOKEN_ALLOCATED 2, TOKEN_DISPLACED 1                    | ADMITTED 2E at 1 rule 3 instead of 1F
      SCHEDULED | 2        | 1F       |         | allocate E      | +2E                            | TOKEN_ALLOCATED 2                                       | ADMITTED 2E at 1 rule 1
      SCHEDULED | 1        |          |         | allocate F holding 0930 | +1F                    | TOKEN_ALLOCATED 1                                       | ADMITTED 1F at 1 rule 1 HOLDS_ANOTHER holds SEN-20300107-0930-01
      SCHEDULED | 1        | 1F       |         | allocate P holding 0830 | 1F DISPLACED, +2P      | TOKEN_ALLOCATED 2, TOKEN_DISPLACED 1                    | ADMITTED 2P at 1 rule 2 instead of 1F HOLDS_ANOTHER holds SEN-20300107-0830-01
      SCHEDULED | 1        |          |         | allocate F holding 1000 | +1F                    | TOKEN_ALLOCATED 1                                       | ADMITTED 1F at 1 rule 1
      SCHEDULED | 1        |          |         | allocate F holding 0800 | +1F                    | TOKEN_ALLOCATED 1                                       | ADMITTED 1F at 1 rule 1

      SCHEDULED | 2        | 1F 2F    |         | replace E of 1  | 1F CANCELLED, +3E              | TOKEN_CANCELLED 1, TOKEN_ALLOCATED 3                    | ADMITTED 3E at 1 rule 1
      SCHEDULED | 1        | 1F       |         | replace F of 1  | 1F CANCELLED, +2F              | TOKEN_CANCELLED 1, TOKEN_ALLOCATED 2                    | ADMITTED 2F at 1 rule 1
      SCHEDULED | 1        | 1F       |         | replace P of 9  | 1F DISPLACED, +2P              | TOKEN_ALLOCATED 2, TOKEN_DISPLACED 1                    | ADMITTED 2P at 1 rule 2 instead of 1F

      SCHEDULED | 1        | 1E       | 2F      | replace F of 1  | 1E CANCELLED, +3F              | TOKEN_CANCELLED 1, TOKEN_ALLOCATED 3                    | ADMITTED 3F at 1 rule 1 OTHERS_WAIT 2F

      SCHEDULED | 2        | 1F 2P    |         | cancel 1        | 1F CANCELLED                   | TOKEN_CANCELLED 1                                       | CANCELLED
      SCHEDULED | 2        | 1F 2P    |         | no-show 2       | 2P NO_SHOW                     | TOKEN_NO_SHOW 2                                         | NO_SHOW
      DELAYED   | 2        | 1F 2P    |         | complete 2      | 2P COMPLETED                   | TOKEN_COMPLETED 2                                       | COMPLETED
      SCHEDULED | 2        | 1E 2P    | 3F 4P   | cancel 1        | 1E CANCELLED                   | TOKEN_CANCELLED 1                                       | CANCELLED waiting 4P 3F
      SCHEDULED | 2        | 1E 2P    | 3F      | cancel 3        | 3F CANCELLED                   | TOKEN_CANCELLED 3                                       | CANCELLED
      SCHEDULED | 2        | 1E       | 3F      | complete 3      |                                | CHANGE_REJECTED 3                                       | TOKEN_NOT_ACTIVE
      SCHEDULED | 2        | 1E       | 3F      | no-show 3       |                                | CHANGE_REJECTED 3                                       | TOKEN_NOT_ACTIVE

      SCHEDULED | 2        | 1E       | 3F      | reallocate 3    | 3F ACTIVE                      | TOKEN_REINSTATED 3                                      | ADMITTED 3F at 2 rule 5
      SCHEDULED | 2        | 1E       | 3F 4P   | reallocate 3    | 3F ACTIVE                      | TOKEN_REINSTATED 3                                      | ADMITTED 3F at 2 rule 5 OTHERS_WAIT 4P
      SCHEDULED | 1        | 1E       | 3F      | reallocate 3    |                                | CHANGE_REJECTED 3                                       | NO_FREE_PLACE
      SCHEDULED | 1        | 1F       | 3P      | reallocate 3    |                                | CHANGE_REJECTED 3                                       | NO_FREE_PLACE
      SCHEDULED | 1        | 1F       | 3P      | to-own 3        | 1F DISPLACED, 3P ACTIVE        | TOKEN_REINSTATED 3, TOKEN_DISPLACED 1                   | ADMITTED 3P at 1 rule 5 instead of 1F
      SCHEDULED | 1        | 1E       | 3P      | to-own 3        |                                | ALLOCATION_REJECTED                                     | SLOT_FULL rule 1
      CANCELLED | 1        |          | 3P      | to-own 3        |                                | ALLOCATION_REJECTED                                     | SLOT_CLOSED

      SCHEDULED | 2        | 1F 2E    |         | delay 20        | slot DELAYED 20                | SLOT_DELAYED                                            | DELAYED 20 2E 1F
      DELAYED   | 2        | 1F       |         | delay 0         | slot SCHEDULED 0               | SLOT_DELAYED                                            | SCHEDULED 0 1F
      COMPLETED | 2        |          |         | delay 20        |                                | CHANGE_REJECTED                                         | SLOT_CLOSED
      SCHEDULED | 3        | 1F 2E    | 3P      | cancel slot     | 2E DISPLACED, 1F DISPLACED, slot CANCELLED 0 | SLOT_CANCELLED, TOKEN_DISPLACED 2, TOKEN_DISPLACED 1 | CANCELLED 0 2E 1F
      SCHEDULED | 3        |          |         | cancel slot     | slot CANCELLED 0               | SLOT_CANCELLED                                          | CANCELLED 0
      CANCELLED | 3        |          | 1F      | cancel slot     |                                | CHANGE_REJECTED                                         | SLOT_CLOSED
      SCHEDULED | 3        | 1F 2E    | 3P      | complete slot   | 2E COMPLETED, 1F COMPLETED, slot COMPLETED 0 | SLOT_COMPLETED, TOKEN_COMPLETED 2, TOKEN_COMPLETED 1 | COMPLETED 0 2E 1F
      COMPLETED | 3        |          |         | complete slot   |                                | CHANGE_REJECTED                                         | SLOT_CLOSED
      """;

  private static final String IN_TWO_SLOTS =
      """
      09:00     | 10:00    | request       | changes                                    | log                                                                                         | answer
      1F        |          | or-next F     | 10:00 +1F                                  | ALLOCATION_REJECTED, TOKEN_ALLOCATED 1                                                      | ADMITTED 1F at 1 rule 1
      1F        | 1F       | or-next P     | 1F DISPLACED, +2P                          | TOKEN_ALLOCATED 2, TOKEN_DISPLACED 1                                                        | ADMITTED 2P at 1 rule 2 instead of 1F
      1F        | 1F       | or-next F     |                                            | ALLOCATION_REJECTED                                                                         | SLOT_FULL rule 1
      1F        |          | or-next F of 1 |                                           | ALLOCATION_REJECTED                                                                         | DUPLICATE_TOKEN 1F
      1E        |          | reallocate 2P | 10:00 +1P                                  | TOKEN_ALLOCATED 1, TOKEN_REALLOCATED 2                                                      | ADMITTED 1P at 1 rule 1
      1E        | 1P       | reallocate 2P |                                            | CHANGE_REJECTED 2                                                                           | NO_FREE_PLACE
      1E        | 1F       | to-other 2P   | 10:00 1F DISPLACED, 10:00 +2P              | TOKEN_ALLOCATED 2, TOKEN_DISPLACED 1, TOKEN_REALLOCATED 2                                   | ADMITTED 2P at 1 rule 2 instead of 1F
      1E        | 1P       | to-other 2P   |                                            | ALLOCATION_REJECTED                                                                         | SLOT_FULL rule 1
      1F        |          | move slot     | 1F DISPLACED, slot CANCELLED 0, 10:00 +1F  | SLOT_CANCELLED, TOKEN_DISPLACED 1, TOKEN_ALLOCATED 1, TOKEN_REALLOCATED 1                   | CANCELLED 0 1F, moved 1F
      1F        | 1P       | move slot     | 1F DISPLACED, slot CANCELLED 0             | SLOT_CANCELLED, TOKEN_DISPLACED 1, CHANGE_REJECTED 1                                        | CANCELLED 0 1F, moved
      1F        |          | leave nine    | 1F DISPLACED, slot CANCELLED 0, 10:00 +1F  | SLOT_CANCELLED, TOKEN_DISPLACED 1, TOKEN_ALLOCATED 1, TOKEN_REALLOCATED 1                   | CANCELLED 0 1F, moved 1F
      1F        | 1P       | leave both    | 1F DISPLACED, slot CANCELLED 0, 10:00 1P DISPLACED, slot CANCELLED 0 | SLOT_CANCELLED, TOKEN_DISPLACED 1, CHANGE_REJECTED 1, SLOT_CANCELLED, TOKEN_DISPLACED 1, CHANGE_REJECTED 1 | CANCELLED 0 1F, moved; CANCELLED 0 1P, moved
      1F        | 1P       | late 15       | slot DELAYED 15, slot DELAYED 15           | SLOT_DELAYED, SLOT_DELAYED                                                                  | DELAYED 15 1F; DELAYED 15 1P
                | 1P       | move slot     | slot CANCELLED 0                           | SLOT_CANCELLED                                                                              | CANCELLED 0, moved
      """;

  @TestFactory
  Stream<DynamicTest> whatFollowsInOneSlot() {
    return TextTable.rows(IN_ONE_SLOT).stream()
        .map(row ->
            DynamicTest.dynamicTest(
                String.join(" | ", row.subList(0, 5)), () -> holds(row, 5, inOneSlot(row))));
  }

  @TestFactory
  Stream<DynamicTest> whatFollowsInTwoSlots() {
    return TextTable.rows(IN_TWO_SLOTS).stream()
        .map(row ->
            DynamicTest.dynamicTest(
                String.join(" | ", row.subList(0, 3)), () -> holds(row, 3, inTwoSlots(row))));
  }

  static void holds(List<String> row, int column, Decided<?> decided) {
    assertThat(changes(decided)).as("changes").isEqualTo(row.get(column));
    assertThat(log(decided)).as("log").isEqualTo(row.get(column + 1));
    assertThat(answer(decided.outcome())).as("answer").isEqualTo(row.get(column + 2));
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
      case "allocate" -> Allocation.decide(book, claim(words), null);
      case "replace" -> Allocation.replace(book, claim(words), null);
      case "reallocate" ->
          Reallocation.toFirstFree(book, reallocation(book, words[1]), List.of(book));
      case "to-own" -> Reallocation.to(book, reallocation(book, words[1]), book, null);
      case "no-show" -> change(book, words[1], TokenChange.NO_SHOW);
      case "delay" -> SlotDecision.delay(book, Integer.parseInt(words[1]));
      case "cancel" ->
          words[1].equals("slot")
              ? SlotDecision.cancel(book, "ill")
              : change(book, words[1], TokenChange.CANCEL);
      case "complete" ->
          words[1].equals("slot")
              ? SlotDecision.complete(book)
              : change(book, words[1], TokenChange.COMPLETE);
      default -> throw new IllegalArgumentException(row.get(4));
    };
  }

  /// Two slots of one place each, of which the first is full where somebody waits in it.
  private static Decided<?> inTwoSlots(List<String> row) {
    SlotBook nine =
        Words.book(SlotStatus.SCHEDULED, 1, Words.tokens(row.get(0), TokenStatus.ACTIVE));
    SlotBook ten = Words.later(1, row.get(1));
    String[] words = row.get(2).split(" ");
    return switch (words[0]) {
      case "or-next" ->
          Allocation.orNext(
              Allocation.decide(nine, claim(words), ten.slot()), List.of(ten), claim(words));
      case "reallocate" -> {
        Token lost = Words.token(words[1], TokenStatus.DISPLACED);
        yield Reallocation.toFirstFree(nine, Claim.ofReallocation(lost), List.of(nine, ten));
      }
      case "to-other" ->
          Reallocation.to(
              nine, Claim.ofReallocation(Words.token(words[1], TokenStatus.DISPLACED)), ten, null);
      case "move" -> SlotDecision.cancelAndMove(nine, "ill", List.of(ten), Map.of());
      case "late" -> DoctorDecision.late(List.of(nine, ten), Integer.parseInt(words[1]));
      case "leave" -> {
        boolean isWhole = words[1].equals("both");
        yield DoctorDecision.away(
            isWhole ? List.of(nine, ten) : List.of(nine),
            "ill",
            null,
            isWhole ? List.of() : List.of(ten),
            Map.of());
      }
      default -> throw new IllegalArgumentException(row.get(2));
    };
  }

  private static Claim claim(String[] words) {
    TokenPriority priority = Words.priority(words[1]);
    Claim claim = Words.claim(1_000, priority);
    if (words.length == 2) {
      return claim;
    }
    return switch (words[2]) {
      case "of" -> Words.claim(Long.parseLong(words[3]), priority);
      case "because" -> claim.because(words[3]);
      case "holding" -> claim.holding(List.of(anHourWithAnother(words[3])));
      default -> throw new IllegalArgumentException(words[2]);
    };
  }

  private static HeldToken anHourWithAnother(String start) {
    SlotLabel slot = SlotLabel.parse("SEN-20300107-" + start).orElseThrow();
    Instant begin = slot.wallTime().toInstant(ZoneOffset.UTC);
    return new HeldToken(new TokenLabel(slot, 1), begin, begin.plusSeconds(3600));
  }

  private static Claim reallocation(SlotBook book, String number) {
    return Claim.ofReallocation(token(book, number));
  }

  private static Decided<?> change(SlotBook book, String number, TokenChange change) {
    return TokenDecision.decide(book, token(book, number), false, change, null);
  }

  private static Token token(SlotBook book, String number) {
    return Stream.concat(book.active().stream(), book.waiting().stream())
        .filter(token -> token.sequence() == Integer.parseInt(number))
        .findFirst()
        .orElseThrow();
  }

  private static String changes(Decided<?> decided) {
    return decided.changes().stream()
        .map(change ->
            switch (change) {
              case Change.TakePlace(long _, Token token, var _) ->
                  at(token) + "+" + Words.word(token);
              case Change.SetTokenStatus(Token token, TokenStatus status) ->
                  at(token) + Words.word(token) + " " + status;
              case Change.SetSlotStatus(var _, SlotStatus status, int minutes) ->
                  "slot " + status + " " + minutes;
              case Change.SetSlotTerms(var _, int capacity, Instant end) ->
                  "slot " + capacity + " " + Words.clock(end);
              case Change.ReopenSlot(var _, SlotStatus status) -> "slot " + status;
              case Change.SetServing(Token token, var serving) ->
                  at(token) + Words.word(token) + " " + serving(serving);
            })
        .collect(Collectors.joining(", "));
  }

  private static String serving(Serving serving) {
    return words(
        serving.arrivedAt() == null ? "" : "here",
        serving.isCalled() ? "called" : "",
        serving.room() == null ? "" : "to " + serving.room(),
        serving.isParked() ? "away" : "",
        Integer.toString(serving.calls()));
  }

  private static String at(Token token) {
    return token.label().slot().equals(Words.MORNING) ? "" : "10:00 ";
  }

  private static String log(Decided<?> decided) {
    return decided.entries().stream()
        .map(entry ->
            entry.event().kind()
                + (entry.subject() instanceof AuditSubject.OfSlot(long _, Token token, var _)
                        && token != null
                    ? " " + token.sequence()
                    : ""))
        .collect(Collectors.joining(", "));
  }

  private static String answer(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Admitted admitted ->
          words(
              "ADMITTED",
              Words.word(admitted.token().token()),
              "at " + admitted.token().position(),
              "rule " + admitted.rule().number(),
              admitted.displaced() == null
                  ? ""
                  : "instead of " + Words.word(admitted.displaced().token()),
              admitted.warnings().stream().map(Warning::name).collect(Collectors.joining(" ")),
              tokens(admitted.othersWaiting()),
              admitted.holds() == null ? "" : "holds " + admitted.holds(),
              admitted.isMoved() ? "given up " + Words.word(admitted.from().token()) : "",
              admitted.waiting().isEmpty() ? "" : "waiting " + tokens(admitted.waiting()));
      case Outcome.Rejected rejected ->
          words(
              rejected.refusal().name(),
              rejected.existing() == null ? "" : Words.word(rejected.existing().token()),
              rejected.rule() == null ? "" : "rule " + rejected.rule().number());
      case Outcome.TokenDone done ->
          words(
              done.token().token().status().name(),
              done.warnings().stream().map(Warning::name).collect(Collectors.joining(" ")),
              done.waiting().isEmpty() ? "" : "waiting " + tokens(done.waiting()));
      case Outcome.ChangeRejected rejected ->
          words(
              rejected.refusal().name(),
              rejected.existing() == null ? "" : Words.word(rejected.existing().token()));
      case Outcome.PatientRejected rejected -> rejected.refusal().name();
      case Outcome.Served served ->
          words(
              served.token() == null ? "nobody" : Words.word(served.token().token()),
              served.passed().stream()
                  .map(passed -> "past " + Words.word(passed.token().token()) + " " + passed.why())
                  .collect(Collectors.joining(" ")),
              served.previous() == null ? "" : "after " + Words.word(served.previous().token()));
      case Outcome.NobodyWaiting _ -> "NOBODY_WAITING";
      case Outcome.SlotDone done -> slot(done.slot().status(), 0, done.tokens());
      case Outcome.SlotDelayed delayed ->
          slot(delayed.slot().status(), delayed.slot().delayMinutes(), delayed.tokens());
      case Outcome.SlotMoved moved ->
          words(
              slot(moved.slot().status(), 0, moved.tokens()) + ",", "moved", tokens(moved.moved()));
      case Outcome.SlotChanged changed ->
          words(
              Integer.toString(changed.slot().capacity()),
              Words.clock(changed.slot().end()),
              tokens(changed.tokens()),
              changed.waiting().isEmpty() ? "" : "waiting " + tokens(changed.waiting()));
      case Outcome.SlotReopened reopened ->
          words(
              slot(reopened.slot().status(), reopened.slot().delayMinutes(), reopened.tokens()),
              reopened.waiting().isEmpty() ? "" : "waiting " + tokens(reopened.waiting()));
      case Outcome.SlotRejected rejected -> rejected.refusal().name();
      case Outcome.SlotsOpened _, Outcome.DoctorSaved _ -> throw new IllegalArgumentException();
      case Outcome.PatientSaved _, Outcome.FacilitySaved _ -> throw new IllegalArgumentException();
      case Outcome.DoctorLate late ->
          late.slots().stream().map(part -> answer(part)).collect(Collectors.joining("; "));
      case Outcome.DoctorAway away ->
          away.slots().stream().map(part -> answer(part)).collect(Collectors.joining("; "));
    };
  }

  private static String slot(SlotStatus status, int minutes, List<TokenView> tokens) {
    return words(status.name(), Integer.toString(minutes), tokens(tokens));
  }

  private static String tokens(List<TokenView> views) {
    return Words.words(views.stream().map(TokenView::token).toList());
  }

  private static String words(String... words) {
    return Arrays.stream(words).filter(word -> !word.isEmpty()).collect(Collectors.joining(" "));
  }
}
