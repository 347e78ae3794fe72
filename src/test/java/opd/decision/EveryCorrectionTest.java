package opd.decision;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import opd.domain.Refusal;
import opd.domain.Rule;
import opd.domain.SlotStatus;
import opd.domain.StatusCounts;
import opd.domain.Token;
import opd.domain.TokenPriority;
import opd.domain.TokenStatus;
import org.junit.jupiter.api.Test;

/// Every small slot and every correction in it: an undo of each kind of change, each other capacity
/// with and without displacement, and each reopening. What must follow is written a second time, as
/// the manual has it: no order and no rule of the decisions is used. Wrong decisions run through
/// the same checks and must be caught.
final class EveryCorrectionTest {
  private static final int MOST_PLACES = 3;
  private static final int MOST_TOKENS = 3;
  private static final long NUMBER = 40;
  private static final String REASON = "a wrong click";

  /// How the token of an undo came to be what it is.
  private enum History {
    CANCELLED(TokenStatus.CANCELLED, cancelled(false, false), TokenStatus.ACTIVE, true),
    GAVE_UP_WAITING(TokenStatus.CANCELLED, cancelled(false, false), TokenStatus.DISPLACED, true),
    REPLACED(TokenStatus.CANCELLED, cancelled(true, false), TokenStatus.ACTIVE, false),
    MOVED(TokenStatus.CANCELLED, cancelled(false, true), TokenStatus.ACTIVE, false),
    NO_SHOW(TokenStatus.NO_SHOW, new AuditEvent.TokenNoShow(), TokenStatus.ACTIVE, true),
    SEEN(TokenStatus.COMPLETED, new AuditEvent.TokenCompleted(false), TokenStatus.ACTIVE, true),
    CLOSED(TokenStatus.COMPLETED, new AuditEvent.TokenCompleted(true), TokenStatus.ACTIVE, false);

    private final TokenStatus status;
    private final LastChange last;
    private final boolean isUndoable;

    History(
        TokenStatus status, AuditEvent.StatusChange event, TokenStatus before, boolean isUndoable) {
      this.status = status;
      this.last = new LastChange(event, NUMBER, before);
      this.isUndoable = isUndoable;
    }

    private static AuditEvent.StatusChange cancelled(boolean isReplaced, boolean isMoved) {
      return new AuditEvent.TokenCancelled(
          TokenStatus.ACTIVE,
          null,
          isReplaced,
          isMoved ? Words.token("9P", TokenStatus.ACTIVE).label() : null);
    }
  }

  private interface UndoDecider {
    Decided<Outcome.Change> decide(SlotBook book, Token token, LastChange last, boolean isErased);
  }

  private interface ChangeDecider {
    Decided<Outcome.SlotChange> decide(SlotBook book, SlotCorrection.Terms terms);
  }

  private interface ReopenDecider {
    Decided<Outcome.SlotChange> decide(SlotBook book, List<SlotCorrection.ClosedToken> closed);
  }

  @Test
  void everyUndoIsAsTheManualHasIt() {
    Set<String> seen = new LinkedHashSet<>();
    assertThat(complaintsAboutUndo(EveryCorrectionTest::undo, seen)).isEmpty();
    assertThat(seen)
        .containsExactlyInAnyOrder(
            "NOTHING_TO_UNDO",
            "SLOT_CLOSED",
            "DUPLICATE_TOKEN",
            "SLOT_FULL",
            "ACTIVE",
            "DISPLACED");
  }

  @Test
  void anUndoThatForgetsAHindranceIsCaught() {
    Function<SlotBook, SlotBook> larger = book -> book.with(MOST_PLACES + 1, book.slot().end());
    assertThat(
            complaintsAboutUndo(
                (book, token, last, erased) -> undo(larger.apply(book), token, last, erased),
                new LinkedHashSet<>()))
        .contains("SLOT_FULL expected, ACTIVE decided");
    assertThat(
            complaintsAboutUndo(
                (book, token, last, erased) -> undo(book, token, last, false),
                new LinkedHashSet<>()))
        .contains("NOTHING_TO_UNDO expected, ACTIVE decided");
    assertThat(
            complaintsAboutUndo(
                (book, token, last, erased) ->
                    undo(
                        book,
                        token,
                        new LastChange(last.event(), NUMBER - 1, last.before()),
                        erased),
                new LinkedHashSet<>()))
        .contains("the entry is not the undo's");
  }

