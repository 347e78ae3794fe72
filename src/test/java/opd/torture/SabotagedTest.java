package opd.torture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import opd.testing.Extent;
import opd.testing.Mutant;
import opd.testing.Wire;
import opd.testing.Wire.Afterwards;
import opd.testing.Wire.Manner;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The reckoning after a fault is worth something only if it finds out what is wrong: each of these
/// programs, or of their surroundings, has one safeguard less.
@Order(9)
final class SabotagedTest {
  private static final int MOST_CUTS = 90;
  // Of the cuts around COMMIT.
  private static final int EACH = Extent.of(3, 1);

  @TempDir private Path folder;

  @Test
  void whoRepeatsWithoutTheRequestsIdIsFoundOut() throws Exception {
    assertThat(
            problems(
                CutWork.ALLOCATION,
                Manner.FIN,
                Afterwards.STAYS_DOWN,
                Reckoning.Settling.BY_REPEATING))
        .anyMatch(problem -> problem.startsWith("is not told again as it happened"));
  }

  @Test
  void aRetryThatDoesNotLookWhetherItHappenedIsFoundOut() throws Exception {
    Mutant mutant =
        new Mutant(
            "store/table/DecisionStore.java",
            "ifFound(row.get(REQUEST.ID)).map(_ -> RequestStore.stored(row))",
            "Optional.empty()");
    assertThat(
            mutated(
                mutant,
                Manner.FIN,
                Afterwards.HEALS,
                "alter table request drop constraint request_pkey cascade"))
        .anyMatch(problem -> problem.endsWith("is stored twice"));
  }

  @Test
  void aPatientWhoIsCalledTwiceByOneRequestIsFoundOut() throws Exception {
    Mutant mutant =
        new Mutant(
            "store/table/RequestStore.java",
            ".findFirst().map(RequestStore::stored)",
            ".findFirst().map(RequestStore::stored).filter(_ -> false)");
    assertThat(
            mutated(
                mutant,
                CutWork.CALL,
                Manner.FIN,
                Afterwards.HEALS,
                "alter table request drop constraint request_pkey cascade"))
        .anyMatch(problem -> problem.contains("2 calls by one request"));
  }

  @Test
  void aCallThatNobodyNotesIsFoundOut() throws Exception {
    try (CutFacility facility = new CutFacility()) {
      facility.superuser().run("drop trigger token_is_served on audit_entry");
      CutWork.CALL.prepare(facility.desk(), 1);
      assertThat(reckonedAfterTwoCalls(facility))
          .anyMatch(problem -> problem.contains("called already"));
    }
  }

  @Test
  void aCallThatIsLostAfterItWasToldIsFoundOut() throws Exception {
    try (CutFacility facility = new CutFacility()) {
      CutWork.CALL.prepare(facility.desk(), 1);
      assertThat(
              reckonedAfterTwoCalls(
                  facility,
                  "alter table audit_entry disable trigger all",
                  "delete from audit_entry where kind = 'TOKEN_CALLED' and number = 4"))
          .anyMatch(problem -> problem.startsWith("is a call that the log does not tell of"));
    }
  }

  /// @param sql what befalls the log afterwards
  private static List<String> reckonedAfterTwoCalls(CutFacility facility, String... sql)
      throws Exception {
    List<Told> told = new ArrayList<>();
    for (String id : List.of("first", "second")) {
      told.add(facility.desk().tell(new Wish(id, CutWork.CALL.words(0), Duration.ofSeconds(10))));
    }
    facility.superuser().run(sql);
    return new Reckoning(facility.desk(), facility.superuser(), Reckoning.Settling.BY_REQUEST_ID)
        .of(told)
        .problems();
  }

