package opd.store.connection;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
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
  private Iterator<Record> rows = Collections.emptyIterator();
  private boolean isLast;

  /// Reads the rows that were fetched.
  private interface Reading<T> {
    T of(ResultSet rows) throws SQLException;
  }

  /// Makes something of the row at which a result stands.
  public interface RowReader<T> {
    /// @throws SQLException when a column is not what it is read as
    T read(ResultSet row) throws SQLException;
  }

  private ServerCursor(Transaction transaction, ResultQuery<?> query) {
    this.transaction = transaction;
    String name = transaction.nextCursor();
    this.fetching = "fetch " + ROWS_AT_ONCE + " from " + name;
    this.fields = CachedStatement.selected(query).toArray(Field<?>[]::new);
    transaction.sql().execute("declare {0} no scroll cursor for {1}", DSL.name(name), query);
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

  /// Gives the consumer what the reader makes of each row, for logs of millions of them: without a
  /// [Record], whose making was a fifth of a report's processor time; and while the consumer is at
  /// work, the next rows are fetched and read by another thread, so that two cores are used.
  ///
  /// @param query that names what it selects
  /// @param consumer must leave the transaction alone
  public static <T> void readAhead(
      Transaction transaction, ResultQuery<?> query, RowReader<T> reader, Consumer<T> consumer) {
    ServerCursor cursor = new ServerCursor(transaction, query);
    try (ExecutorService other = Executors.newSingleThreadExecutor()) {
      boolean isLast = false;
      var next = CompletableFuture.supplyAsync(() -> cursor.read(reader), other);
      while (!isLast) {
        List<T> rows = next.join();
        isLast = rows.size() < ROWS_AT_ONCE;
        if (!isLast) {
          next = CompletableFuture.supplyAsync(() -> cursor.read(reader), other);
        }
        rows.forEach(consumer);
      }
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  private <T> List<T> read(RowReader<T> reader) {
    return fetch(rows -> {
      List<T> read = new ArrayList<>(ROWS_AT_ONCE);
      while (rows.next()) {
        read.add(reader.read(rows));
      }
      return read;
    });
  }

  private <T> T fetch(Reading<T> reading) {
    return transaction
        .sql()
        .connectionResult(connection -> {
          try (Statement statement = connection.createStatement();
              ResultSet rows = statement.executeQuery(fetching)) {
            return reading.of(rows);
          }
        });
  }

  private Iterator<Record> more() {
    Result<Record> found = fetch(rows -> transaction.context().fetch(rows, fields));
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