  @Test
  void everyChangeOfASlotIsAsTheManualHasIt() {
    Set<String> seen = new LinkedHashSet<>();
    assertThat(complaintsAboutChange(SlotCorrection::change, seen)).isEmpty();
    assertThat(seen)
        .containsExactlyInAnyOrder(
            "SLOT_CLOSED", "CAPACITY_TAKEN", "0 displaced", "1 displaced", "2 displaced");
  }

  @Test
  void aChangeThatTakesTheWrongPlacesIsCaught() {
    assertThat(
            complaintsAboutChange(
                (book, terms) -> {
                  if (!terms.displaces() || book.active().isEmpty()) {
                    return SlotCorrection.change(book, terms);
                  }
                  var kept = new SlotBook(book.slot(), without(book), book.waiting(), book.time());
                  return SlotCorrection.change(kept, terms);
                },
                new LinkedHashSet<>()))
        .contains("others lose their places");
    assertThat(
            complaintsAboutChange(
                (book, terms) ->
                    SlotCorrection.change(
                        book, new SlotCorrection.Terms(terms.capacity(), terms.end(), true)),
                new LinkedHashSet<>()))
        .contains("CAPACITY_TAKEN expected, 1 displaced decided");
  }

  /// Without the last in the queue, who then keeps the place.
  private static List<Token> without(SlotBook book) {
    return book.active().subList(0, book.active().size() - 1);
  }

  @Test
  void everyReopeningIsAsTheManualHasIt() {
    Set<String> seen = new LinkedHashSet<>();
    assertThat(complaintsAboutReopening(EveryCorrectionTest::reopen, seen)).isEmpty();
    assertThat(seen).containsExactlyInAnyOrder("NOTHING_TO_UNDO", "SCHEDULED", "DELAYED");
  }

  @Test
  void aReopeningThatForgetsSomebodyIsCaught() {
    assertThat(
            complaintsAboutReopening(
                (book, closed) ->
                    reopen(book, closed.isEmpty() ? closed : closed.subList(1, closed.size())),
                new LinkedHashSet<>()))
        .contains("others have their places again");
  }

  private static Decided<Outcome.Change> undo(
      SlotBook book, Token token, LastChange last, boolean isErased) {
    return Undo.decide(book, token, last, isErased, List.of(), REASON);
  }

  private static Decided<Outcome.SlotChange> reopen(
      SlotBook book, List<SlotCorrection.ClosedToken> closed) {
    return SlotCorrection.reopen(book, closed, REASON);
  }

  private static Set<String> complaintsAboutUndo(UndoDecider decider, Set<String> seen) {
    Set<String> complaints = new LinkedHashSet<>();
    for (SlotBook others : everyBook()) {
      int number = others.slot().counts().total() + 1;
      for (TokenPriority priority : TokenPriority.values()) {
        for (History history : History.values()) {
          Token alone = Words.token(number, priority).withStatus(history.status);
          SlotBook book = counted(others, history.status);
          List<Token> tokens = new ArrayList<>(List.of(alone));
          // The same patient came again since, and holds or held another place.
          others.active().stream().limit(1).forEach(other -> tokens.add(ofPatient(alone, other)));
          for (Token token : tokens) {
            for (boolean isErased : new boolean[] {false, true}) {
              String expected = expectedOfUndo(book, token, history, isErased);
              var decided = decider.decide(book, token, history.last, isErased);
              seen.add(expected);
              check(complaints, book, token, expected, decided);
            }
          }
        }
      }
    }
    return complaints;
  }

