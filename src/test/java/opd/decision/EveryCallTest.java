package opd.decision;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import opd.domain.DoctorCode;
import opd.domain.Serving;
import opd.domain.SlotStatus;
import opd.domain.Token;
import opd.domain.TokenPriority;
import opd.domain.TokenStatus;
import org.junit.jupiter.api.Test;

/// Every queue of three, each of its patients waiting, called or away: who loses the place, who is
/// called next, and who is passed over for it, worked out once more in another way.
final class EveryCallTest {
  private static final Instant NINE = Instant.parse("2030-01-07T09:00:00Z");

  private enum State {
    WAITING,
    CALLED,
    AWAY
  }

  private static List<SlotBook> books() {
    List<SlotBook> books = new ArrayList<>();
    for (int priorities = 0; priorities < 27; priorities++) {
      String words =
          "1" + letter(priorities) + " 2" + letter(priorities / 3) + " 3" + letter(priorities / 9);
      for (int states = 0; states < 27; states++) {
        List<Token> tokens = new ArrayList<>();
        int rest = states;
        for (Token token : Words.tokens(words, TokenStatus.ACTIVE)) {
          tokens.add(token.withServing(serving(State.values()[rest % 3], token.sequence())));
          rest /= 3;
        }
        books.add(Words.book(SlotStatus.SCHEDULED, 3, tokens, List.of()));
      }
    }
    return books;
  }

  private static char letter(int choice) {
    return "EPF".charAt(choice % 3);
  }

  private static Serving serving(State state, int number) {
    return switch (state) {
      case WAITING -> Serving.NONE;
      // All at one moment, so that the number of the entry tells who was called last.
      case CALLED -> Serving.NONE.called(NINE, null, 10 - number);
      case AWAY -> Serving.NONE.parked(NINE);
    };
  }

  @Test
  void whoWasCalledMakesWayForAnEmergencyOnlyAndAfterAllOthersBelowIt() {
    for (SlotBook book : books()) {
      for (TokenPriority priority : TokenPriority.values()) {
        Optional<Integer> expected = victim(book, priority);
        Decision decision = AllocationRule.decide(book, Words.claim(1_000, priority));
        Optional<Integer> found =
            decision instanceof Decision.Displace displace
                ? Optional.of(displace.victim().sequence())
                : Optional.empty();
        assertThat(found).as(book.active() + " " + priority).isEqualTo(expected);
      }
    }
  }

  /// Looked for class by class, where the rule sorts.
  private static Optional<Integer> victim(SlotBook book, TokenPriority claim) {
    boolean isEmergency = claim == TokenPriority.EMERGENCY;
    for (boolean called : isEmergency ? new boolean[] {false, true} : new boolean[] {false}) {
      for (TokenPriority lower : List.of(TokenPriority.FOLLOW_UP, TokenPriority.PAID)) {
        Optional<Integer> latest = latest(book, lower, called);
        if (latest.isPresent()) {
          return isEmergency || claim.outranks(lower) ? latest : Optional.empty();
        }
      }
    }
    return isEmergency
        ? latest(book, claim, false).or(() -> latest(book, claim, true))
        : Optional.empty();
  }

  private static Optional<Integer> latest(SlotBook book, TokenPriority priority, boolean called) {
    return book.active().stream()
        .filter(token -> token.priority() == priority && token.serving().isCalled() == called)
        .map(Token::sequence)
        .max(Comparator.naturalOrder());
  }

  @Test
  void theFirstWhoIsNeitherCalledNorAwayIsNextAndWhoStandsBeforeIsNamed() {
    for (SlotBook book : books()) {
      List<Token> queue = book.active();
      Optional<Token> expected = Optional.empty();
      List<String> passed = new ArrayList<>();
      for (Token token : queue) {
        if (token.serving().equals(Serving.NONE)) {
          expected = Optional.of(token);
          break;
        }
        passed.add(token.serving().isCalled() ? "CALLED" : "PARKED");
      }
      var wanted = new RoomDecision.Wanted(new DoctorCode("RAO"), null, false, null);
      var decided = RoomDecision.call(List.of(book), wanted);
      switch (decided.outcome()) {
        case Outcome.Served served -> {
          assertThat(served.token().token().label()).isEqualTo(expected.orElseThrow().label());
          assertThat(served.passed().stream().map(each -> each.why().name())).isEqualTo(passed);
          assertThat(decided.entries()).hasSize(1);
          assertThat(decided.after().getFirst().slot()).isEqualTo(book.slot());
        }
        case Outcome.NobodyWaiting _ -> assertThat(expected).isEmpty();
        case Outcome.ChangeRejected rejected -> throw new AssertionError(rejected);
      }
    }
  }

  @Test
  void nextEndsTheOneWhoWasCalledLastAndNobodyElse() {
    for (SlotBook book : books()) {
      // The lowest number was called last.
      Optional<Token> current =
          book.active().stream()
              .filter(token -> token.serving().isCalled())
              .min(Comparator.comparingInt(Token::sequence));
      for (RoomDecision.Ending ending : RoomDecision.Ending.values()) {
        var wanted = new RoomDecision.Wanted(new DoctorCode("RAO"), null, false, null);
        var decided = RoomDecision.next(List.of(book), wanted, ending);
        List<Integer> changed =
            decided.changes().stream()
                .map(change ->
                    switch (change) {
                      case Change.SetTokenStatus(Token token, var _) -> token.sequence();
                      case Change.SetServing(Token token, var serving) when !serving.isCalled() ->
                          token.sequence();
                      case Change _ -> 0;
                    })
                .filter(sequence -> sequence > 0)
                .toList();
        assertThat(changed).isEqualTo(current.map(Token::sequence).stream().toList());
        if (decided.outcome() instanceof Outcome.Served served) {
          assertThat(served.previous() == null).isEqualTo(current.isEmpty());
        }
      }
    }
  }
}
