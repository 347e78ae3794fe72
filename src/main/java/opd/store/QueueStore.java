package opd.store;

import static opd.jooq.Tables.SLOT;
import static opd.jooq.Tables.SLOT_COUNT;
import static opd.jooq.Tables.TOKEN;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import opd.domain.Slot;
import opd.domain.Token;
import org.jooq.impl.DSL;

/// The statement that reads queues.
public final class QueueStore {
  private QueueStore() {}

  /// A slot with its ACTIVE tokens, in no order.
  public record Loaded(Slot slot, List<Token> active) {}

  /// Slots, their counts and their ACTIVE tokens as one statement sees them, by id. To decide on
  /// them the slots must be locked by an earlier statement.
  public static List<Loaded> load(Transaction transaction, Collection<Long> slotIds) {
    var rows =
        transaction
            .sql()
            .select(SlotStore.FIELDS)
            .select(TokenStore.FIELDS)
            .from(SLOT)
            .join(SLOT_COUNT)
            .on(SLOT_COUNT.SLOT_ID.eq(SLOT.ID))
            .leftJoin(TOKEN)
            .on(TOKEN.SLOT_ID.eq(SLOT.ID).and(TokenStore.IS_ACTIVE))
            .leftJoin(TokenStore.PREDECESSOR)
            .on(TokenStore.PREDECESSOR.ID.eq(TOKEN.REALLOCATED_FROM))
            .leftJoin(TokenStore.PREDECESSOR_SLOT)
            .on(TokenStore.PREDECESSOR_SLOT.ID.eq(TokenStore.PREDECESSOR.SLOT_ID))
            .where(SLOT.ID.eq(DSL.any(slotIds.toArray(Long[]::new))))
            .orderBy(SLOT.ID)
            .fetch();
    Map<Long, Loaded> queues = new LinkedHashMap<>();
    for (var row : rows) {
      Loaded queue =
          queues.computeIfAbsent(
              row.get(SLOT.ID), _ -> new Loaded(SlotStore.slot(row), new ArrayList<>()));
      if (row.get(TOKEN.ID) != null) {
        queue.active().add(TokenStore.token(row));
      }
    }
    return List.copyOf(queues.values());
  }
}
