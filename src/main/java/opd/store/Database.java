package opd.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
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

  // Firewalls forget connections that are silent for longer, and say so to neither side.
  private static final long TRUSTED_IDLE_NANOS = Duration.ofMinutes(1).toNanos();
  private static final int CHECK_SECONDS = 1;

  private final DatabaseSettings settings;
  private final Listener listener;
  private @Nullable Connection open;
  private long lastUse;
  private boolean isLost;

  /// Told about the connection of somebody who works on for hours.
  public interface Listener {
    /// It broke; told once, however long it takes to make a new one.
    void lost();

    /// A new one was made after that.
    void restored();
  }

  /// Says nothing: a command of a second ends before anybody could act on it.
  public static final Listener SILENT =
      new Listener() {
        @Override
        public void lost() {}

        @Override
        public void restored() {}
      };

  public Database(DatabaseSettings settings) {
    this(settings, SILENT);
  }

  public Database(DatabaseSettings settings, Listener listener) {
    this.settings = settings;
    this.listener = listener;
  }

  public DatabaseSettings settings() {
    return settings;
  }

  /// The connection, without auto-commit.
  ///
  /// @throws SQLException when it cannot be opened
  Connection connection() throws SQLException {
    if (open != null && isStale(open)) {
      lost();
    }
    if (open == null || open.isClosed()) {
      open = connect(settings, settings.forCommands());
      if (isLost) {
        isLost = false;
        listener.restored();
      }
    }
    lastUse = System.nanoTime();
    return open;
  }

  private boolean isStale(Connection connection) throws SQLException {
    return System.nanoTime() - lastUse > TRUSTED_IDLE_NANOS && !connection.isValid(CHECK_SECONDS);
  }

  /// Forgets a connection that broke.
  void lost() {
    discard();
    if (!isLost) {
      isLost = true;
      listener.lost();
    }
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

  /// Forgets a connection that is no longer needed or cannot be used. Never throws: there is
  /// nothing left to save.
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
