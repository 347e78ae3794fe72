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
import opd.domain.RequestId;
import opd.jooq.tables.records.RequestRecord;
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
        .fetchOptional(RequestStore::stored);
  }

  static Stored stored(RequestRecord row) {
    return new Stored(HEX.formatHex(row.getDigest()), row.getOutcome().data());
  }

  /// The last statement of every deciding transaction, with the entries that tell of the decision:
  /// that each row was stored shows that nothing before it failed unnoticed.
  public static void insert(
      Transaction transaction, Actor actor, RequestId id, List<NewEntry> entries, Stored stored) {
    var logged =
        DSL.name("logged")
            .as(
                AuditStore.inserting(transaction, actor, AuditStore.attributed(id, entries))
                    .returningResult(AUDIT_ENTRY.NUMBER));
    var kept =
        DSL.name("kept")
            .as(
                transaction
                    .sql()
                    .insertInto(REQUEST, REQUEST.ID, REQUEST.DIGEST, REQUEST.OUTCOME)
                    .values(id.value(), HEX.parseHex(stored.digest()), JSON.json(stored.outcome()))
                    .returningResult(REQUEST.ID));
    var inserted =
        transaction
            .sql()
            .with(logged, kept)
            .select(
                DSL.field(DSL.selectCount().from(logged)), DSL.field(DSL.selectCount().from(kept)))
            .fetchSingle();
    Transaction.one(inserted.value2(), "storing an outcome");
    if (inserted.value1() != entries.size()) {
      throw new IllegalStateException(inserted.value1() + " entries written of " + entries.size());
    }
  }

  /// The stored outcomes of those requests that were decided.
  public static Map<RequestId, Stored> findAll(Transaction transaction, Collection<RequestId> ids) {
    return transaction
        .sql()
        .selectFrom(REQUEST)
        .where(REQUEST.ID.eq(DSL.any(ids.stream().map(RequestId::value).toArray(String[]::new))))
        .fetchMap(row -> new RequestId(row.getId()), RequestStore::stored);
  }

  /// The outcomes of many: by id, so that two transactions cannot wait for each other.
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
