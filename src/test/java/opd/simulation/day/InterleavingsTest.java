package opd.simulation.day;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import opd.simulation.day.SmallWorld.Wish;
import opd.testing.Mutant;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two desks at the same slot, statement by statement.
@Tag("integration")
@Order(3)
final class InterleavingsTest {
  private static final int THREADS = 2;

  // The database's own guard, which would refuse what a broken program decides.
  private static final List<String> UNGUARDED =
      List.of("alter table slot_count drop constraint slot_capacity_is_never_exceeded");

  @Test
  void whateverTwoDesksDoToASlotIsLikeOneAfterTheOther() throws Exception {
    Interleavings.Report report = playAll(Interleavings.pairs());
    System.out.println(
        report.played()
            + " orders of two desks' statements, waiting for a lock: "
            + report.waits());
    assertThat(report.faults()).isEmpty();
    assertThat(report.waits())
        .containsOnlyKeys(Interleavings.pairs().stream().map(List::toString).toList());
  }

  private static Interleavings.Report playAll(List<List<Wish>> pairs) throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      List<Future<Interleavings.Report>> reports = new ArrayList<>();
      int half = pairs.size() / THREADS;
      for (int thread = 0; thread < THREADS; thread++) {
        List<List<Wish>> part = pairs.subList(thread * half, (thread + 1) * half);
        reports.add(threads.submit(() -> Interleavings.playAll(part, 1)));
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
