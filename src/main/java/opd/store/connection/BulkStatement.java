package opd.store.connection;

import java.util.function.Function;
import org.jooq.Query;

/// A statement on [BulkRows], kept in two texts: for one row, and for any number of them. Most
/// decisions write one row of a kind. Without arrays that are taken apart and put in order again, a
/// whole allocation takes the server 4.9 million instructions instead of 5.2.
public final class BulkStatement {
  private final CachedStatement one;
  private final CachedStatement any;

  /// @param query makes the statement for so many rows, as [CachedStatement] needs it
  public BulkStatement(Function<BulkRows.Size, ? extends Query> query) {
    one = new CachedStatement(() -> query.apply(BulkRows.Size.ONE));
    any = new CachedStatement(() -> query.apply(BulkRows.Size.ANY));
  }

  /// Begins to carry it out.
  ///
  /// @param isOfOne whether it gets one row
  public CachedStatement.Execution on(Transaction transaction, boolean isOfOne) {
    return (isOfOne ? one : any).on(transaction);
  }
}
