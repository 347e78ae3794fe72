package opd.testing;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.util.PSQLException;

/// Somebody at an SQL prompt: runs what is typed, and says which guard refused it.
public final class Prompt implements AutoCloseable {
  private static final Duration PATIENCE = Await.PATIENCE;

  private final Connection connection;
  private final int backend;
  private boolean isWithinTransaction;

  public Prompt(Connection connection) throws SQLException {
    this.connection = connection;
    connection.setAutoCommit(false);
    this.backend = Integer.parseInt(text("select pg_backend_pid()"));
  }

  public static Prompt asDesk(TestFacility facility) throws SQLException {
    return new Prompt(facility.connectAsDesk());
  }

  public static Prompt asSuperuser(TestFacility facility) throws SQLException {
    return new Prompt(facility.connectAsSuperuser());
  }

  /// The process that serves this prompt.
  public int backend() {
    return backend;
  }

  /// Runs the statements in one transaction and commits it.
  public void run(String... statements) throws SQLException {
    begin(statements);
    commit();
  }

  /// Runs the statements and leaves the transaction open; a failure ends it.
  public void begin(String... statements) throws SQLException {
    isWithinTransaction = true;
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      rollback();
      throw e;
    }
  }

  public void commit() throws SQLException {
    isWithinTransaction = false;
    try {
      connection.commit();
    } catch (SQLException e) {
      connection.rollback();
      throw e;
    }
  }

  public void rollback() throws SQLException {
    isWithinTransaction = false;
    connection.rollback();
  }

  /// The name of the constraint, or else the SQLSTATE, that refused one of the statements.
  public String refusal(String... statements) throws SQLException {
    try {
      begin(statements);
    } catch (SQLException e) {
      return name(e);
    }
    rollback();
    throw new AssertionError("not refused: " + String.join("; ", statements));
  }

  /// The name of the constraint that let every statement pass and refused the COMMIT.
  public String refusalAtCommit(String... statements) throws SQLException {
    begin(statements);
    try {
      commit();
    } catch (SQLException e) {
      return name(e);
    }
    throw new AssertionError("not refused at COMMIT: " + String.join("; ", statements));
  }

  public static String name(SQLException e) {
    String constraint =
        e instanceof PSQLException postgres && postgres.getServerErrorMessage() != null
            ? postgres.getServerErrorMessage().getConstraint()
            : null;
    return constraint == null ? e.getSQLState() : constraint;
  }

  /// The first column of the only row, within the open transaction or one of its own.
  public String text(String query) throws SQLException {
    List<String> rows = column(query);
    if (rows.size() != 1) {
      throw new AssertionError(rows.size() + " rows instead of one: " + query);
    }
    return rows.getFirst();
  }

  public long number(String query) throws SQLException {
    return Long.parseLong(text(query));
  }

  /// The first column of every row.
  public List<String> column(String query) throws SQLException {
    List<String> values = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        values.add(rows.getString(1));
      }
    }
    if (!isWithinTransaction) {
      rollback();
    }
    return values;
  }

  /// Returns once the other prompt waits for a lock.
  public void awaitWaiting(Prompt other) throws SQLException {
    String query =
        "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and pid = "
            + other.backend;
    Instant deadline = Instant.now().plus(PATIENCE);
    while (number(query) == 0) {
      if (Instant.now().isAfter(deadline)) {
        throw new AssertionError("backend " + other.backend + " waits for no lock");
      }
      Await.pause();
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
