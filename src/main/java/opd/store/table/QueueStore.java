package opd.store.table;

import static opd.jooq.Tables.AUDIT_ENTRY;
import static opd.jooq.Tables.SLOT;
import static opd.jooq.Tables.SLOT_COUNT;
import static opd.jooq.Tables.TOKEN;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import opd.decision.SlotBook;
import opd.domain.Slot;
import opd.domain.SlotLabel;
import opd.domain.Token;
import opd.domain.TokenLabel;
import opd.domain.TokenPriority;
import opd.domain.TokenSource;
import opd.domain.TokenStatus;
import opd.jooq.Routines;
import opd.store.connection.ArrayBinding;
import opd.store.connection.CachedStatement;
import opd.store.connection.Transaction;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Param;
import org.jooq.Record;
import org.jooq.Select;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/// The statements that lock and read queues.
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
  // Of the few tokens that have a predecessor, these three.
  private static final Field<Object[]> SUCCESSORS =
      ofSuccessors("successors", "int4", TOKEN.SEQUENCE_NUMBER);
  private static final Field<Object[]> PREDECESSOR_SLOTS =
      ofSuccessors("predecessor_slots", "text", ofPredecessor(TokenStore.PREDECESSOR_SLOT.LABEL));
  private static final Field<Object[]> PREDECESSORS =
      ofSuccessors("predecessors", "int4", ofPredecessor(TokenStore.PREDECESSOR.SEQUENCE_NUMBER));

  // Of the entries that this transaction adds to the slot's chain. In a query of its own, the clock
  // is read once and not for each row.
  private static final Field<Instant> NEXT_TIME =
      DSL.greatest(
              DSL.field(DSL.select(Routines.decisionTime())),
              DSL.field(
                  DSL.select(AUDIT_ENTRY.AT)
                      .from(AUDIT_ENTRY)
                      .where(AUDIT_ENTRY.CHAIN.eq(DSL.concat(DSL.inline("slot/"), SLOT.ID)))
                      .orderBy(AUDIT_ENTRY.NUMBER.desc())
                      .limit(DSL.inline(1))))
          .as("next_time");

  private static final Param<Long[]> SLOT_IDS = DSL.param("slots", SQLDataType.BIGINT.array());
  private static final CachedStatement LOAD =
      new CachedStatement(() -> loading(SLOT.ID.eq(DSL.any(SLOT_IDS))));
  private static final CachedStatement LOCK = new CachedStatement(SlotStore::locking);
  private static final CachedStatement LOAD_LOCKED =
      new CachedStatement(() -> loading(SLOT.LABEL.eq(DSL.any(SlotStore.LABELS))));

  private QueueStore() {}

  /// The books of slots as one statement sees them, by id, without those who wait. To decide on
  /// them the slots must be locked by an earlier statement.
  public static List<SlotBook> load(Transaction transaction, Collection<Long> slotIds) {
    return LOAD
        .on(transaction)
        .with(SLOT_IDS, slotIds.toArray(Long[]::new))
        .fetch()
        .map(QueueStore::book)
        .stream()
        .sorted(Comparator.comparingLong(book -> book.slot().id()))
        .toList();
  }

  /// Locks those of the slots that exist until the transaction ends, and loads their queues: in two
  /// statements, so that what is read was committed before the lock was had, but in one round trip,
  /// as everybody else waits for as long as a lock is held.
  ///
  /// @return the books by start, without those who wait
  public static List<SlotBook> lock(Transaction transaction, Collection<SlotLabel> labels) {
    return lockWithNext(transaction, labels).get();
  }

  /// Locks and loads as [#lock] does, together with the transaction's next statement.
  ///
  /// @return gives the queues
  static Supplier<List<SlotBook>> lockWithNext(
      Transaction transaction, Collection<SlotLabel> labels) {
    String[] texts = SlotStore.texts(labels);
    transaction.sendWithNext(LOCK.on(transaction).with(SlotStore.LABELS, texts));
    var rows = transaction.fetchWithNext(LOAD_LOCKED.on(transaction).with(SlotStore.LABELS, texts));
    return () ->
        rows.get().map(QueueStore::book).stream()
            .map(SlotBook::checked)
            .sorted(Comparator.comparing(book -> book.slot().label()))
            .toList();
  }

  /// In no order: for that of the ids the planner walks through all slots there are, by their
  /// primary key, as it takes the tokens for so dear that this does not matter.
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
                        SUCCESSORS,
                        PREDECESSOR_SLOTS,
                        PREDECESSORS)
                    .from(TOKEN)
                    .where(TOKEN.SLOT_ID.eq(SLOT.ID).and(TokenStore.IS_ACTIVE)))
            .as("active");
    return DSL.select(SlotStore.FIELDS)
        .select(active.fields())
        .select(NEXT_TIME)
        .from(SLOT)
        .join(SLOT_COUNT)
        .on(SLOT_COUNT.SLOT_ID.eq(SLOT.ID))
        .crossJoin(active)
        .where(slots);
  }

  /// Few tokens have a predecessor: as a join, the planner reads the whole of slot for it.
  private static <T> Field<T> ofPredecessor(Field<T> column) {
    return DSL.field(
        DSL.select(column)
            .from(TokenStore.PREDECESSOR)
            .join(TokenStore.PREDECESSOR_SLOT)
            .on(TokenStore.PREDECESSOR_SLOT.ID.eq(TokenStore.PREDECESSOR.SLOT_ID))
            .where(TokenStore.PREDECESSOR.ID.eq(TOKEN.REALLOCATED_FROM)));
  }

  /// @param elementType the array's, one of those that [ArrayBinding] takes
  private static Field<Object[]> all(String name, String elementType, Field<?> column) {
    return DSL.field("array_agg({0})", ArrayBinding.of(elementType), column).as(name);
  }

  /// As [#all], without the tokens that have no predecessor: nulls, too, would be gathered.
  private static Field<Object[]> ofSuccessors(String name, String elementType, Field<?> column) {
    return DSL.field(
            "array_agg({0}) filter (where {1})",
            ArrayBinding.of(elementType), column, TOKEN.REALLOCATED_FROM.isNotNull())
        .as(name);
  }

  private static SlotBook book(Record row) {
    Slot slot = SlotStore.slot(row);
    List<Token> tokens = new ArrayList<>();
    // An aggregate of no rows is null.
    if (row.get(IDS) != null) {
      Columns columns = new Columns(row);
      for (int index = 0; index < columns.size(); index++) {
        tokens.add(columns.token(slot.label(), index));
      }
    }
    return new SlotBook(slot, tokens, List.of(), row.get(NEXT_TIME));
  }

  /// The arrays of one row.
  private static final class Columns {
    private final Object[] ids;
    private final Object[] sequences;
    private final Object[] patients;
    private final Object[] priorities;
    private final Object[] sources;
    private final Object[] times;
    private final Map<Integer, TokenLabel> predecessors;

    Columns(Record row) {
      ids = row.get(IDS);
      sequences = row.get(SEQUENCES);
      patients = row.get(PATIENTS);
      priorities = row.get(PRIORITIES);
      sources = row.get(SOURCES);
      times = row.get(TIMES);
      predecessors = predecessors(row);
    }

    /// Of those tokens that have one, by sequence number.
    private static Map<Integer, TokenLabel> predecessors(Record row) {
      Object[] successors = row.get(SUCCESSORS);
      if (successors == null) {
        return Map.of();
      }
      Object[] slots = row.get(PREDECESSOR_SLOTS);
      Object[] numbers = row.get(PREDECESSORS);
      Map<Integer, TokenLabel> found = new HashMap<>();
      for (int index = 0; index < successors.length; index++) {
        found.put(
            (Integer) successors[index],
            TokenStore.predecessor((String) slots[index], (int) numbers[index]));
      }
      return found;
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
          predecessors.get((Integer) sequences[index]),
          Instant.EPOCH.plus((long) times[index], ChronoUnit.MICROS));
    }
  }
}
