package opd.testing;

import java.sql.Connection;
import java.sql.SQLException;

/// All rows of a facility as they are at one moment: the tests of a class can then tamper with one
/// facility, each finding it as the first did, without the work of making it anew. What they change
/// in its schema is not taken back.
public final class KeptRows implements AutoCloseable {
  private final Connection connection;
  private final Rows rows;

  public KeptRows(TestFacility facility) throws SQLException {
    connection = facility.connectAsSuperuser();
    connection.setAutoCommit(false);
    rows = Rows.read(connection);
    connection.commit();
  }

  /// Past all triggers and foreign keys.
  public void putBack() throws SQLException {
    rows.putBack(connection);
    connection.commit();
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
