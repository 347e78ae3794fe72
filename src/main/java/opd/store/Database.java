package opd.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import org.jooq.SQLDialect;
import org.jooq.conf.ExecuteWithoutWhere;
import org.jooq.conf.Settings;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;

/// One connection to a facility's database, opened when it is first needed and again when it broke.
/// Used by one thread at a time; a desk that works beside others has one of its own.
public final class Database implements AutoCloseable {
  static final SQLDialect DIALECT = SQLDialect.POSTGRES;

  private final DatabaseSettings settings;
  private @Nullable Connection open;

  public Database(DatabaseSettings settings) {
    this.settings = settings;
  }

  public DatabaseSettings settings() {
    return settings;
  }

  /// The connection, without auto-commit.
  ///
  /// @throws SQLException when it cannot be opened
  Connection connection() throws SQLException {
    if (open == null || open.isClosed()) {
      open = connect(settings, settings.forCommands());
    }
    return open;
  }

  /// Opens a connection without auto-commit. The driver is called directly: DriverManager looks for
  /// drivers in every jar first, which a command at a desk would wait for.
  static Connection connect(DatabaseSettings settings, Properties properties) throws SQLException {
    Connection connection = new Driver().connect(settings.url(), properties);
    if (connection == null) {
      throw new SQLException("not a PostgreSQL URL", "08001");
    }
    connection.setAutoCommit(false);
    return connection;
  }

  /// Forgets a connection that broke, or that is no longer needed. Never throws: there is nothing
  /// left to save.
  void discard() {
    Connection broken = open;
    open = null;
    if (broken != null) {
      try {
        broken.close();
      } catch (SQLException e) {
        // It is gone either way.
      }
    }
  }

  @Override
  public void close() {
    discard();
  }

  static Settings jooqSettings() {
    return new Settings()
        .withRenderSchema(false)
        .withRenderCatalog(false)
        // Statements are not logged: their values hold names and phone numbers.
        .withExecuteLogging(false)
        .withExecuteUpdateWithoutWhere(ExecuteWithoutWhere.THROW)
        .withExecuteDeleteWithoutWhere(ExecuteWithoutWhere.THROW);
  }
}
