package opd.testing;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/// All rows of a facility as they were at one moment.
///
/// @param byTable as COPY writes them
/// @param sequences statements that set each of them
record Rows(Map<String, String> byTable, List<String> sequences) {
  private static final String TABLES =
      "select tablename from pg_tables where schemaname = current_schema";
  private static final String SEQUENCES =
      """
      select format('select setval(%L, %s, %L)', sequencename, coalesce(last_value, start_value), last_value is not null)
        from pg_sequences where schemaname = current_schema\
      """;

  /// @param connection of the superuser, which names the facility's schema first
  static Rows read(Connection connection) throws SQLException {
    Map<String, String> byTable = new TreeMap<>();
    try (Statement statement = connection.createStatement()) {
      for (String table : QuickFacility.column(statement, TABLES)) {
        StringWriter rows = new StringWriter();
        copies(connection).copyOut("copy %s to stdout".formatted(table), rows);
        byTable.put(table, rows.toString());
      }
      return new Rows(byTable, QuickFacility.column(statement, SEQUENCES));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Within a transaction, past all triggers and foreign keys.
  ///
  /// @return how many were there instead
  long putBack(Connection connection) throws SQLException {
    long deleted = 0;
    try (Statement statement = connection.createStatement()) {
      statement.execute("set local session_replication_role = replica");
      for (String table : byTable.keySet()) {
        deleted += statement.executeLargeUpdate("delete from " + table);
      }
      for (Map.Entry<String, String> rows : byTable.entrySet()) {
        copies(connection)
            .copyIn(
                "copy %s from stdin".formatted(rows.getKey()), new StringReader(rows.getValue()));
      }
      for (String sequence : sequences) {
        statement.execute(sequence);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return deleted;
  }

  private static CopyManager copies(Connection connection) throws SQLException {
    return connection.unwrap(PGConnection.class).getCopyAPI();
  }
}
