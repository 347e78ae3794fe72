package opd.store;

import static opd.jooq.Tables.SLOT;
import static opd.jooq.Tables.TOKEN;
import static org.jooq.impl.DSL.inline;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import opd.domain.DoctorCode;
import opd.domain.Slot;
import opd.domain.SlotLabel;
import opd.domain.Token;
import opd.domain.TokenLabel;
import opd.domain.TokenPriority;
import opd.domain.TokenSource;
import opd.domain.TokenStatus;
import opd.rule.TokenChange;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Record2;
import org.jooq.SelectField;
import org.jooq.SelectOnConditionStep;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// The statements on tokens. Whoever changes one has locked its slot.
public final class TokenStore {
  // The displaced token of another slot that a token makes good.
  static final opd.jooq.tables.Token PREDECESSOR = TOKEN.as("predecessor");
  static final opd.jooq.tables.Slot PREDECESSOR_SLOT = SLOT.as("predecessor_slot");
  private static final opd.jooq.tables.Token SUCCESSOR = TOKEN.as("successor");

  // Written into the statement, not bound: the planner must see that the partial index fits.
  static final Condition IS_ACTIVE = TOKEN.STATUS.eq(inline(TokenStatus.ACTIVE));

  /// What a [Token] is made of, besides doctor and start of its slot.
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
          PREDECESSOR.SEQUENCE_NUMBER);

  private TokenStore() {}

  /// All tokens of the slot, by sequence number.
  public static List<Token> list(Transaction transaction, Slot slot) {
    return select(transaction)
        .where(TOKEN.SLOT_ID.eq(slot.id()))
        .orderBy(TOKEN.SEQUENCE_NUMBER)
        .fetch(TokenStore::token);
  }

  /// The slot's DISPLACED tokens that were not reallocated.
  public static List<Token> listDisplaced(Transaction transaction, Slot slot) {
    return select(transaction)
        .where(TOKEN.SLOT_ID.eq(slot.id()), TOKEN.STATUS.eq(TokenStatus.DISPLACED))
        .andNotExists(
            transaction
                .sql()
                .selectOne()
                .from(SUCCESSOR)
                .where(SUCCESSOR.REALLOCATED_FROM.eq(TOKEN.ID)))
        .fetch(TokenStore::token);
  }

  /// The patient's tokens, newest first.
  public static List<Token> listOfPatient(Transaction transaction, long patientId, int most) {
    return select(transaction)
        .where(TOKEN.PATIENT_ID.eq(patientId))
        .orderBy(TOKEN.ID.desc())
        .limit(most)
        .fetch(TokenStore::token);
  }

  public static Optional<Token> find(Transaction transaction, long id) {
    return select(transaction).where(TOKEN.ID.eq(id)).fetchOptional(TokenStore::token);
  }

  public static Optional<Token> find(Transaction transaction, TokenLabel label) {
    return select(transaction)
        .where(SLOT.LABEL.eq(label.slot().toString()))
        .and(TOKEN.SEQUENCE_NUMBER.eq(label.sequence()))
        .fetchOptional(TokenStore::token);
  }

  /// Whether the token has a successor in another slot.
  public static boolean isReallocated(Transaction transaction, long id) {
    return transaction.sql().fetchExists(SUCCESSOR, SUCCESSOR.REALLOCATED_FROM.eq(id));
  }

  /// Those of the slots in which the patient holds an ACTIVE token.
  public static Set<Long> slotsWhereActive(
      Transaction transaction, long patientId, List<Long> slotIds) {
    return transaction
        .sql()
        .select(TOKEN.SLOT_ID)
        .from(TOKEN)
        .where(TOKEN.PATIENT_ID.eq(patientId), TOKEN.SLOT_ID.in(slotIds))
        .and(IS_ACTIVE)
        .fetchSet(TOKEN.SLOT_ID);
  }

  /// Takes a place in the slot. The database counts it and gives the number.
  ///
  /// @param reallocatedFrom the displaced token of another slot that this one makes good, or null
  public static Token insert(
      Transaction transaction,
      Slot slot,
      long patientId,
      TokenPriority priority,
      TokenSource source,
      @Nullable Token reallocatedFrom) {
    return transaction
        .sql()
        .insertInto(
            TOKEN,
            TOKEN.SLOT_ID,
            TOKEN.PATIENT_ID,
            TOKEN.PRIORITY,
            TOKEN.SOURCE,
            TOKEN.REALLOCATED_FROM)
        .values(
            slot.id(),
            patientId,
            priority,
            source,
            reallocatedFrom == null ? null : reallocatedFrom.id())
        .returning(TOKEN.ID, TOKEN.SEQUENCE_NUMBER, TOKEN.CREATED_AT)
        .fetchSingle(row ->
            new Token(
                row.getId(),
                new TokenLabel(slot.label(), row.getSequenceNumber()),
                patientId,
                priority,
                source,
                TokenStatus.ACTIVE,
                reallocatedFrom == null ? null : reallocatedFrom.label(),
                row.getCreatedAt()));
  }

  /// Gives the token the status that the change leads to, if it still has the one it was read with.
  public static Token reclassify(Transaction transaction, Token token, TokenChange change) {
    int updated =
        transaction
            .sql()
            .update(TOKEN)
            .set(TOKEN.STATUS, change.result())
            .where(TOKEN.ID.eq(token.id()), TOKEN.STATUS.eq(token.status()))
            .execute();
    Transaction.one(updated, "reclassifying a token");
    return token.withStatus(change.result());
  }

  /// The slots in which each of the patients holds an ACTIVE token.
  public static Map<Long, Set<Long>> slotsWhereActive(
      Transaction transaction, Collection<Long> patientIds) {
    return transaction
        .sql()
        .select(TOKEN.PATIENT_ID, TOKEN.SLOT_ID)
        .from(TOKEN)
        .where(TOKEN.PATIENT_ID.eq(DSL.any(patientIds.toArray(Long[]::new))))
        .and(IS_ACTIVE)
        .fetchGroups(TOKEN.PATIENT_ID, TOKEN.SLOT_ID)
        .entrySet()
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> Set.copyOf(entry.getValue())));
  }

  /// Displaces many tokens that are ACTIVE.
  public static void displaceAll(Transaction transaction, List<Long> ids) {
    int displaced =
        transaction
            .sql()
            .update(TOKEN)
            .set(TOKEN.STATUS, TokenStatus.DISPLACED)
            .where(TOKEN.ID.eq(DSL.any(ids.toArray(Long[]::new))))
            .and(IS_ACTIVE)
            .execute();
    if (displaced != ids.size()) {
      throw new IllegalStateException(displaced + " tokens displaced of " + ids.size());
    }
  }

  /// Takes places for many new ACTIVE tokens whose numbers were foreseen under the slots' locks.
  ///
  /// @param tokens each slot's in the order of their numbers
  /// @param slotIds by label
  /// @return the tokens' ids, in the order of the tokens
  public static List<Long> insertAll(
      Transaction transaction, List<Token> tokens, Map<SlotLabel, Long> slotIds) {
    BulkRows<Token> rows = new BulkRows<>(tokens);
    Field<Long> slot = rows.column(TOKEN.SLOT_ID, token -> slotIds.get(token.label().slot()));
    Field<Long> patient = rows.column(TOKEN.PATIENT_ID, Token::patientId);
    Field<TokenPriority> priority = rows.column(TOKEN.PRIORITY, Token::priority);
    Field<TokenSource> source = rows.column(TOKEN.SOURCE, Token::source);
    var inserted =
        transaction
            .sql()
            .insertInto(TOKEN, TOKEN.SLOT_ID, TOKEN.PATIENT_ID, TOKEN.PRIORITY, TOKEN.SOURCE)
            .select(
                DSL.select(slot, patient, priority, source)
                    .from(rows.table())
                    .orderBy(rows.place()))
            .returningResult(TOKEN.ID, TOKEN.SEQUENCE_NUMBER)
            .fetch();
    rows.allWritten(inserted.size());
    for (int index = 0; index < tokens.size(); index++) {
      int given = inserted.get(index).value2();
      int foreseen = tokens.get(index).sequence();
      if (given != foreseen) {
        throw new IllegalStateException("a token got number " + given + " instead of " + foreseen);
      }
    }
    return inserted.map(Record2::value1);
  }

  private static SelectOnConditionStep<? extends Record> select(Transaction transaction) {
    return select(transaction, List.of());
  }

  /// Tokens with what [#token] needs, and more columns.
  static SelectOnConditionStep<? extends Record> select(
      Transaction transaction, List<? extends SelectField<?>> more) {
    return transaction
        .sql()
        .select(SLOT.DOCTOR_CODE, SLOT.STARTS_AT)
        .select(FIELDS)
        .select(more)
        .from(TOKEN)
        .join(SLOT)
        .on(SLOT.ID.eq(TOKEN.SLOT_ID))
        .leftJoin(PREDECESSOR)
        .on(PREDECESSOR.ID.eq(TOKEN.REALLOCATED_FROM))
        .leftJoin(PREDECESSOR_SLOT)
        .on(PREDECESSOR_SLOT.ID.eq(PREDECESSOR.SLOT_ID));
  }

  /// @param row with [#FIELDS], and doctor and start of the slot
  static Token token(Record row) {
    SlotLabel slot =
        new SlotLabel(new DoctorCode(row.get(SLOT.DOCTOR_CODE)), row.get(SLOT.STARTS_AT));
    return new Token(
        row.get(TOKEN.ID),
        new TokenLabel(slot, row.get(TOKEN.SEQUENCE_NUMBER)),
        row.get(TOKEN.PATIENT_ID),
        row.get(TOKEN.PRIORITY),
        row.get(TOKEN.SOURCE),
        row.get(TOKEN.STATUS),
        predecessor(row),
        row.get(TOKEN.CREATED_AT));
  }

  private static @Nullable TokenLabel predecessor(Record row) {
    Integer sequence = row.get(PREDECESSOR.SEQUENCE_NUMBER);
    if (sequence == null) {
      return null;
    }
    return predecessor(row.get(PREDECESSOR_SLOT.LABEL), sequence);
  }

  static TokenLabel predecessor(String slotLabel, int sequence) {
    return new TokenLabel(SlotLabel.parse(slotLabel).orElseThrow(), sequence);
  }
}
