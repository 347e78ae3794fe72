package opd.store.table;

import static opd.jooq.Tables.SERVING;
import static opd.jooq.Tables.SLOT;
import static opd.jooq.Tables.TOKEN;
import static org.jooq.impl.DSL.inline;

import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import opd.domain.Serving;
import opd.domain.Slot;
import opd.domain.SlotLabel;
import opd.domain.Token;
import opd.domain.TokenLabel;
import opd.domain.TokenStatus;
import opd.store.connection.CachedStatement;
import opd.store.connection.Transaction;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Param;
import org.jooq.Record;
import org.jooq.SelectField;
import org.jooq.SelectJoinStep;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/// The statements on tokens. Whoever changes one has locked its slot.
public final class TokenStore {
  // The displaced token of another slot that a token makes good.
  static final opd.jooq.tables.Token PREDECESSOR = TOKEN.as("predecessor");
  static final opd.jooq.tables.Slot PREDECESSOR_SLOT = SLOT.as("predecessor_slot");
  private static final opd.jooq.tables.Token SUCCESSOR = TOKEN.as("successor");
  private static final opd.jooq.tables.Slot SUCCESSOR_SLOT = SLOT.as("successor_slot");

  // Written into the statement, not bound: the planner must see that the partial index fits.
  static final Condition IS_ACTIVE = TOKEN.STATUS.eq(inline(TokenStatus.ACTIVE));

  static final Condition IS_DISPLACED = TOKEN.STATUS.eq(inline(TokenStatus.DISPLACED));
  static final Condition HAS_SUCCESSOR =
      DSL.exists(DSL.selectOne().from(SUCCESSOR).where(SUCCESSOR.REALLOCATED_FROM.eq(TOKEN.ID)));
  // Few tokens have one: looked for only where there may be.
  private static final Field<String> SLOT_OF_SUCCESSOR =
      ofSuccessor(SUCCESSOR_SLOT.LABEL).as("slot_of_successor");
  private static final Field<Integer> NUMBER_OF_SUCCESSOR =
      ofSuccessor(SUCCESSOR.SEQUENCE_NUMBER).as("number_of_successor");

  /// What a [Token] is made of, besides the label of its slot.
  static final List<SelectField<?>> FIELDS =
      List.of(
          TOKEN.ID,
          TOKEN.SEQUENCE_NUMBER,
          TOKEN.PATIENT_ID,
          TOKEN.PRIORITY,
          TOKEN.SOURCE,
          TOKEN.STATUS,
          TOKEN.CREATED_AT,
          PREDECESSOR_SLOT.LABEL,
          PREDECESSOR.SEQUENCE_NUMBER,
          SLOT_OF_SUCCESSOR,
          NUMBER_OF_SUCCESSOR,
          SERVING.ARRIVED_AT,
          SERVING.CALLED_AT,
          SERVING.CALLS,
          SERVING.ROOM,
          SERVING.PARKED_AT,
          SERVING.CALL_NUMBER);

  private static final Param<Long> ID = DSL.param("id", TOKEN.ID);
  private static final Param<Long[]> SLOT_IDS = DSL.param("slots", SQLDataType.BIGINT.array());
  private static final Param<String> SLOT_LABEL = DSL.param("label", SLOT.LABEL);
  private static final Param<Integer> SEQUENCE = DSL.param("sequence", TOKEN.SEQUENCE_NUMBER);
  private static final Param<Long> PATIENT_ID = DSL.param("patient", TOKEN.PATIENT_ID);

  private static final CachedStatement FIND_BY_ID =
      new CachedStatement(() -> selecting().where(TOKEN.ID.eq(ID)));
  private static final CachedStatement FIND_BY_LABEL =
      new CachedStatement(
          () -> selecting().where(SLOT.LABEL.eq(SLOT_LABEL), TOKEN.SEQUENCE_NUMBER.eq(SEQUENCE)));
  private static final CachedStatement SLOTS_WHERE_ACTIVE =
      new CachedStatement(() ->
          DSL.select(TOKEN.SLOT_ID)
              .from(TOKEN)
              .where(TOKEN.PATIENT_ID.eq(PATIENT_ID), TOKEN.SLOT_ID.eq(DSL.any(SLOT_IDS)))
              .and(IS_ACTIVE));

  private TokenStore() {}

  /// All tokens of the slot, by sequence number.
  public static List<Token> list(Transaction transaction, Slot slot) {
    return transaction
        .sql()
        .fetch(selecting().where(TOKEN.SLOT_ID.eq(slot.id())).orderBy(TOKEN.SEQUENCE_NUMBER))
        .map(TokenStore::token);
  }

  /// The patient's tokens, newest first.
  public static List<Token> listOfPatient(Transaction transaction, long patientId, int most) {
    return transaction
        .sql()
        .fetch(
            selecting()
                .where(TOKEN.PATIENT_ID.eq(patientId))
                .orderBy(TOKEN.CREATED_AT.desc(), TOKEN.ID.desc())
                .limit(most))
        .map(TokenStore::token);
  }