  private static String expectedOfUndo(
      SlotBook book, Token token, History history, boolean isErased) {
    if (!history.isUndoable || isErased) {
      return "NOTHING_TO_UNDO";
    }
    if (history.last.before() == TokenStatus.DISPLACED) {
      return "DISPLACED";
    }
    if (book.status() == SlotStatus.CANCELLED || book.status() == SlotStatus.COMPLETED) {
      return "SLOT_CLOSED";
    }
    for (Token other : book.active()) {
      if (other.patientId() == token.patientId()) {
        return "DUPLICATE_TOKEN";
      }
    }
    return book.active().size() < book.slot().capacity() ? "ACTIVE" : "SLOT_FULL";
  }

  private static void check(
      Set<String> complaints,
      SlotBook book,
      Token token,
      String expected,
      Decided<Outcome.Change> decided) {
    String found =
        switch (decided.outcome()) {
          case Outcome.TokenDone done -> done.token().token().status().name();
          case Outcome.ChangeRejected rejected -> rejected.refusal().name();
        };
    if (!found.equals(expected)) {
      complaints.add("%s expected, %s decided".formatted(expected, found));
      return;
    }
    AuditEvent event = decided.entries().getFirst().event();
    boolean isRefused = decided.outcome() instanceof Outcome.ChangeRejected;
    if (isRefused) {
      require(complaints, decided.changes().isEmpty(), "a refusal changes something");
      require(
          complaints,
          event instanceof AuditEvent.ChangeRejected rejected
              && rejected.refusal() == Refusal.valueOf(expected)
              && rejected.rule() == (expected.equals("SLOT_FULL") ? Rule.CAPACITY : null)
              && REASON.equals(rejected.facts().reason()),
          "the refusal is told otherwise");
      return;
    }
    TokenStatus status = TokenStatus.valueOf(expected);
    require(
        complaints,
        event.equals(new AuditEvent.ChangeUndone(NUMBER, token.status(), status, REASON))
            && event.rule() == null,
        "the entry is not the undo's");
    require(
        complaints,
        decided.changes().equals(List.of(new Change.SetTokenStatus(token, status))),
        "another change");
    SlotBook after = decided.after().getFirst();
    require(
        complaints,
        after.slot().counts().equals(book.slot().counts().minus(token.status()).plus(status)),
        "the counts are not what they were before the mistake");
    checkWaiting(complaints, after, ((Outcome.TokenDone) decided.outcome()).waiting());
  }

  private static Set<String> complaintsAboutChange(ChangeDecider decider, Set<String> seen) {
    Set<String> complaints = new LinkedHashSet<>();
    Instant later = Words.NINE.plusSeconds(7_200);
    for (SlotBook book : everyBook()) {
      for (int capacity = 1; capacity <= MOST_PLACES + 1; capacity++) {
        for (boolean displaces : new boolean[] {false, true}) {
          for (Instant end : new Instant[] {null, later}) {
            var terms = new SlotCorrection.Terms(capacity, end, displaces);
            check(complaints, book, terms, decider.decide(book, terms), seen);
          }
        }
      }
    }
    return complaints;
  }

