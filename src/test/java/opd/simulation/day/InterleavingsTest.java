package opd.simulation.day;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import opd.testing.Extent;
import opd.testing.Mutant;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two desks at the same slot, statement by statement; at length in every order of them.
@Tag("integration")
@Order(3)
final class InterleavingsTest {
  private static final int THREADS = 2;

  // Of the places where a desk may be left in the middle of its work.
  private static final int EACH = Extent.of(9, 1);

  // Which wishes come into each other's way, each with those that follow. Of the changes that
  // differ in nothing but the word that is written, and of the two closings, one stands for all.
  private static final String MEETINGS =
      """
      ALLOCATE      with ALLOCATE
      CANCEL        with CANCEL ALLOCATE
      NO_SHOW       with CANCEL
      COMPLETE      with CANCEL
      REALLOCATE    with REALLOCATE ALLOCATE CANCEL
      DELAY_SLOT    with DELAY_SLOT ALLOCATE
      CANCEL_SLOT   with CANCEL_SLOT ALLOCATE CANCEL REALLOCATE DELAY_SLOT
      COMPLETE_SLOT with CANCEL_SLOT COMPLETE
      LEAVE         with LEAVE LATE ALLOCATE REALLOCATE
      UNDO          with UNDO REALLOCATE LEAVE
      MOVE          with MOVE ALLOCATE CANCEL REALLOCATE CANCEL_SLOT LEAVE UNDO
      DISPLACE      with DISPLACE ALLOCATE CANCEL REALLOCATE CANCEL_SLOT MOVE
      REOPEN        with REOPEN LEAVE RECLAIM
      ARRIVE        with ARRIVE CANCEL MOVE
      CALL          with CALL ALLOCATE UNDO ARRIVE
      NEXT          with NEXT ALLOCATE CANCEL REALLOCATE COMPLETE_SLOT LEAVE
      NEXT          with UNDO_NEXT MOVE DISPLACE REOPEN CALL
      PARK          with PARK ALLOCATE CANCEL DISPLACE CALL NEXT
      """;

  // The database's own guard, which would refuse what a broken program decides.
  private static final List<String> UNGUARDED =
      List.of("alter table slot_count drop constraint slot_capacity_is_never_exceeded");

  @Test
  void whateverTwoDesksDoToASlotIsLikeOneAfterTheOther() throws Exception {
    Interleavings.Report report = playAll(pairs());
    System.out.println(
        report.played()
            + " orders of two desks' statements, waiting for a lock: "
            + report.waits());
    assertThat(report.faults()).isEmpty();
    assertThat(report.waits()).containsOnlyKeys(pairs().stream().map(List::toString).toList());
  }

  private static List<List<Wish>> pairs() {
    return MEETINGS
        .lines()
        .map(line -> line.split(" +with +"))
        .flatMap(words ->
            Arrays.stream(words[1].split(" "))
                .map(other -> List.of(Wish.valueOf(words[0]), Wish.valueOf(other))))
        .toList();
  }

  private static Interleavings.Report playAll(List<List<Wish>> pairs) throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      List<Future<Interleavings.Report>> reports = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        int number = thread;
        List<List<Wish>> part =
            IntStream.range(0, pairs.size())
                .filter(index -> index % THREADS == number)
                .mapToObj(pairs::get)
                .toList();
        reports.add(threads.submit(() -> Interleavings.playAll(part, EACH)));
      }
      return reports.getFirst().get().and(reports.getLast().get());
    }
  }

  @Test
  void aMissingLockIsCaught(@TempDir Path folder) throws Exception {
    Mutant mutant = new Mutant("store/table/SlotStore.java", ".forNoKeyUpdate()", "");
    assertThat(faults(mutant, folder))
        .anyMatch(fault -> fault.contains("is like no order of the whole operations"));
  }

  @Test
  void aQueueThatIsReadInTheStatementThatLocksIsCaught(@TempDir Path folder) throws Exception {
    Mutant mutant =
        new Mutant(
            "store/table/QueueStore.java",
            """
            new CachedStatement(SlotStore::locking);
              private static final CachedStatement LOAD_LOCKED =
                  new CachedStatement(() -> loading(SLOT.LABEL.eq(DSL.any(SlotStore.LABELS))));
            """,
            """
            new CachedStatement(
                  () -> DSL.select(SLOT.ID).from(SLOT).where(SLOT.LABEL.eq(DSL.any(SlotStore.LABELS))));
              private static final CachedStatement LOAD_LOCKED =
                  new CachedStatement(() ->
                      ((org.jooq.SelectForUpdateStep<?>)
                              loading(SLOT.LABEL.eq(DSL.any(SlotStore.LABELS))))
                          .forNoKeyUpdate()
                          .of(SLOT));
            """);
    assertThat(faults(mutant, folder))
        .anyMatch(fault -> fault.contains("is like no order of the whole operations"));
  }

  /// Without the trigger that counts, the constraint on the counts is the next to notice.
  @Test
  void aDroppedTriggerIsCaught() {
    assertThatThrownBy(
            () -> Interleavings.faults(List.of("drop trigger token_is_reclassified on token")))
        .hasMessageContaining("slot_capacity_is_never_exceeded");
  }

  private static List<String> faults(Mutant mutant, Path folder) throws Exception {
    return mutant.ask(folder, Interleavings.class, "faults", UNGUARDED);
  }
}
