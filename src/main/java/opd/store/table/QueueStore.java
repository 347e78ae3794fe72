package opd.store.table;

import static opd.jooq.Tables.SLOT;
import static opd.jooq.Tables.SLOT_COUNT;
import static opd.jooq.Tables.TOKEN;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import opd.domain.Slot;
import opd.domain.SlotLabel;
import opd.domain.Token;
import opd.domain.TokenLabel;
import opd.domain.TokenPriority;
import opd.domain.TokenSource;
import opd.domain.TokenStatus;
import opd.store.connection.ArrayBinding;
import opd.store.connection.Prepared;
import opd.store.connection.Transaction;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Param;
import org.jooq.Record;
import org.jooq.Select;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/// The statement that reads queues.
public final class QueueStore {
  // The columns of the tokens, each as one array: a queue of a hundred is read under its slot's
  // lock, and as many rows of slot and token would take several times as long.
  private static final Field<Object[]> IDS = all("ids", "int8", TOKEN.ID);
  private static final Field<Object[]> SEQUENCES = all("sequences", "int4", TOKEN.SEQUENCE_NUMBER);
  private static final Field<Object[]> PATIENTS = all("patients", "int8", TOKEN.PATIENT_ID);
  private static final Field<Object[]> PRIORITIES = all("priorities", "text", TOKEN.PRIORITY);
  private static final Field<Object[]> SOURCES = all("sources", "text", TOKEN.SOURCE);
  private static final Field<Object[]> TIMES =
      all(
          "times",
          "int8",
          DSL.field("cast(extract(epoch from {0}) * 1000000 as int8)", TOKEN.CREATED_AT));
  private static final Field<Object[]> PREDECESSOR_SLOTS =
      all("predecessor_slots", "text", ofPredecessor(TokenStore.PREDECESSOR_SLOT.LABEL));
  private static final Field<Object[]> PREDECESSORS =
      all("predecessors", "int4", ofPredecessor(TokenStore.PREDECESSOR.SEQUENCE_NUMBER));

  private QueueStore() {}

  /// A slot with its ACTIVE tokens, in no order.
  public record Loaded(Slot slot, List<Token> active) {}

  private static final Param<Long[]> SLOT_IDS = DSL.param("slots", SQLDataType.BIGINT.array());
  private static final Prepared LOAD = new Prepared(() -> loading(SLOT.ID.eq(DSL.any(SLOT_IDS))));
  private static final Prepared LOCK_AND_LOAD =
      new Prepared(SlotStore::locking, () -> loading(SLOT.LABEL.eq(DSL.any(SlotStore.LABELS))));

  /// Slots, their counts and their ACTIVE tokens as one statement sees them, by id. To decide on
  /// them the slots must be locked by an earlier statement.
  public static List<Loaded> load(Transaction transaction, Collection<Long> slotIds) {
    return LOAD.on(transaction)
        .with(SLOT_IDS, slotIds.toArray(Long[]::new))
        .fetch()
        .map(QueueStore::loaded);
  }

  /// Locks those of the slots that exist until the transaction ends, and loads their queues: in two
  /// statements, so that what is read was committed before the lock was had, but in one round trip,
  /// as everybody else waits for as long as a lock is held.
  public static List<Loaded> lock(Transaction transaction, Collection<SlotLabel> labels) {
    return lockWithNext(transaction, labels).get();
  }

  /// Locks and loads as [#lock] does, together with the transaction's next statement.
  ///
  /// @return gives the queues
  public static Supplier<List<Loaded>> lockWithNext(
      Transaction transaction, Collection<SlotLabel> labels) {
    var rows =
        transaction.fetchWithNext(
            LOCK_AND_LOAD.on(transaction).with(SlotStore.LABELS, SlotStore.texts(labels)));
    return () -> rows.get().map(QueueStore::loaded);
  }

  private static Select<?> loading(Condition slots) {
    var active =
        DSL.lateral(
                DSL.select(
                        IDS,
                        SEQUENCES,
                        PATIENTS,
                        PRIORITIES,
                        SOURCES,
                        TIMES,
                        PREDECESSOR_SLOTS,
                        PREDECESSORS)
                    .from(TOKEN)
                    .where(TOKEN.SLOT_ID.eq(SLOT.ID).and(TokenStore.IS_ACTIVE)))
            .as("active");
    return DSL.select(SlotStore.FIELDS)
        .select(active.fields())
        .from(SLOT)
        .join(SLOT_COUNT)
        .on(SLOT_COUNT.SLOT_ID.eq(SLOT.ID))
        .crossJoin(active)
        .where(slots)
        .orderBy(SLOT.ID);
  }

  /// Few tokens have a predecessor: as a join, the planner reads the whole of slot for it.
  private static <T> Field<T> ofPredecessor(Field<T> column) {
    return DSL.when(
        TOKEN.REALLOCATED_FROM.isNotNull(),
        DSL.field(
            DSL.select(column)
                .from(TokenStore.PREDECESSOR)
                .join(TokenStore.PREDECESSOR_SLOT)
                .on(TokenStore.PREDECESSOR_SLOT.ID.eq(TokenStore.PREDECESSOR.SLOT_ID))
                .where(TokenStore.PREDECESSOR.ID.eq(TOKEN.REALLOCATED_FROM))));
  }

  /// @param elementType the array's, one of those that [ArrayBinding] takes
  private static Field<Object[]> all(String name, String elementType, Field<?> column) {
    return DSL.field("array_agg({0})", ArrayBinding.of(elementType), column).as(name);
  }

  private static Loaded loaded(Record row) {
    Slot slot = SlotStore.slot(row);
    List<Token> tokens = new ArrayList<>();
    // An aggregate of no rows is null.
    if (row.get(IDS) != null) {
      Columns columns = new Columns(row);
      for (int index = 0; index < columns.size(); index++) {
        tokens.add(columns.token(slot.label(), index));
      }
    }
    return new Loaded(slot, tokens);
  }

  /// The arrays of one row.
  private static final class Columns {
    private final Object[] ids;
    private final Object[] sequences;
    private final Object[] patients;
    private final Object[] priorities;
    private final Object[] sources;
    private final Object[] times;
    private final Object[] predecessorSlots;
    private final Object[] predecessors;

    Columns(Record row) {
      ids = row.get(IDS);
      sequences = row.get(SEQUENCES);
      patients = row.get(PATIENTS);
      priorities = row.get(PRIORITIES);
      sources = row.get(SOURCES);
      times = row.get(TIMES);
      predecessorSlots = row.get(PREDECESSOR_SLOTS);
      predecessors = row.get(PREDECESSORS);
    }

    int size() {
      return ids.length;
    }

    Token token(SlotLabel slot, int index) {
      return new Token(
          (long) ids[index],
          new TokenLabel(slot, (int) sequences[index]),
          (long) patients[index],
          TokenPriority.valueOf((String) priorities[index]),
          TokenSource.valueOf((String) sources[index]),
          TokenStatus.ACTIVE,
          predecessors[index] == null
              ? null
              : TokenStore.predecessor((String) predecessorSlots[index], (int) predecessors[index]),
          Instant.EPOCH.plus((long) times[index], ChronoUnit.MICROS));
    }
  }
}
