package opd.store;

import static opd.jooq.Tables.REQUEST;

import java.util.Optional;
import opd.domain.RequestId;
import org.jooq.JSON;

/// The statements on the outcomes of requests.
public final class RequestStore {
  private RequestStore() {}

  /// What became of a request.
  ///
  /// @param digest SHA-256 over the command and its canonical arguments
  /// @param outcome JSON text
  public record Stored(byte[] digest, String outcome) {}

  public static Optional<Stored> find(Transaction transaction, RequestId id) {
    return transaction
        .sql()
        .selectFrom(REQUEST)
        .where(REQUEST.ID.eq(id.value()))
        .fetchOptional(row -> new Stored(row.getDigest(), row.getOutcome().data()));
  }

  /// The last statement of every deciding transaction: that one row was stored shows that nothing
  /// before it failed unnoticed.
  public static void insert(Transaction transaction, RequestId id, Stored stored) {
    int inserted =
        transaction
            .sql()
            .insertInto(REQUEST, REQUEST.ID, REQUEST.DIGEST, REQUEST.OUTCOME)
            .values(id.value(), stored.digest(), JSON.json(stored.outcome()))
            .execute();
    Transaction.one(inserted, "storing an outcome");
  }
}
