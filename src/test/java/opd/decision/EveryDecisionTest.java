package opd.decision;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import opd.domain.AuditKind;
import opd.domain.SlotStatus;
import opd.domain.StatusCounts;
import opd.domain.Token;
import opd.domain.TokenLabel;
import opd.domain.TokenPriority;
import opd.domain.TokenStatus;
import org.junit.jupiter.api.Test;

/// Every state of a slot with one to three places and up to three tokens, and every request in it:
/// changes, entries and the book afterwards must tell the same story. Decisions that leave a piece
/// out run through the same checker and must be caught.
final class EveryDecisionTest {
  private static final int MOST_PLACES = 3;
  private static final int MOST_TOKENS = 3;
  private static final long NEW_PATIENT = 1_000;

  private record World(SlotBook book, String request, Supplier<Decided<?>> decision) {
    @Override
    public String toString() {
      return "%s in %s %d places %s waiting %s"
          .formatted(
              request,
              book.status(),
              book.slot().capacity(),
              Words.words(book.active()),
              Words.words(book.waiting()));
    }
  }

  @Test
  void everyDecisionIsWhole() {
    List<World> worlds = everyWorld();
    assertThat(worlds).hasSizeGreaterThan(20_000);
    for (World world : worlds) {
      assertThat(complaints(world, world.decision().get())).as(world.toString()).isEmpty();
    }
  }

  @Test
  void theSameRequestIsDecidedTheSameAgain() {
    for (World world : everyWorld()) {
      assertThat(world.decision().get()).as(world.toString()).isEqualTo(world.decision().get());
    }
  }

  @Test
  void aForgottenEntryIsCaught() {
    assertThat(complaintsAbout(it -> with(it, it.changes(), last(it.entries()), it.after())))
        .contains("a change without its entry");
  }

  @Test
  void aForgottenChangeIsCaught() {
    assertThat(complaintsAbout(it -> with(it, last(it.changes()), it.entries(), it.after())))
        .contains("an entry without its change", "the book is not what the changes make of it");
  }

  @Test
  void aBookThatStaysAsItWasIsCaught() {
    assertThat(
            complaintsAbout(it ->
                with(
                    it,
                    it.changes(),
                    it.entries(),
                    it.after().stream()
                        .map(book -> new SlotBook(book.slot(), List.of(), List.of(), book.time()))
                        .toList())))
        .contains("the book is not what the changes make of it");
  }

  @Test
  void aNumberThatIsGivenTwiceIsCaught() {
    assertThat(
            complaintsAbout(it ->
                it.with(
                    token -> token.id() == Allocation.UNWRITTEN ? numberedLike(token, 1) : token)))
        .contains("a number that is not the next");
  }

  private static Token numberedLike(Token token, int number) {
    return new Token(
        token.id(),
        new TokenLabel(token.label().slot(), number),
        token.patientId(),
        token.priority(),
        token.source(),
        token.status(),
        token.reallocatedFrom(),
        token.createdAt());
  }

  private static Decided<?> with(
      Decided<?> decided, List<Change> changes, List<NewEntry> entries, List<SlotBook> after) {
    return new Decided<>(changes, entries, decided.outcome(), after);
  }

  /// Without the last of several.
  private static <T> List<T> last(List<T> all) {
    return all.isEmpty() ? all : all.subList(0, all.size() - 1);
  }

  private static Set<String> complaintsAbout(UnaryOperator<Decided<?>> spoilt) {
    Set<String> complaints = new LinkedHashSet<>();
    everyWorld()
        .forEach(
            world -> complaints.addAll(complaints(world, spoilt.apply(world.decision().get()))));
    return complaints;
  }