  private static void check(
      Set<String> complaints,
      SlotBook book,
      SlotCorrection.Terms terms,
      Decided<Outcome.SlotChange> decided,
      Set<String> seen) {
    int tooMany = Math.max(0, book.active().size() - terms.capacity());
    boolean isClosed =
        book.status() == SlotStatus.CANCELLED || book.status() == SlotStatus.COMPLETED;
    String expected =
        isClosed
            ? "SLOT_CLOSED"
            : tooMany > 0 && !terms.displaces() ? "CAPACITY_TAKEN" : tooMany + " displaced";
    seen.add(expected);
    String found =
        decided.outcome() instanceof Outcome.SlotRejected rejected
            ? rejected.refusal().name()
            : ((Outcome.SlotChanged) decided.outcome()).tokens().size() + " displaced";
    if (!found.equals(expected)) {
      complaints.add("%s expected, %s decided".formatted(expected, found));
      complaints.add("others lose their places");
      return;
    }
    if (!(decided.outcome() instanceof Outcome.SlotChanged changed)) {
      require(complaints, decided.changes().isEmpty(), "a refusal changes something");
      return;
    }
    List<Token> keep = new ArrayList<>(book.active());
    Set<Integer> losers = new LinkedHashSet<>();
    for (int taken = 0; taken < tooMany; taken++) {
      Token victim = firstToLose(keep);
      keep.remove(victim);
      losers.add(victim.sequence());
    }
    require(complaints, sequences(changed.tokens()).equals(losers), "others lose their places");
    Instant end = terms.end() == null ? book.slot().end() : terms.end();
    require(
        complaints,
        changed.slot().capacity() == terms.capacity() && changed.slot().end().equals(end),
        "other terms");
    require(
        complaints,
        decided.entries().stream()
            .map(entry -> entry.event().rule())
            .toList()
            .equals(rules(tooMany)),
        "other rules");
    SlotBook after = decided.after().getFirst();
    require(complaints, Set.copyOf(after.active()).equals(Set.copyOf(keep)), "others keep places");
    checkWaiting(complaints, after, changed.waiting());
  }

  /// The lowest class, and of it who came last.
  private static Token firstToLose(List<Token> tokens) {
    Token first = tokens.getFirst();
    for (Token token : tokens) {
      boolean isLower = weight(token) < weight(first);
      boolean isLater = weight(token) == weight(first) && token.sequence() > first.sequence();
      first = isLower || isLater ? token : first;
    }
    return first;
  }

  private static List<Rule> rules(int victims) {
    List<Rule> rules = new ArrayList<>(List.of(Rule.CAPACITY));
    for (int victim = 0; victim < victims; victim++) {
      rules.add(Rule.NEVER_DELETED);
    }
    return rules;
  }

  private static Set<String> complaintsAboutReopening(ReopenDecider decider, Set<String> seen) {
    Set<String> complaints = new LinkedHashSet<>();
    for (SlotBook open : everyBook()) {
      for (boolean isCancelled : new boolean[] {true, false}) {
        for (int erased = -1; erased < open.active().size(); erased++) {
          checkReopening(complaints, open, isCancelled, erased, decider, seen);
        }
      }
    }
    return complaints;
  }

  /// Closes the slot and opens it again.
  ///
  /// @param erased whose patient is erased meanwhile, or -1 for nobody's
  private static void checkReopening(
      Set<String> complaints,
      SlotBook open,
      boolean isCancelled,
      int erased,
      ReopenDecider decider,
      Set<String> seen) {
    if (!open.isOpen()) {
      return;
    }
    var closing = isCancelled ? SlotDecision.cancel(open, "ill") : SlotDecision.complete(open);
    SlotBook closed = closing.after().getFirst();
    TokenStatus status = isCancelled ? TokenStatus.DISPLACED : TokenStatus.COMPLETED;
    List<SlotCorrection.ClosedToken> tokens = new ArrayList<>();
    Set<Integer> expected = new LinkedHashSet<>();
    for (int index = 0; index < open.active().size(); index++) {
      Token token = open.active().get(index).withStatus(status);
      tokens.addFirst(new SlotCorrection.ClosedToken(token, NUMBER + index, index == erased));
      if (index != erased) {
        expected.add(token.sequence());
      }
    }
    require(
        complaints,
        decider.decide(open, tokens).outcome() instanceof Outcome.SlotRejected(var refusal, var _)
            && refusal == Refusal.NOTHING_TO_UNDO,
        "an open slot is reopened");
    seen.add("NOTHING_TO_UNDO");
    var decided = decider.decide(closed, tokens);
    SlotBook after = decided.after().getFirst();
    seen.add(after.status().name());
    require(complaints, after.status() == open.status(), "another status than before");
    require(
        complaints,
        decided.outcome() instanceof Outcome.SlotReopened reopened
            && List.copyOf(sequences(reopened.tokens())).equals(List.copyOf(expected)),
        "others have their places again");
    if (erased < 0) {
      require(complaints, after.equals(open), "others have their places again");
      require(complaints, decided.changes().size() == tokens.size() + 1, "other changes");
    }
    require(
        complaints,
        decided.entries().stream()
            .skip(1)
            .allMatch(entry ->
                entry.event() instanceof AuditEvent.ChangeUndone undone
                    && undone.before() == status
                    && undone.undoes() >= NUMBER
                    && undone.reason() == null),
        "the entries are not the undo's");
  }