  /// A token for which the patient is still to be seen, or is owed a place: ACTIVE ones first.
  public static Optional<Token> findHeld(Transaction transaction, long patientId) {
    Condition isOwed = IS_DISPLACED.andNot(HAS_SUCCESSOR);
    return transaction
        .sql()
        .fetch(
            selecting()
                .where(TOKEN.PATIENT_ID.eq(patientId))
                .and(IS_ACTIVE.or(isOwed))
                .orderBy(TOKEN.STATUS, TOKEN.ID)
                .limit(1))
        .map(TokenStore::token)
        .stream()
        .findFirst();
  }

  /// The patients' tokens of that day, by start.
  public static List<Token> listOfPatients(
      Transaction transaction, Collection<Long> patientIds, LocalDate day) {
    return transaction
        .sql()
        .fetch(
            selecting()
                .where(TOKEN.PATIENT_ID.eq(DSL.any(patientIds.toArray(Long[]::new))))
                .and(SLOT.DAY.eq(day))
                .orderBy(SLOT.STARTS_AT, TOKEN.ID))
        .map(TokenStore::token);
  }

  public static Optional<Token> find(Transaction transaction, long id) {
    return FIND_BY_ID.on(transaction).with(ID, id).fetchOptional(TokenStore::token);
  }

  public static Optional<Token> find(Transaction transaction, TokenLabel label) {
    return FIND_BY_LABEL
        .on(transaction)
        .with(SLOT_LABEL, label.slot().toString())
        .with(SEQUENCE, label.sequence())
        .fetchOptional(TokenStore::token);
  }

  /// Those of the slots in which the patient holds an ACTIVE token.
  public static Set<Long> slotsWhereActive(
      Transaction transaction, long patientId, List<Long> slotIds) {
    return SLOTS_WHERE_ACTIVE
        .on(transaction)
        .with(PATIENT_ID, patientId)
        .with(SLOT_IDS, slotIds.toArray(Long[]::new))
        .fetch()
        .intoSet(TOKEN.SLOT_ID);
  }

  private static SelectJoinStep<? extends Record> selecting() {
    return selecting(List.of());
  }

  /// Tokens with what [#token] needs, and more columns.
  public static SelectJoinStep<? extends Record> selecting(List<? extends SelectField<?>> more) {
    return DSL.select(SLOT.LABEL).select(FIELDS).select(more).from(withOrigin());
  }

  /// Tokens with their slot and the token of another slot that they make good.
  static Table<?> withOrigin() {
    return TOKEN
        .join(SLOT)
        .on(SLOT.ID.eq(TOKEN.SLOT_ID))
        .leftJoin(PREDECESSOR)
        .on(PREDECESSOR.ID.eq(TOKEN.REALLOCATED_FROM))
        .leftJoin(PREDECESSOR_SLOT)
        .on(PREDECESSOR_SLOT.ID.eq(PREDECESSOR.SLOT_ID))
        .leftJoin(SERVING)
        .on(SERVING.TOKEN_ID.eq(TOKEN.ID), SERVING.SLOT_ID.eq(TOKEN.SLOT_ID));
  }

  /// @param row with [#FIELDS] and the label of the slot
  public static Token token(Record row) {
    return token(row, SlotStore.label(row.get(SLOT.LABEL)));
  }

  /// The row's token in a slot of another name: its own may be none.
  public static Token token(Record row, SlotLabel slot) {
    return new Token(
        row.get(TOKEN.ID),
        new TokenLabel(slot, row.get(TOKEN.SEQUENCE_NUMBER)),
        row.get(TOKEN.PATIENT_ID),
        row.get(TOKEN.PRIORITY),
        row.get(TOKEN.SOURCE),
        row.get(TOKEN.STATUS),
        label(row.get(PREDECESSOR_SLOT.LABEL), row.get(PREDECESSOR.SEQUENCE_NUMBER)),
        label(row.get(SLOT_OF_SUCCESSOR), row.get(NUMBER_OF_SUCCESSOR)),
        row.get(TOKEN.CREATED_AT),
        serving(row));
  }

  /// Most tokens have no row of it.
  private static Serving serving(Record row) {
    Integer calls = row.get(SERVING.CALLS);
    if (calls == null) {
      return Serving.NONE;
    }
    Long number = row.get(SERVING.CALL_NUMBER);
    return new Serving(
        row.get(SERVING.ARRIVED_AT),
        row.get(SERVING.CALLED_AT),
        calls,
        row.get(SERVING.ROOM),
        row.get(SERVING.PARKED_AT),
        number == null ? 0 : number);
  }

  private static <T> Field<T> ofSuccessor(Field<T> column) {
    return DSL.when(
        IS_DISPLACED,
        DSL.field(
            DSL.select(column)
                .from(SUCCESSOR)
                .join(SUCCESSOR_SLOT)
                .on(SUCCESSOR_SLOT.ID.eq(SUCCESSOR.SLOT_ID))
                .where(SUCCESSOR.REALLOCATED_FROM.eq(TOKEN.ID))));
  }

  /// The label of a token in another slot, or null where there is none.
  static @Nullable TokenLabel label(@Nullable String slot, @Nullable Integer sequence) {
    return slot == null || sequence == null
        ? null
        : new TokenLabel(SlotStore.label(slot), sequence);
  }
}
