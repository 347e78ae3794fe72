package opd.store.table;

import static opd.jooq.Tables.REQUEST;

import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import opd.decision.Outcome;
import opd.domain.OutcomeKind;
import opd.domain.RequestId;
import opd.record.StoredOutcome;
import opd.store.connection.BulkRows;
import opd.store.connection.CachedStatement;
import opd.store.connection.Transaction;
import org.jooq.Field;
import org.jooq.JSON;
import org.jooq.Param;
import org.jooq.Record;
import org.jooq.ResultQuery;
import org.jooq.impl.DSL;

/// The statements on the outcomes of requests.
public final class RequestStore {
  private static final HexFormat HEX = HexFormat.of();

  private static final Param<String> ID = DSL.param("id", REQUEST.ID);
  private static final CachedStatement FIND =
      new CachedStatement(
          () -> DSL.select(REQUEST.fields()).from(REQUEST).where(REQUEST.ID.eq(ID)));

  // By id, so that two transactions cannot wait for each other.
  static final BulkRows<Map.Entry<String, Stored>> ROWS = new BulkRows<>("outcomes");
  private static final Field<String> ID_OF_ROW = ROWS.column(REQUEST.ID, Map.Entry::getKey);
  private static final Field<byte[]> DIGEST_OF_ROW =
      ROWS.hexColumn(REQUEST.DIGEST, row -> row.getValue().digest());
  private static final Field<OutcomeKind> KIND_OF_ROW =
      ROWS.column(REQUEST.KIND, row -> row.getValue().kind());
  private static final Field<JSON> OUTCOME_OF_ROW =
      ROWS.column(REQUEST.OUTCOME, row -> JSON.json(row.getValue().outcome()));

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

  /// Finds it together with the transaction's next statement.
  static Supplier<Optional<Stored>> findWithNext(Transaction transaction, RequestId id) {
    var rows = transaction.fetchWithNext(FIND.on(transaction).with(ID, id.value()));
    return () -> rows.get().stream().findFirst().map(RequestStore::stored);
  }

  static Stored stored(Record row) {
    return new Stored(
        HEX.formatHex(row.get(REQUEST.DIGEST)),
        row.get(REQUEST.KIND),
        row.get(REQUEST.OUTCOME).data());
  }

  /// The stored outcomes of those requests that were decided.
  public static Map<RequestId, Stored> findAll(Transaction transaction, Collection<RequestId> ids) {
    return transaction
        .sql()
        .selectFrom(REQUEST)
        .where(REQUEST.ID.eq(DSL.any(ids.stream().map(RequestId::value).toArray(String[]::new))))
        .fetchMap(row -> new RequestId(row.getId()), RequestStore::stored);
  }

  /// Stores the outcomes that are [#ROWS], as a part of the statement of their entries.
  static ResultQuery<?> inserting(BulkRows.Size size) {
    return DSL.insertInto(REQUEST, REQUEST.ID, REQUEST.DIGEST, REQUEST.KIND, REQUEST.OUTCOME)
        .select(
            DSL.select(ID_OF_ROW, DIGEST_OF_ROW, KIND_OF_ROW, OUTCOME_OF_ROW)
                .from(ROWS.table(size))
                .orderBy(ROWS.order(size)))
        .returningResult(REQUEST.ID);
  }
}
