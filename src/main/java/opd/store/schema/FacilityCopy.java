package opd.store.schema;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import opd.store.connection.Transaction;
import org.jooq.exception.DataAccessException;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/// Tables as PostgreSQL's COPY gives and takes them: text, one row a line.
public final class FacilityCopy {
  private FacilityCopy() {}

  private interface Copying {
    long with(CopyManager manager) throws SQLException, IOException;
  }

  /// @return how many rows were written
  /// @throws UncheckedIOException of the stream
  public static long read(Transaction transaction, FacilityTable table, OutputStream out) {
    return copy(
        transaction, manager -> manager.copyOut("copy " + table.withColumns() + " to stdout", out));
  }

  /// @return how many rows were read
  /// @throws UncheckedIOException of the stream
  static long write(Transaction transaction, FacilityTable table, InputStream in) {
    return copy(
        transaction, manager -> manager.copyIn("copy " + table.withColumns() + " from stdin", in));
  }

  private static long copy(Transaction transaction, Copying copying) {
    return transaction
        .sql()
        .connectionResult((Connection connection) -> {
          try {
            return copying.with(connection.unwrap(PGConnection.class).getCopyAPI());
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          } catch (SQLException e) {
            throw new DataAccessException("copy", e);
          }
        });
  }
}
