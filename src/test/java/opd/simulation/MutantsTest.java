package opd.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import opd.auditor.Aspect;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The simulation is worth something only if it catches a broken engine. Each mutant breaks one
/// thing, with the database's own guard against it lifted, and the generated day must name it.
final class MutantsTest {
  private static final String UNBOUND =
      "alter table slot_count drop constraint slot_capacity_is_never_exceeded";
  private static final String UNGUARDED_LOG =
      "alter table token drop constraint token_change_has_its_audit_entry";

  /// @param names what must be named
  private static Arguments mutant(String what, Mutant mutant, Aspect names, String... sql) {
    return Arguments.argumentSet(what, mutant, names, List.of(sql));
  }

  static Stream<Arguments> mutants() {
    return Stream.of(
        mutant(
            "rule 1: a slot takes one patient too many",
            new Mutant(
                "rule/SlotState.java", "active.size() == capacity", "active.size() > capacity"),
            Aspect.CAPACITY,
            UNBOUND),
        mutant(
            "rule 2: nobody displaces a lower priority",
            new Mutant(
                "rule/AllocationRule.java", "if (claim.outranks(lowest.priority()))", "if (false)"),
            Aspect.HIGHER_PRIORITY),
        mutant(
            "rule 2: who is equal displaces too",
            new Mutant(
                "rule/AllocationRule.java",
                "claim.outranks(lowest.priority())",
                "claim.rank() >= lowest.priority().rank()"),
            Aspect.HIGHER_PRIORITY),
        mutant(
            "rule 3: an emergency is nothing special",
            new Mutant(
                "rule/AllocationRule.java", "claim == TokenPriority.EMERGENCY", "claim == null"),
            Aspect.EMERGENCY),
        mutant(
            "rule 4: who is displaced counts as cancelled",
            new Mutant(
                "rule/TokenChange.java",
                "DISPLACE(TokenStatus.DISPLACED)",
                "DISPLACE(TokenStatus.CANCELLED)"),
            Aspect.NEVER_DELETED,
            "create or replace function audit_entry_is_true() returns void language sql return null"),
        mutant(
            "rule 5, the tie-break: the earliest arrival makes room",
            new Mutant(
                "rule/SlotState.java",
                "return active.reversed();",
                "return active.stream().sorted(java.util.Comparator.<ActiveToken>comparingInt("
                    + "token -> token.priority().rank()).thenComparingInt(ActiveToken::sequence))"
                    + ".toList();"),
            Aspect.TIE_BREAK));
  }

  @ParameterizedTest
  @MethodSource("mutants")
  void aMutantIsCaughtAndWhatItBreaksIsNamed(
      Mutant mutant, Aspect names, List<String> sql, @TempDir Path folder) throws Exception {
    assertThat(mutant.faults(folder, 1, sql))
        .anySatisfy(fault -> assertThat(fault).startsWith(names.sentence()));
  }
}
