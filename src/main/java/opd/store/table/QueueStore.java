package opd.store.table;

import static opd.jooq.Tables.AUDIT_ENTRY;
import static opd.jooq.Tables.FACILITY;
import static opd.jooq.Tables.SLOT;
import static opd.jooq.Tables.SLOT_COUNT;
import static opd.jooq.Tables.TOKEN;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import opd.decision.SlotBook;
import opd.domain.Serving;
import opd.domain.Slot;
import opd.domain.SlotLabel;
import opd.domain.Token;
import opd.domain.TokenLabel;
import opd.domain.TokenPriority;
import opd.domain.TokenSource;
import opd.domain.TokenStatus;
import opd.store.connection.ArrayBinding;
import opd.store.connection.CachedStatement;
import opd.store.connection.Transaction;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Param;
import org.jooq.Record;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/// The statements that lock and read queues.
public final class QueueStore {
  // The columns of the tokens, each as one array: a queue of a hundred is read under its slot's
  // lock, and as many rows of slot and token would take several times as long.
  private static final TokenArrays ACTIVE = new TokenArrays("active");
  private static final TokenArrays WAITING = new TokenArrays("waiting");
  private static final ServingArrays SERVED = new ServingArrays();

  // Of the entries that this transaction adds to the slot's chain.
  private static final Field<Instant> NEXT_TIME =
      DSL.greatest(
              DSL.field(DSL.select(FacilityTime.NOW).from(FACILITY)),
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

  /// The books of slots as one statement sees them, by id. To decide on them the slots must be
  /// locked by an earlier statement.
  public static List<SlotBook> load(Transaction transaction, Collection<Long> slotIds) {
    return LOAD
        .on(transaction)
        .with(SLOT_IDS, slotIds.toArray(Long[]::new))
        .fetch()
        .map(QueueStore::book)
        .stream()
        .sorted(QueueStore::byId)
        .toList();
  }

  /// Locks those of the slots that exist until the transaction ends, and loads their queues: in two
  /// statements, so that what is read was committed before the lock was had, but in one round trip,
  /// as everybody else waits for as long as a lock is held.
  ///
  /// @return the books by start
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
            .sorted(QueueStore::byStart)
            .toList();
  }

  // By hand, as composed comparators would be classes that the JVM makes in every process.

  private static int byId(SlotBook first, SlotBook second) {
    return Long.compare(first.slot().id(), second.slot().id());
  }

  private static int byStart(SlotBook first, SlotBook second) {
    int byTime = first.slot().start().compareTo(second.slot().start());
    return byTime != 0 ? byTime : first.slot().label().compareTo(second.slot().label());
  }

  /// In no order: for that of the ids the planner walks through all slots there are, by their
  /// primary key, as it takes the tokens for so dear that this does not matter.
  private static Select<?> loading(Condition slots) {
    var active = ACTIVE.ofSlot(TokenStore.IS_ACTIVE);
    // Most slots have nobody who waits, and then nobody is looked for.
    var waiting =
        WAITING.ofSlot(
            SLOT_COUNT
                .DISPLACED
                .gt(DSL.inline(0))
                .and(TokenStore.IS_DISPLACED)
                .andNot(TokenStore.HAS_SUCCESSOR));
    var served = SERVED.ofSlot();
    return DSL.select(SlotStore.FIELDS)
        .select(active.fields())
        .select(waiting.fields())
        .select(served.fields())
        .select(NEXT_TIME)
        .from(SLOT)
        .join(SLOT_COUNT)
        .on(SLOT_COUNT.SLOT_ID.eq(SLOT.ID))
        .crossJoin(active)
        .crossJoin(waiting)
        .crossJoin(served)
        .where(slots);
  }

  /// Label of the predecessor's slot and its number, in one text: the server prepares each such
  /// question with every queue, also where no token has a predecessor. As a join, the planner reads
  /// the whole of slot for it.
  private static Field<String> labelOfPredecessor() {
    return DSL.field(
        DSL.select(
                DSL.concat(
                    TokenStore.PREDECESSOR_SLOT.LABEL,
                    DSL.inline("-"),
                    TokenStore.PREDECESSOR.SEQUENCE_NUMBER))
            .from(TokenStore.PREDECESSOR)
            .join(TokenStore.PREDECESSOR_SLOT)
            .on(TokenStore.PREDECESSOR_SLOT.ID.eq(TokenStore.PREDECESSOR.SLOT_ID))
            .where(TokenStore.PREDECESSOR.ID.eq(TOKEN.REALLOCATED_FROM)));
  }

