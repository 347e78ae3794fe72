package opd.store.connection;

import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Consumer;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Result;
import org.jooq.ResultQuery;
import org.jooq.impl.DSL;

/// The rows of a query, of which only some are in memory at a time. It lasts as long as its
/// transaction, in which other statements may come between.
///
/// Declared by a statement: the driver's way of reading in parts takes a prepared statement with a
/// name, which another client of a pooler may have given to one in the same session of the server.
public final class ServerCursor implements Iterator<Record> {
  private static final int ROWS_AT_ONCE = 1_000;

  private final Transaction transaction;
  private final String fetching;
  private final Field<?>[] fields;
  private Iterator<Record> rows;
  private boolean isLast;

  private ServerCursor(Transaction transaction, ResultQuery<?> query) {
    this.transaction = transaction;
    String name = transaction.nextCursor();
    this.fetching = "fetch " + ROWS_AT_ONCE + " from " + name;
    this.fields = CachedStatement.selected(query).toArray(Field<?>[]::new);
    transaction.sql().execute("declare {0} no scroll cursor for {1}", DSL.name(name), query);
    this.rows = more();
  }

  /// Opens it.
  ///
  /// @param query that names what it selects
  public static ServerCursor of(Transaction transaction, ResultQuery<?> query) {
    return new ServerCursor(transaction, query);
  }

  /// Gives each row of a query to the consumer.
  public static void forEach(
      Transaction transaction, ResultQuery<?> query, Consumer<Record> consumer) {
    of(transaction, query).forEachRemaining(consumer);
  }

  private Iterator<Record> more() {
    Result<Record> found =
        transaction
            .sql()
            .connectionResult(connection -> {
              try (Statement statement = connection.createStatement();
                  ResultSet rows = statement.executeQuery(fetching)) {
                return transaction.context().fetch(rows, fields);
              }
            });
    isLast = found.size() < ROWS_AT_ONCE;
    return found.iterator();
  }

  @Override
  public boolean hasNext() {
    if (!rows.hasNext() && !isLast) {
      rows = more();
    }
    return rows.hasNext();
  }

  @Override
  public Record next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return rows.next();
  }
}