  private static void checkWaiting(
      Set<String> complaints, SlotBook after, List<TokenView> waiting) {
    List<Integer> expected = new ArrayList<>();
    List<Token> left = new ArrayList<>(after.waiting());
    left.removeIf(
        token -> after.active().stream().anyMatch(other -> other.patientId() == token.patientId()));
    boolean hasFree = after.isOpen() && after.active().size() < after.slot().capacity();
    while (hasFree && !left.isEmpty()) {
      Token first = left.getFirst();
      for (Token token : left) {
        boolean isHigher = weight(token) > weight(first);
        boolean isEarlier = weight(token) == weight(first) && token.sequence() < first.sequence();
        first = isHigher || isEarlier ? token : first;
      }
      left.remove(first);
      expected.add(first.sequence());
    }
    require(complaints, List.copyOf(sequences(waiting)).equals(expected), "others wait");
  }

  private static int weight(Token token) {
    return switch (token.priority()) {
      case FOLLOW_UP -> 10;
      case PAID -> 20;
      case EMERGENCY -> 30;
    };
  }

  private static Set<Integer> sequences(List<TokenView> views) {
    Set<Integer> sequences = new LinkedHashSet<>();
    views.forEach(view -> sequences.add(view.token().sequence()));
    return sequences;
  }

  private static void require(Set<String> complaints, boolean holds, String otherwise) {
    if (!holds) {
      complaints.add(otherwise);
    }
  }

  private static Token ofPatient(Token token, Token other) {
    return new Token(
        token.id(),
        token.label(),
        other.patientId(),
        token.priority(),
        token.source(),
        token.status(),
        null,
        token.createdAt());
  }

  private static SlotBook counted(SlotBook book, TokenStatus more) {
    StatusCounts counts = book.slot().counts().plus(more);
    return new SlotBook(book.slot().withCounts(counts), book.active(), book.waiting(), book.time());
  }

  private static List<SlotBook> everyBook() {
    List<SlotBook> books = new ArrayList<>();
    for (int places = 1; places <= MOST_PLACES; places++) {
      addBooks(books, places, List.of(), List.of());
    }
    return books;
  }

  /// Each next token is ACTIVE, where there is a place, or waits.
  private static void addBooks(
      List<SlotBook> books, int places, List<Token> active, List<Token> waiting) {
    for (SlotStatus status : SlotStatus.values()) {
      if (status.isOpen() || active.isEmpty()) {
        SlotBook book = Words.book(status, places, active, waiting);
        books.add(status == SlotStatus.DELAYED ? book.with(status, 20) : book);
      }
    }
    int number = active.size() + waiting.size() + 1;
    if (number > MOST_TOKENS) {
      return;
    }
    for (TokenPriority priority : TokenPriority.values()) {
      Token next = Words.token(number, priority);
      if (active.size() < places) {
        addBooks(books, places, with(active, next), waiting);
      }
      addBooks(books, places, active, with(waiting, next.withStatus(TokenStatus.DISPLACED)));
    }
  }

  private static List<Token> with(List<Token> tokens, Token next) {
    List<Token> all = new ArrayList<>(tokens);
    all.add(next);
    return List.copyOf(all);
  }
}
