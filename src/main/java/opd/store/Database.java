package opd.store;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import opd.domain.OpdException;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.jdbc.PgConnection;
import org.postgresql.util.HostSpec;

/// One connection to a facility's database, opened when it is first needed and again when it broke.
/// Used by one thread at a time, but for [#breakOff()]; a desk that works beside others has one of
/// its own.
public final class Database implements AutoCloseable {
  // Firewalls forget connections that are silent for longer, and say so to neither side.
  private static final long TRUSTED_IDLE_NANOS = Duration.ofMinutes(1).toNanos();
  private static final int CHECK_SECONDS = 1;
  // The connection does not exist.
  private static final String BROKEN_OFF = "08003";

  private final DatabaseSettings settings;
  private final Listener listener;
  private volatile @Nullable Open open;
  private volatile boolean isBrokenOff;
  private long lastUse;
  private boolean isLost;
  private boolean wasOpen;

  /// @param sql on the connection; what it knows of statements lasts as long
  record Open(Connection connection, DSLContext sql) {}

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
  /// @param left what is left of the time that the command may take: no answer is waited for longer
  /// @throws SQLException when it cannot be opened
  Open connection(Duration left) throws SQLException {
    Open used = open;
    if (used != null && isStale(used.connection())) {
      lost();
      used = null;
    }
    if (used == null || used.connection().isClosed()) {
      used = reopened(left);
    }
    if (isBrokenOff) {
      discard();
      throw new SQLException("the work on this database was broken off", BROKEN_OFF);
    }
    used.connection()
        .setNetworkTimeout(Runnable::run, Math.toIntExact(settings.answer(left).toMillis()));
    lastUse = System.nanoTime();
    return used;
  }

  private Open reopened(Duration left) throws SQLException {
    DatabaseSettings.Connecting how = settings.forCommands(left);
    // A desk's first question asks for the session's settings, too: see FacilityStore.
    Connection made = wasOpen ? connect(settings, how) : unproven(settings, how);
    wasOpen = true;
    Open opened = new Open(made, Sql.on(made));
    open = opened;
    if (isLost) {
      isLost = false;
      listener.restored();
    }
    return opened;
  }

  /// Ends for good what is at work on this database, from any thread: what was not committed is
  /// rolled back by the server, and whoever works on gets an error.
  public void breakOff() {
    isBrokenOff = true;
    Open broken = open;
    if (broken != null) {
      try {
        broken.connection().abort(Runnable::run);
      } catch (SQLException e) {
        // It is gone either way.
      }
    }
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

  /// Opens a connection without auto-commit, which has proved to be in its facility.
  ///
  /// @throws OpdException ACCESS_DENIED when it has not
  static Connection connect(DatabaseSettings settings, DatabaseSettings.Connecting how)
      throws SQLException {
    Connection connection = unproven(settings, how);
    boolean isProven = false;
    try {
      connection.setAutoCommit(true);
      Record row = Sql.on(connection).select(how.session().asked()).fetchSingle();
      how.session().check(row, 0, settings.place());
      connection.setAutoCommit(false);
      isProven = true;
      return connection;
    } catch (DataAccessException e) {
      throw new SQLException(e);
    } finally {
      if (!isProven) {
        connection.close();
      }
    }
  }

  /// Neither through DriverManager nor through the driver's own `connect`: both look for files in
  /// every jar first, which a command at a desk would wait for.
  private static Connection unproven(DatabaseSettings settings, DatabaseSettings.Connecting how)
      throws SQLException {
    Properties ours = how.driver();
    Properties parsed = Driver.parseURL(settings.url(), ours);
    if (parsed == null) {
      throw new SQLException("not a PostgreSQL URL", "08001");
    }
    // The driver would let those of the URL win.
    ours.stringPropertyNames().forEach(name -> parsed.setProperty(name, ours.getProperty(name)));
    if (parsed.getProperty("ApplicationName") == null) {
      parsed.setProperty("ApplicationName", "opd");
    }
    if (parsed.getProperty("user") == null) {
      parsed.setProperty("user", System.getProperty("user.name", ""));
    }
    // The bound on answers holds from the first one on; a login is waited for like a connection.
    parsed.setProperty("socketTimeout", parsed.getProperty("connectTimeout"));
    Connection connection = new PgConnection(hosts(parsed), parsed, settings.url());
    int answerSeconds = Integer.parseInt(ours.getProperty("socketTimeout", "0"));
    connection.setNetworkTimeout(Runnable::run, Math.toIntExact(SECONDS.toMillis(answerSeconds)));
    connection.setAutoCommit(false);
    return connection;
  }

  private static HostSpec[] hosts(Properties parsed) {
    String[] names = parsed.getProperty("PGHOST").split(",", -1);
    String[] ports = parsed.getProperty("PGPORT").split(",", -1);
    HostSpec[] hosts = new HostSpec[names.length];
    for (int index = 0; index < names.length; index++) {
      hosts[index] = new HostSpec(names[index], Integer.parseInt(ports[index]));
    }
    return hosts;
  }

  /// Forgets a connection that is no longer needed or cannot be used. Never throws: there is
  /// nothing left to save.
  void discard() {
    Open broken = open;
    open = null;
    if (broken != null) {
      try {
        broken.connection().close();
      } catch (SQLException e) {
        // It is gone either way.
      }
    }
  }

  @Override
  public void close() {
    discard();
  }
}