  private static List<String> complaints(World world, Decided<?> decided) {
    List<String> complaints = new ArrayList<>();
    SlotBook after = decided.after(world.book());
    Map<Integer, Token> tokens = tokens(world.book());
    int known = world.book().slot().counts().total();
    SlotStatus status = world.book().status();
    Set<String> due = new TreeSet<>();
    for (Change change : decided.changes()) {
      switch (change) {
        case Change.TakePlace(long _, Token token, var _) -> {
          require(complaints, token.sequence() == ++known, "a number that is not the next");
          tokens.put(token.sequence(), token);
          due.add(AuditKind.TOKEN_ALLOCATED + " " + token.sequence());
        }
        case Change.SetTokenStatus(Token token, TokenStatus now) -> {
          require(
              complaints,
              token.equals(tokens.get(token.sequence())),
              "a token that was otherwise is changed");
          tokens.put(token.sequence(), token.withStatus(now));
          due.add(kind(now) + " " + token.sequence());
        }
        case Change.SetSlotStatus(var _, SlotStatus now, int _) -> status = now;
        case Change.ReopenSlot(var _, SlotStatus now) -> status = now;
        case Change.SetServing(Token token, var serving) ->
            tokens.put(token.sequence(), token.withServing(serving));
        case Change.SetSlotTerms _ -> {}
      }
    }
    Set<String> told = new TreeSet<>();
    boolean isRefused = false;
    for (NewEntry entry : decided.entries()) {
      isRefused |= entry.event().kind().isRefusal();
      if (!entry.event().kind().isRefusal()
          && entry.subject() instanceof AuditSubject.OfSlot(long _, Token token, var _)
          && token != null) {
        told.add(entry.event().kind() + " " + token.sequence());
      }
    }
    require(complaints, told.containsAll(due), "a change without its entry");
    require(complaints, due.containsAll(told), "an entry without its change");
    require(complaints, !decided.entries().isEmpty(), "a change without its entry");
    require(
        complaints,
        isRefused == decided.outcome().isRefused(),
        "an answer that the log does not tell of");
    require(complaints, !isRefused || decided.changes().isEmpty(), "a refusal changes something");
    require(
        complaints,
        after.status() == status
            && Set.copyOf(after.active()).equals(of(tokens, TokenStatus.ACTIVE))
            && Set.copyOf(after.waiting()).equals(of(tokens, TokenStatus.DISPLACED))
            && after.slot().counts().equals(counts(tokens)),
        "the book is not what the changes make of it");
    if (decided.outcome() instanceof Outcome.Admitted admitted) {
      Set<Long> seated = new HashSet<>();
      after.active().forEach(token -> seated.add(token.patientId()));
      List<String> others = new ArrayList<>();
      for (TokenPriority priority :
          List.of(TokenPriority.EMERGENCY, TokenPriority.PAID, TokenPriority.FOLLOW_UP)) {
        world.book().waiting().stream()
            .filter(token -> token.priority() == priority && admitted.displaced() == null)
            .filter(token -> !seated.contains(token.patientId()))
            .forEach(token -> others.add(Words.word(token)));
      }
      require(
          complaints,
          others.equals(
                  admitted.othersWaiting().stream().map(view -> Words.word(view.token())).toList())
              && others.isEmpty() != admitted.warnings().contains(Warning.OTHERS_WAIT),
          "somebody who waits is not named");
    }
    Set<Long> patients = new HashSet<>();
    after
        .active()
        .forEach(token ->
            require(complaints, patients.add(token.patientId()), "a patient has two places"));
    require(
        complaints, after.isOpen() || after.active().isEmpty(), "somebody sits in a closed slot");
    return complaints;
  }

  private static AuditKind kind(TokenStatus now) {
    return switch (now) {
      case ACTIVE -> AuditKind.TOKEN_REINSTATED;
      case DISPLACED -> AuditKind.TOKEN_DISPLACED;
      case CANCELLED -> AuditKind.TOKEN_CANCELLED;
      case NO_SHOW -> AuditKind.TOKEN_NO_SHOW;
      case COMPLETED -> AuditKind.TOKEN_COMPLETED;
    };
  }