  @Test
  void anOutcomeThatIsWrittenAfterTheTokenIsCommittedIsFoundOut() throws Exception {
    Mutant mutant =
        new Mutant(
            "store/table/DecisionWriter.java",
            "    AuditStore.append(transaction, actor, rows, entries);\n",
            "    transaction.sql().connection(java.sql.Connection::commit);\n"
                + "    AuditStore.append(transaction, actor, rows, entries);\n");
    assertThat(
            mutated(
                mutant,
                Manner.FIN,
                Afterwards.STAYS_DOWN,
                "alter table token drop constraint token_change_has_its_audit_entry",
                "drop trigger doctor_change_has_its_audit_entry on doctor",
                "drop trigger slot_change_has_its_audit_entry on slot",
                "drop trigger patient_change_has_its_audit_entry on patient"))
        .anyMatch(problem -> problem.endsWith("is in no log"));
  }

  @Test
  void aLockThatADeadNetworkLeavesBehindIsFoundOut() throws Exception {
    Mutant mutant =
        new Mutant(
            "store/connection/DatabaseSettings.java",
            "\"idle_in_transaction_session_timeout\", \"2s\"",
            "\"idle_in_transaction_session_timeout\", \"0\"");
    assertThat(mutated(mutant, Manner.BLACK_HOLE, Afterwards.STAYS_DOWN))
        .anyMatch(problem -> problem.startsWith("a lock stayed"));
  }

  @Test
  void aCommandThatIsToldNothingHappenedThoughItMayHaveIsFoundOut() throws Exception {
    Mutant mutant =
        new Mutant(
            "store/connection/Retries.java",
            "isOutcomeUnknown |= lost && committing",
            "isOutcomeUnknown = false");
    assertThat(mutated(mutant, Manner.FIN, Afterwards.STAYS_DOWN))
        .anyMatch(problem -> problem.startsWith("did not happen, and was decided"));
  }

  private List<String> mutated(Mutant mutant, Manner manner, Afterwards afterwards, String... sql)
      throws Exception {
    return mutated(mutant, CutWork.ALLOCATION, manner, afterwards, sql);
  }

  private List<String> mutated(
      Mutant mutant, CutWork work, Manner manner, Afterwards afterwards, String... sql)
      throws Exception {
    return mutant.ask(
        folder,
        SabotagedTest.class,
        "problemsOfMutant",
        work.name(),
        manner.name(),
        afterwards.name(),
        List.of(sql));
  }

  /// What is found when connections are cut around COMMIT; called in the mutant's class loader.
  static List<String> problemsOfMutant(
      String work, String manner, String afterwards, List<String> sql) throws Exception {
    return problems(
        CutWork.valueOf(work),
        Manner.valueOf(manner),
        Afterwards.valueOf(afterwards),
        Reckoning.Settling.BY_REQUEST_ID,
        sql.toArray(String[]::new));
  }

  private static List<String> problems(
      CutWork work,
      Manner manner,
      Afterwards afterwards,
      Reckoning.Settling settling,
      String... sql)
      throws Exception {
    try (CutFacility facility = new CutFacility()) {
      facility.superuser().run(sql);
      CutRound round = facility.round(work);
      Wire.Heard heard = round.listen(MOST_CUTS / EACH);
      List<Wire.Cut> cuts =
          manner == Manner.BLACK_HOLE
              ? List.of(lastAnswerBeforeCommit(heard))
              : CutRound.aroundCommit(
                      heard, CutRound.everywhere(heard, List.of(manner), afterwards))
                  .stream()
                  .filter(cut -> cut.place() != Wire.Place.HALF)
                  .toList();
      List<Wire.Cut> some =
          IntStream.range(0, cuts.size())
              .filter(index -> index % EACH == 0)
              .mapToObj(cuts::get)
              .toList();
      Duration blackHole = Duration.ofMillis(100);
      return new ArrayList<>(round.run(heard, some, blackHole, settling).problems());
    }
  }

  /// By then the slot is locked.
  private static Wire.Cut lastAnswerBeforeCommit(Wire.Heard heard) {
    return new Wire.Cut(
        Wire.Direction.TO_CLIENT,
        heard.told(),
        Wire.Place.BEFORE,
        Manner.BLACK_HOLE,
        Afterwards.STAYS_DOWN);
  }
}