  private static SlotBook book(Record row) {
    Slot slot = SlotStore.slot(row);
    Map<Long, Serving> served = SERVED.read(row);
    return new SlotBook(
        slot,
        served(ACTIVE.tokens(row, slot.label(), TokenStatus.ACTIVE), served),
        served(WAITING.tokens(row, slot.label(), TokenStatus.DISPLACED), served),
        row.get(NEXT_TIME),
        served.values().stream().anyMatch(each -> each.calls() > 0));
  }

  private static List<Token> served(List<Token> tokens, Map<Long, Serving> served) {
    return served.isEmpty()
        ? tokens
        : tokens.stream()
            .map(token -> token.withServing(served.getOrDefault(token.id(), Serving.NONE)))
            .toList();
  }

  /// The columns of a slot's tokens in one status, each as one array: a queue of a hundred is read
  /// under its slot's lock, and as many rows of slot and token would take several times as long.
  private static final class TokenArrays {
    private final String name;
    private final Field<Object[]> ids;
    private final Field<Object[]> sequences;
    private final Field<Object[]> patients;
    private final Field<Object[]> priorities;
    private final Field<Object[]> sources;
    private final Field<Object[]> times;
    // Of the few tokens that have a predecessor, these two.
    private final Field<Object[]> successors;
    private final Field<Object[]> predecessors;

    TokenArrays(String name) {
      this.name = name;
      ids = all("ids", "int8", TOKEN.ID);
      sequences = all("sequences", "int4", TOKEN.SEQUENCE_NUMBER);
      patients = all("patients", "int8", TOKEN.PATIENT_ID);
      priorities = all("priorities", "text", TOKEN.PRIORITY);
      sources = all("sources", "text", TOKEN.SOURCE);
      times =
          all(
              "times",
              "int8",
              DSL.field("cast(extract(epoch from {0}) * 1000000 as int8)", TOKEN.CREATED_AT));
      successors = ofSuccessors("successors", "int4", TOKEN.SEQUENCE_NUMBER);
      predecessors = ofSuccessors("predecessors", "text", labelOfPredecessor());
    }

    /// @param elementType the array's, one of those that [ArrayBinding] takes
    private Field<Object[]> all(String column, String elementType, Field<?> value) {
      return DSL.field("array_agg({0})", ArrayBinding.of(elementType), value)
          .as(name + "_" + column);
    }

    /// As [#all], without the tokens that have no predecessor: nulls, too, would be gathered.
    private Field<Object[]> ofSuccessors(String column, String elementType, Field<?> value) {
      return DSL.field(
              "array_agg({0}) filter (where {1})",
              ArrayBinding.of(elementType), value, TOKEN.REALLOCATED_FROM.isNotNull())
          .as(name + "_" + column);
    }

    /// One row for the slot of the outer query.
    Table<?> ofSlot(Condition condition) {
      return DSL.lateral(
              DSL.select(
                      ids,
                      sequences,
                      patients,
                      priorities,
                      sources,
                      times,
                      successors,
                      predecessors)
                  .from(TOKEN)
                  .where(TOKEN.SLOT_ID.eq(SLOT.ID).and(condition)))
          .as(name);
    }

    /// An aggregate of no rows is null.
    List<Token> tokens(Record row, SlotLabel slot, TokenStatus status) {
      Object[] id = row.get(ids);
      if (id == null) {
        return List.of();
      }
      Object[] sequence = row.get(sequences);
      Object[] patient = row.get(patients);
      Object[] priority = row.get(priorities);
      Object[] source = row.get(sources);
      Object[] time = row.get(times);
      Map<Integer, TokenLabel> predecessor = predecessors(row);
      List<Token> tokens = new ArrayList<>(id.length);
      for (int index = 0; index < id.length; index++) {
        tokens.add(
            new Token(
                (long) id[index],
                new TokenLabel(slot, (int) sequence[index]),
                (long) patient[index],
                TokenPriority.valueOf((String) priority[index]),
                TokenSource.valueOf((String) source[index]),
                status,
                predecessor.get((Integer) sequence[index]),
                Instant.EPOCH.plus((long) time[index], ChronoUnit.MICROS)));
      }
      return tokens;
    }

    private static TokenLabel predecessor(String text) {
      int dash = text.lastIndexOf('-');
      int sequence = Integer.parseInt(text.substring(dash + 1));
      return new TokenLabel(SlotStore.label(text.substring(0, dash)), sequence);
    }

    /// Of those tokens that have one, by sequence number.
    private Map<Integer, TokenLabel> predecessors(Record row) {
      Object[] having = row.get(successors);
      if (having == null) {
        return Map.of();
      }
      Object[] labels = row.get(predecessors);
      Map<Integer, TokenLabel> found = new HashMap<>();
      for (int index = 0; index < having.length; index++) {
        found.put((Integer) having[index], predecessor((String) labels[index]));
      }
      return found;
    }
  }
}
