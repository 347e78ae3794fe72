package opd.testing;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.postgresql.PGConnection;

/// All rows of a facility as they are at one moment: the tests of a class can then tamper with one
/// facility, each finding it as the first did, without the work of making it anew. What they change
/// in its schema is not taken back.
public final class KeptRows implements AutoCloseable {
  private static final String TABLES =
      "select tablename from pg_tables where schemaname = current_schema";
  private static final String SEQUENCES =
      """
      select format('select setval(%L, %s, %L)', sequencename, coalesce(last_value, start_value), last_value is not null)
        from pg_sequences where schemaname = current_schema\
      """;

  private final Connection connection;
  private final Map<String, String> byTable = new TreeMap<>();
  private final List<String> sequences;

  public KeptRows(TestFacility facility) throws SQLException {
    connection = facility.connectAsSuperuser();
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      for (String table : column(statement, TABLES)) {
        StringWriter rows = new StringWriter();
        connection
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyOut("copy %s to stdout".formatted(table), rows);
        byTable.put(table, rows.toString());
      }
      sequences = column(statement, SEQUENCES);
      statement.execute("set session_replication_role = replica");
      connection.commit();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Past all triggers and foreign keys.
  public void putBack() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String table : byTable.keySet()) {
        statement.execute("delete from " + table);
      }
      for (Map.Entry<String, String> rows : byTable.entrySet()) {
        connection
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyIn(
                "copy %s from stdin".formatted(rows.getKey()), new StringReader(rows.getValue()));
      }
      for (String sequence : sequences) {
        statement.execute(sequence);
      }
      connection.commit();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }

  private static List<String> column(Statement statement, String query) throws SQLException {
    List<String> values = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        values.add(rows.getString(1));
      }
    }
    return values;
  }
}
