package opd.store.table;

import static opd.jooq.Tables.SLOT;
import static opd.jooq.Tables.SLOT_COUNT;
import static org.jooq.impl.DSL.selectOne;

import java.util.function.Consumer;
import opd.store.connection.Transaction;
import opd.verify.Difference;
import org.jooq.Record1;

/// Finds counts that belong to no slot: those of a slot are compared with it.
public final class SlotCounts {
  private SlotCounts() {}

  /// Gives a difference for each such row.
  public static void check(Transaction transaction, Consumer<Difference> consumer) {
    transaction
        .sql()
        .select(SLOT_COUNT.SLOT_ID)
        .from(SLOT_COUNT)
        .whereNotExists(selectOne().from(SLOT).where(SLOT.ID.eq(SLOT_COUNT.SLOT_ID)))
        .orderBy(SLOT_COUNT.SLOT_ID)
        .fetch(Record1::value1)
        .forEach(id ->
            consumer.accept(
                Difference.inRow(null, "slot_count " + id, "row", null, "counts of no slot")));
  }
}
