package opd.store;

import static opd.jooq.Tables.AUDIT_ENTRY;
import static opd.jooq.Tables.REQUEST;

import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import opd.audit.NewEntry;
import opd.domain.Actor;
import opd.domain.OutcomeKind;
import opd.domain.RequestId;
import opd.outcome.Outcome;
import opd.outcome.StoredOutcome;
import org.jooq.Field;
import org.jooq.JSON;
import org.jooq.Param;
import org.jooq.Record;
import org.jooq.Select;
import org.jooq.impl.DSL;

/// The statements on the outcomes of requests.
public final class RequestStore {
  private static final HexFormat HEX = HexFormat.of();

  private static final Param<String> ID = DSL.param("id", REQUEST.ID);
  private static final Param<byte[]> DIGEST = DSL.param("digest", REQUEST.DIGEST);
  private static final Param<OutcomeKind> KIND = DSL.param("kind", REQUEST.KIND);
  private static final Param<JSON> OUTCOME = DSL.param("outcome", REQUEST.OUTCOME);
  private static final Param<Integer> ENTRIES = DSL.param("entries", Integer.class);
  private static final Prepared FIND =
      new Prepared(() -> DSL.select(REQUEST.fields()).from(REQUEST).where(REQUEST.ID.eq(ID)));
  private static final Prepared INSERT = new Prepared(RequestStore::inserting);

  private static final BulkRows<Map.Entry<String, Stored>> ROWS = new BulkRows<>();
  private static final Field<String> ID_OF_ROW = ROWS.column(REQUEST.ID, Map.Entry::getKey);
  private static final Field<byte[]> DIGEST_OF_ROW =
      ROWS.hexColumn(REQUEST.DIGEST, row -> row.getValue().digest());
  private static final Field<OutcomeKind> KIND_OF_ROW =
      ROWS.column(REQUEST.KIND, row -> row.getValue().kind());
  private static final Field<JSON> OUTCOME_OF_ROW =
      ROWS.column(REQUEST.OUTCOME, row -> JSON.json(row.getValue().outcome()));
  private static final Prepared INSERT_ALL =
      RowCount.all(
          "storing outcomes",
          () ->
              DSL.insertInto(REQUEST, REQUEST.ID, REQUEST.DIGEST, REQUEST.KIND, REQUEST.OUTCOME)
                  .select(
                      DSL.select(ID_OF_ROW, DIGEST_OF_ROW, KIND_OF_ROW, OUTCOME_OF_ROW)
                          .from(ROWS.table())
                          .orderBy(ROWS.place()))
                  .returningResult(REQUEST.ID));

  private RequestStore() {}

  /// What became of a request.
  ///
  /// @param digest SHA-256, in hexadecimal digits, over the command and its canonical arguments
  /// @param outcome JSON text
  public record Stored(String digest, OutcomeKind kind, String outcome) {
    public static Stored of(String digest, Outcome outcome) {
      return new Stored(digest, outcome.kind(), StoredOutcome.write(outcome));
    }

    /// @throws IllegalArgumentException when it is not an outcome of its kind
    public Outcome read() {
      return StoredOutcome.read(kind, outcome);
    }
  }

  public static Optional<Stored> find(Transaction transaction, RequestId id) {
    return FIND.on(transaction).with(ID, id.value()).fetchOptional(RequestStore::stored);
  }

  static Stored stored(Record row) {
    return new Stored(
        HEX.formatHex(row.get(REQUEST.DIGEST)),
        row.get(REQUEST.KIND),
        row.get(REQUEST.OUTCOME).data());
  }

  /// The last statement of every deciding transaction, with the entries that tell of the decision:
  /// that each row was stored shows that nothing before it failed unnoticed. It is sent with
  /// COMMIT.
  public static void insert(
      Transaction transaction, Actor actor, RequestId id, List<NewEntry> entries, Stored stored) {
    Prepared.Execution execution =
        INSERT
            .on(transaction)
            .with(ID, id.value())
            .with(DIGEST, HEX.parseHex(stored.digest()))
            .with(KIND, stored.kind())
            .with(OUTCOME, JSON.json(stored.outcome()))
            .with(ENTRIES, entries.size());
    transaction.sendWithNext(AuditStore.with(execution, actor, AuditStore.attributed(id, entries)));
  }

  private static Select<?> inserting() {
    var kept =
        DSL.name("kept")
            .as(
                DSL.insertInto(REQUEST, REQUEST.ID, REQUEST.DIGEST, REQUEST.KIND, REQUEST.OUTCOME)
                    .values(ID, DIGEST, KIND, OUTCOME)
                    .returningResult(REQUEST.ID));
    // Joined, so that the outcome is stored before its entries, which are hashed with its digest.
    var logged =
        DSL.name("logged").as(AuditStore.inserting(kept).returningResult(AUDIT_ENTRY.NUMBER));
    return DSL.with(kept, logged)
        .select(
            RowCount.check(logged, ENTRIES, "writing to the log"),
            RowCount.check(kept, DSL.inline(1), "storing an outcome"));
  }

  /// The stored outcomes of those requests that were decided.
  public static Map<RequestId, Stored> findAll(Transaction transaction, Collection<RequestId> ids) {
    return transaction
        .sql()
        .selectFrom(REQUEST)
        .where(REQUEST.ID.eq(DSL.any(ids.stream().map(RequestId::value).toArray(String[]::new))))
        .fetchMap(row -> new RequestId(row.getId()), RequestStore::stored);
  }

  /// The outcomes of many: by id, so that two transactions cannot wait for each other. Sent with
  /// the transaction's next statement, their entries'.
  public static void insertAll(Transaction transaction, SortedMap<String, Stored> outcomes) {
    transaction.sendWithNext(
        INSERT_ALL
            .on(transaction)
            .with(ROWS, List.copyOf(outcomes.entrySet()))
            .with(RowCount.ALL, outcomes.size()));
  }
}