  private static void require(List<String> complaints, boolean holds, String otherwise) {
    if (!holds) {
      complaints.add(otherwise);
    }
  }

  private static Map<Integer, Token> tokens(SlotBook book) {
    Map<Integer, Token> tokens = new HashMap<>();
    book.active().forEach(token -> tokens.put(token.sequence(), token));
    book.waiting().forEach(token -> tokens.put(token.sequence(), token));
    return tokens;
  }

  private static Set<Token> of(Map<Integer, Token> tokens, TokenStatus status) {
    Set<Token> chosen = new HashSet<>();
    tokens.values().stream().filter(token -> token.status() == status).forEach(chosen::add);
    return chosen;
  }

  private static StatusCounts counts(Map<Integer, Token> tokens) {
    StatusCounts counts = StatusCounts.NONE;
    for (Token token : tokens.values()) {
      counts = counts.plus(token.status());
    }
    return counts;
  }

  private static List<World> everyWorld() {
    List<World> worlds = new ArrayList<>();
    for (int places = 1; places <= MOST_PLACES; places++) {
      addWorlds(worlds, places, List.of(), List.of());
    }
    return worlds;
  }

  /// Each next token is ACTIVE, where there is a place, or waits.
  private static void addWorlds(
      List<World> worlds, int places, List<Token> active, List<Token> waiting) {
    for (SlotStatus status : SlotStatus.values()) {
      if (status.isOpen() || active.isEmpty()) {
        addRequests(worlds, Words.book(status, places, active, waiting));
      }
    }
    int number = active.size() + waiting.size() + 1;
    if (number > MOST_TOKENS) {
      return;
    }
    for (TokenPriority priority : TokenPriority.values()) {
      Token next = Words.token(number, priority);
      if (active.size() < places) {
        addWorlds(worlds, places, with(active, next), waiting);
      }
      addWorlds(worlds, places, active, with(waiting, next.withStatus(TokenStatus.DISPLACED)));
    }
  }

  private static List<Token> with(List<Token> tokens, Token next) {
    List<Token> all = new ArrayList<>(tokens);
    all.add(next);
    return List.copyOf(all);
  }

  private static void addRequests(List<World> worlds, SlotBook book) {
    List<Token> all = new ArrayList<>(book.active());
    all.addAll(book.waiting());
    List<Long> patients = new ArrayList<>(List.of(NEW_PATIENT));
    all.forEach(token -> patients.add(token.patientId()));
    for (TokenPriority priority : TokenPriority.values()) {
      for (long patient : patients) {
        Claim claim = Words.claim(patient, priority);
        add(worlds, book, "allocate " + claim, it -> Allocation.decide(it, claim, null));
        add(worlds, book, "replace " + claim, it -> Allocation.replace(it, claim, null));
      }
    }
    for (Token token : all) {
      for (TokenChange change :
          List.of(TokenChange.CANCEL, TokenChange.NO_SHOW, TokenChange.COMPLETE)) {
        add(
            worlds,
            book,
            change + " " + Words.word(token),
            it -> TokenDecision.decide(it, token, false, change, null));
      }
    }
    for (Token token : book.waiting()) {
      add(
          worlds,
          book,
          "to own " + token,
          it -> Reallocation.to(it, Claim.ofReallocation(token), it, null));
      add(
          worlds,
          book,
          "to free " + token,
          it -> Reallocation.toFirstFree(it, Claim.ofReallocation(token), List.of(it)));
    }
    add(worlds, book, "delay 0", it -> SlotDecision.delay(it, 0));
    add(worlds, book, "delay 20", it -> SlotDecision.delay(it, 20));
    add(worlds, book, "cancel", it -> SlotDecision.cancel(it, "ill"));
    add(worlds, book, "complete", SlotDecision::complete);
  }

  private static void add(
      List<World> worlds, SlotBook book, String request, Function<SlotBook, Decided<?>> decision) {
    worlds.add(new World(book, request, () -> decision.apply(book)));
  }
}
