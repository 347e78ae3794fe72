package opd.store.table;

import static opd.jooq.Tables.TOKEN;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import opd.decision.Change;
import opd.domain.TokenPriority;
import opd.domain.TokenSource;
import opd.domain.TokenStatus;
import opd.store.connection.BulkRows;
import opd.store.connection.BulkStatement;
import opd.store.connection.CachedStatement;
import opd.store.connection.RowCount;
import opd.store.connection.Transaction;
import org.jooq.Field;
import org.jooq.Param;
import org.jooq.Record;
import org.jooq.Result;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/// The statements on many tokens at once. Whoever changes them has locked their slots.
public final class BulkTokens {
  private static final Param<Long[]> IDS = DSL.param("ids", SQLDataType.BIGINT.array());
  private static final CachedStatement SLOTS_WHERE_ACTIVE =
      new CachedStatement(() ->
          DSL.select(TOKEN.PATIENT_ID, TOKEN.SLOT_ID)
              .from(TOKEN)
              .where(TOKEN.PATIENT_ID.eq(DSL.any(IDS)))
              .and(TokenStore.IS_ACTIVE));

  private static final BulkRows<Change.SetTokenStatus> CHANGES = new BulkRows<>();
  private static final Field<Long> CHANGED_ID = CHANGES.column(TOKEN.ID, row -> row.token().id());
  private static final Field<TokenStatus> STATUS =
      CHANGES.column(TOKEN.STATUS, row -> row.token().status());
  private static final Field<TokenStatus> RESULT =
      CHANGES.column("result", TOKEN.STATUS, Change.SetTokenStatus::status);
  private static final BulkStatement SET_STATUS =
      RowCount.all(
          "reclassifying tokens",
          size ->
              DSL.update(TOKEN)
                  .set(TOKEN.STATUS, RESULT)
                  .from(CHANGES.table(size))
                  .where(TOKEN.ID.eq(CHANGED_ID), TOKEN.STATUS.eq(STATUS))
                  .returningResult(TOKEN.ID));

  private static final BulkRows<Change.TakePlace> PLACES = new BulkRows<>();
  private static final Field<Long> SLOT_ID = PLACES.column(TOKEN.SLOT_ID, Change.TakePlace::slotId);
  private static final Field<Long> PATIENT_ID =
      PLACES.column(TOKEN.PATIENT_ID, row -> row.token().patientId());
  private static final Field<TokenPriority> PRIORITY =
      PLACES.column(TOKEN.PRIORITY, row -> row.token().priority());
  private static final Field<TokenSource> SOURCE =
      PLACES.column(TOKEN.SOURCE, row -> row.token().source());
  private static final Field<Long> REALLOCATED_FROM =
      PLACES.column(
          TOKEN.REALLOCATED_FROM, row -> row.displaced() == null ? null : row.displaced().id());
  private static final BulkStatement INSERT =
      new BulkStatement(size ->
          DSL.insertInto(
                  TOKEN,
                  TOKEN.SLOT_ID,
                  TOKEN.PATIENT_ID,
                  TOKEN.PRIORITY,
                  TOKEN.SOURCE,
                  TOKEN.REALLOCATED_FROM)
              .select(
                  DSL.select(SLOT_ID, PATIENT_ID, PRIORITY, SOURCE, REALLOCATED_FROM)
                      .from(PLACES.table(size))
                      .orderBy(PLACES.order(size)))
              .returningResult(TOKEN.ID, TOKEN.SEQUENCE_NUMBER));

  private BulkTokens() {}

  /// The slots in which each of the patients holds an ACTIVE token.
  public static Map<Long, Set<Long>> slotsWhereActive(
      Transaction transaction, Collection<Long> patientIds) {
    return SLOTS_WHERE_ACTIVE
        .on(transaction)
        .with(IDS, patientIds.toArray(Long[]::new))
        .fetch()
        .intoGroups(TOKEN.PATIENT_ID, TOKEN.SLOT_ID)
        .entrySet()
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> Set.copyOf(entry.getValue())));
  }

  /// Gives tokens another status, together with the transaction's next statement, if they still
  /// have the one that they were read with.
  static void setStatus(Transaction transaction, List<Change.SetTokenStatus> changes) {
    transaction.sendWithNext(
        SET_STATUS
            .on(transaction, changes.size() == 1)
            .with(CHANGES, changes)
            .with(RowCount.ALL, changes.size()));
  }

  /// Takes places for new ACTIVE tokens whose numbers were foreseen under the slots' locks.
  ///
  /// @param places each slot's in the order of their numbers
  /// @return the tokens' ids, in the order of the places
  static List<Long> insert(Transaction transaction, List<Change.TakePlace> places) {
    Result<Record> inserted =
        INSERT.on(transaction, places.size() == 1).with(PLACES, places).fetch();
    Transaction.all(inserted.size(), places.size(), "taking places");
    List<Long> ids = new ArrayList<>();
    for (int index = 0; index < places.size(); index++) {
      int given = inserted.get(index).get(TOKEN.SEQUENCE_NUMBER);
      int foreseen = places.get(index).token().sequence();
      if (given != foreseen) {
        throw new IllegalStateException("a token got number " + given + " instead of " + foreseen);
      }
      ids.add(inserted.get(index).get(TOKEN.ID));
    }
    return ids;
  }
}
