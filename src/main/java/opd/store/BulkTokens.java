package opd.store;

import static opd.jooq.Tables.TOKEN;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import opd.domain.SlotLabel;
import opd.domain.Token;
import opd.domain.TokenPriority;
import opd.domain.TokenSource;
import opd.domain.TokenStatus;
import org.jooq.Field;
import org.jooq.Param;
import org.jooq.Record;
import org.jooq.Result;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/// The statements on many tokens at once. Whoever changes them has locked their slots.
public final class BulkTokens {
  private static final Param<Long[]> IDS = DSL.param("ids", SQLDataType.BIGINT.array());
  private static final Prepared SLOTS_WHERE_ACTIVE =
      new Prepared(() ->
          DSL.select(TOKEN.PATIENT_ID, TOKEN.SLOT_ID)
              .from(TOKEN)
              .where(TOKEN.PATIENT_ID.eq(DSL.any(IDS)))
              .and(TokenStore.IS_ACTIVE));
  private static final Prepared DISPLACE =
      RowCount.all(
          "displacing tokens",
          () ->
              DSL.update(TOKEN)
                  .set(TOKEN.STATUS, DSL.inline(TokenStatus.DISPLACED))
                  .where(TOKEN.ID.eq(DSL.any(IDS)))
                  .and(TokenStore.IS_ACTIVE)
                  .returningResult(TOKEN.ID));

  private static final BulkRows<Placed> ROWS = new BulkRows<>();
  private static final Field<Long> SLOT_ID = ROWS.column(TOKEN.SLOT_ID, Placed::slotId);
  private static final Field<Long> PATIENT_ID =
      ROWS.column(TOKEN.PATIENT_ID, row -> row.token().patientId());
  private static final Field<TokenPriority> PRIORITY =
      ROWS.column(TOKEN.PRIORITY, row -> row.token().priority());
  private static final Field<TokenSource> SOURCE =
      ROWS.column(TOKEN.SOURCE, row -> row.token().source());
  private static final Prepared INSERT =
      new Prepared(() ->
          DSL.insertInto(TOKEN, TOKEN.SLOT_ID, TOKEN.PATIENT_ID, TOKEN.PRIORITY, TOKEN.SOURCE)
              .select(
                  DSL.select(SLOT_ID, PATIENT_ID, PRIORITY, SOURCE)
                      .from(ROWS.table())
                      .orderBy(ROWS.place()))
              .returningResult(TOKEN.ID, TOKEN.SEQUENCE_NUMBER));

  private BulkTokens() {}

  private record Placed(Token token, Long slotId) {}

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

  /// Displaces tokens that are ACTIVE, together with the transaction's next statement.
  public static void displace(Transaction transaction, List<Long> ids) {
    transaction.sendWithNext(
        DISPLACE
            .on(transaction)
            .with(IDS, ids.toArray(Long[]::new))
            .with(RowCount.ALL, ids.size()));
  }

  /// Takes places for new ACTIVE tokens whose numbers were foreseen under the slots' locks.
  ///
  /// @param tokens each slot's in the order of their numbers
  /// @param slotIds by label
  /// @return the tokens' ids, in the order of the tokens
  public static List<Long> insert(
      Transaction transaction, List<Token> tokens, Map<SlotLabel, Long> slotIds) {
    List<Placed> placed =
        tokens.stream()
            .map(token ->
                new Placed(token, Objects.requireNonNull(slotIds.get(token.label().slot()))))
            .toList();
    Result<Record> inserted = INSERT.on(transaction).with(ROWS, placed).fetch();
    Transaction.all(inserted.size(), tokens.size(), "taking places");
    List<Long> ids = new ArrayList<>();
    for (int index = 0; index < tokens.size(); index++) {
      int given = inserted.get(index).get(TOKEN.SEQUENCE_NUMBER);
      int foreseen = tokens.get(index).sequence();
      if (given != foreseen) {
        throw new IllegalStateException("a token got number " + given + " instead of " + foreseen);
      }
      ids.add(inserted.get(index).get(TOKEN.ID));
    }
    return ids;
  }
}
