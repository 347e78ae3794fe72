package opd.simulation.day;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import opd.simulation.auditor.Invariant;
import opd.testing.Mutant;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The simulation is worth something only if it catches a broken engine. Each mutant breaks one
/// thing, with the database's own guard against it lifted, and the generated day must name it.
@Tag("integration")
@Order(6)
final class MutantsTest {
  private static final String UNBOUND =
      "alter table slot_count drop constraint slot_capacity_is_never_exceeded";

  // Of a day on which each mutant does something wrong. One desk plays it, and the auditor looks
  // before the desk goes on: the same is found every time.
  private static final long SEED = 3;

  private static final String UNTOLD =
      "alter table token drop constraint token_change_has_its_audit_entry";

  // The program itself refuses a number that it did not foresee: without that, the day must tell.
  private static final Mutant UNCHECKED_NUMBERS =
      new Mutant("store/table/BulkTokens.java", "if (given != foreseen) {", "if (false) {");

  /// @param names what must be named
  private static Arguments mutant(String what, Mutant mutant, Invariant names, String... sql) {
    return Arguments.argumentSet(what, mutant, names, List.of(sql));
  }

  static Stream<Arguments> mutants() {
    return Stream.of(
        mutant(
            "rule 1: a slot takes one patient too many",
            new Mutant(
                "decision/SlotBook.java", "return slot.capacity();", "return slot.capacity() + 1;"),
            Invariant.CAPACITY,
            UNBOUND),
        mutant(
            "rule 2: nobody displaces a lower priority",
            new Mutant(
                "decision/AllocationRule.java",
                "if (claim.outranks(lowest.priority()) && !lowest.serving().isCalled())",
                "if (false)"),
            Invariant.HIGHER_PRIORITY),
        mutant(
            "rule 2: who is equal displaces too",
            new Mutant(
                "decision/AllocationRule.java",
                "claim.outranks(lowest.priority())",
                "claim.rank() >= lowest.priority().rank()"),
            Invariant.HIGHER_PRIORITY),
        mutant(
            "rule 3: an emergency is nothing special",
            new Mutant(
                "decision/AllocationRule.java",
                "claim == TokenPriority.EMERGENCY",
                "claim == null"),
            Invariant.EMERGENCY),
        mutant(
            "rule 4: who is displaced counts as cancelled",
            new Mutant(
                "decision/TokenChange.java",
                "DISPLACE(TokenStatus.DISPLACED)",
                "DISPLACE(TokenStatus.CANCELLED)"),
            Invariant.NEVER_DELETED,
            replaced(
                "audit_entry_joins_its_chain",
                "'TOKEN_DISPLACED' THEN 'DISPLACED'",
                "'TOKEN_DISPLACED' THEN 'CANCELLED'")),
        mutant(
            "rule 5, the tie-break: the earliest arrival makes room",
            new Mutant(
                "decision/SlotBook.java",
                "candidates = active.reversed();",
                "candidates = active.stream().sorted(java.util.Comparator.<Token>comparingInt("
                    + "token -> token.priority().rank()).thenComparingInt(Token::sequence))"
                    + ".toList();"),
            Invariant.TIE_BREAK),
        mutant(
            "the tie-break: who was called makes room before who was not",
            new Mutant(
                "decision/SlotBook.java",
                "active.stream().noneMatch(token -> token.serving().isCalled())",
                "true"),
            Invariant.TIE_BREAK),
        mutant(
            "a smaller capacity takes the earliest places",
            new Mutant(
                "decision/SlotCorrection.java",
                "book.candidates().subList(0, tooMany)",
                "book.active().subList(0, tooMany)"),
            Invariant.TIE_BREAK),
        mutant(
            "next calls who is away",
            new Mutant(
                "decision/ServingDecision.java",
                "!token.serving().isCalled() && !token.serving().isParked()",
                "!token.serving().isCalled()"),
            Invariant.CALL),
        mutant(
            "next calls who is not here",
            new Mutant("decision/ServingDecision.java", "!isPresent || hasArrived(token)", "true"),
            Invariant.CALL),
        mutant(
            "next ends the turn of another room's patient",
            new Mutant(
                "decision/RoomDecision.java",
                "Objects.equals(token.serving().room(), room)",
                "true"),
            Invariant.ANSWER),
        mutant(
            "nobody is told that a patient was passed over out of turn",
            new Mutant(
                "decision/ServingDecision.java",
                "return call.isNext() ? PassedOver.NOT_HERE : PassedOver.OUT_OF_TURN;",
                "return PassedOver.NOT_HERE;"),
            Invariant.ANSWER),
        mutant(
            "who has come is not here any more in another slot",
            new Mutant(
                "decision/Allocation.java",
                "!before.label().slot().day().equals(book.slot().label().day())",
                "true"),
            Invariant.QUEUE),
        mutant(
            "who is moved keeps the old place",
            new Mutant("decision/Move.java", "yield left.then(decided).as(", "yield decided.as("),
            Invariant.QUEUE),
        mutant(
            "a reopened slot takes back who has another place by now",
            new Mutant("store/table/LastChangeStore.java", ".andNot(TokenStore.HAS_SUCCESSOR)", ""),
            Invariant.ANSWER),
        mutant(
            "a refusal is not audited",
            new Mutant(
                "decision/Decided.java",
                "new Decided<>(List.of(), List.of(entry), outcome, List.of(book))",
                "new Decided<>(List.of(), List.of(), outcome, List.of(book))"),
            Invariant.LOG),
        mutant(
            "a displacement is not audited",
            new Mutant(
                "decision/Allocation.java",
                "if (displaced != null) {\n      entries.add(",
                "if (false) {\n      entries.add("),
            Invariant.LOG,
            UNTOLD),
        mutant(
            "a repeated request is decided again",
            new Mutant(
                "service/Decisions.java",
                "new Response<>(outcome, request.id(), true, false, people);",
                "new Response<>(outcome, request.id(), false, false, people);"),
            Invariant.REPEATED));
  }

