package opd.store;

import static opd.jooq.Tables.REQUEST;

import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import opd.domain.RequestId;
import org.jooq.Field;
import org.jooq.JSON;
import org.jooq.impl.DSL;

/// The statements on the outcomes of requests.
public final class RequestStore {
  private static final HexFormat HEX = HexFormat.of();

  private RequestStore() {}

  /// What became of a request.
  ///
  /// @param digest SHA-256, in hexadecimal digits, over the command and its canonical arguments
  /// @param outcome JSON text
  public record Stored(String digest, String outcome) {}

  public static Optional<Stored> find(Transaction transaction, RequestId id) {
    return transaction
        .sql()
        .selectFrom(REQUEST)
        .where(REQUEST.ID.eq(id.value()))
        .fetchOptional(row -> new Stored(HEX.formatHex(row.getDigest()), row.getOutcome().data()));
  }

  /// The last statement of every deciding transaction: that one row was stored shows that nothing
  /// before it failed unnoticed.
  public static void insert(Transaction transaction, RequestId id, Stored stored) {
    int inserted =
        transaction
            .sql()
            .insertInto(REQUEST, REQUEST.ID, REQUEST.DIGEST, REQUEST.OUTCOME)
            .values(id.value(), HEX.parseHex(stored.digest()), JSON.json(stored.outcome()))
            .execute();
    Transaction.one(inserted, "storing an outcome");
  }

  /// The stored outcomes of those requests that were decided.
  public static Map<RequestId, Stored> findAll(Transaction transaction, Collection<RequestId> ids) {
    return transaction
        .sql()
        .selectFrom(REQUEST)
        .where(REQUEST.ID.eq(DSL.any(ids.stream().map(RequestId::value).toArray(String[]::new))))
        .fetchMap(
            row -> new RequestId(row.getId()),
            row -> new Stored(HEX.formatHex(row.getDigest()), row.getOutcome().data()));
  }

  /// Like [#insert], for many: by id, so that two transactions cannot wait for each other.
  public static void insertAll(Transaction transaction, SortedMap<String, Stored> outcomes) {
    BulkRows<Map.Entry<String, Stored>> rows = new BulkRows<>(List.copyOf(outcomes.entrySet()));
    Field<String> id = rows.column(REQUEST.ID, Map.Entry::getKey);
    Field<byte[]> digest = rows.hexColumn(REQUEST.DIGEST, entry -> entry.getValue().digest());
    Field<JSON> outcome =
        rows.column(REQUEST.OUTCOME, entry -> JSON.json(entry.getValue().outcome()));
    rows.allWritten(
        transaction
            .sql()
            .insertInto(REQUEST, REQUEST.ID, REQUEST.DIGEST, REQUEST.OUTCOME)
            .select(DSL.select(id, digest, outcome).from(rows.table()).orderBy(rows.place()))
            .execute());
  }
}