  /// SQL that changes a piece of a trigger function.
  private static String replaced(String function, String original, String mutated) {
    return "do $do$ begin execute replace(pg_get_functiondef('%s'::regproc), $a$%s$a$, $b$%s$b$); end $do$"
        .formatted(function, original, mutated);
  }

  private static List<String> faults(Mutant mutant, Path folder, List<String> sql)
      throws Exception {
    return mutant.ask(folder, GeneratedDays.class, "faults", SEED, 1, sql);
  }

  @ParameterizedTest
  @MethodSource("mutants")
  void aMutantIsCaughtAndWhatItBreaksIsNamed(
      Mutant mutant, Invariant names, List<String> sql, @TempDir Path folder) throws Exception {
    assertThat(faults(mutant, folder, sql))
        .anySatisfy(fault -> assertThat(fault).startsWith(names.sentence()));
  }

  @Test
  void aCounterThatSkipsANumberIsCaught(@TempDir Path folder) throws Exception {
    String skipping =
        replaced(
            "token_takes_a_place",
            "RETURNING last_sequence INTO",
            "RETURNING last_sequence + 1 INTO");
    assertThat(GeneratedDays.faults(1, 1, List.of(skipping)))
        .anySatisfy(fault -> assertThat(fault).contains("a token got number 2 instead of 1"));
    String gap = "the numbers of every slot are 1, 2, 3 without a gap";
    assertThat(faults(UNCHECKED_NUMBERS, folder, List.of(skipping)))
        .anySatisfy(fault -> assertThat(fault).startsWith(gap));
  }

  @Test
  void aMissingLockIsCaughtWhereSeveralDesksWork(@TempDir Path folder) throws Exception {
    Mutant mutant = new Mutant("store/table/SlotStore.java", ".forNoKeyUpdate()", "");
    List<String> faults =
        mutant.ask(folder, GeneratedDays.class, "faultsWhereTwoDesksMeet", List.of(UNBOUND));
    assertThat(faults)
        // Whichever comes first: the program refuses a number that it did not foresee.
        .anyMatch(fault ->
            fault.startsWith(Invariant.SERIAL.sentence()) || fault.contains("a token got number"));
  }

  @Test
  void theProgramAsItIsPasses() {
    assertThat(GeneratedDays.faults(1, 1, List.of())).isEmpty();
    assertThat(GeneratedDays.faults(1, 6, List.of())).isEmpty();
  }
}
