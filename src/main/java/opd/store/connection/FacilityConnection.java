package opd.store.connection;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.function.Supplier;
import opd.domain.OpdException;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;

/// One connection to a facility's database, opened when it is first needed and again when it broke.
/// Used by one thread at a time, but for [#breakOff()]; a desk that works beside others has one of
/// its own.
public final class FacilityConnection implements AutoCloseable {
  // Firewalls forget connections that are silent for longer, and say so to neither side.
  private static final long TRUSTED_IDLE_NANOS = Duration.ofMinutes(1).toNanos();
  private static final int CHECK_SECONDS = 1;
  // From this major version on there is the setting transaction_timeout.
  private static final int HAS_TRANSACTION_TIMEOUT = 17;
  private static final String NO_CONNECTION = "08001";
  // The connection does not exist.
  private static final String BROKEN_OFF = "08003";

  private final DatabaseSettings settings;
  private final Listener listener;
  private final Server server;
  private volatile @Nullable Open open;
  private volatile boolean isBrokenOff;
  private long lastUse;
  private boolean isLost;
  private boolean wasOpen;
  // After the first try to connect: the next may need another look where the server is.
  private boolean isDoubtful;
  private boolean isTransactionBounded;

  /// @param sql on the connection; what it knows of statements lasts as long
  record Open(Connection connection, DSLContext sql) {}

  /// Told about the connection of somebody who works on for hours.
  public interface Listener {
    /// It broke; told once, however long it takes to make a new one.
    void lost();

    /// A new one was made after that.
    void restored();
  }

  /// The server behind a database, which may have to be started again when it was killed.
  public interface Server {
    /// Where it is, started if need be.
    ///
    /// @param left what is left of the time that the command may take
    /// @throws OpdException when it cannot be started within that time
    String url(Duration left);
  }

  /// Says nothing: a command of a second ends before anybody could act on it.
  public static final Listener SILENT =
      new Listener() {
        @Override
        public void lost() {}

        @Override
        public void restored() {}
      };

  public FacilityConnection(DatabaseSettings settings) {
    this(settings, SILENT);
  }

  public FacilityConnection(DatabaseSettings settings, Listener listener) {
    this(settings, listener, left -> settings.url());
  }

  /// @param server is asked anew before each connection but the first
  public FacilityConnection(DatabaseSettings settings, Listener listener, Server server) {
    this.settings = settings;
    this.listener = listener;
    this.server = server;
  }

  public DatabaseSettings settings() {
    return settings;
  }

  /// The connection, without auto-commit.
  ///
  /// @param left what is left of the time that the command may take: nothing is waited for longer
  /// @throws SQLException when it cannot be opened
  Open connection(Supplier<Duration> left) throws SQLException {
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
    lastUse = System.nanoTime();
    return used;
  }

  private Open reopened(Supplier<Duration> left) throws SQLException {
    DatabaseSettings current = isDoubtful ? settings.at(url(left.get())) : settings;
    isDoubtful = true;
    ConnectionSettings how = settings.forCommands(left.get());
    if (isTransactionBounded) {
      how = how.withoutTransactionBound();
    }
    // A desk's first question asks for the session's settings, too: see FacilityStore.
    Connection made = wasOpen ? proven(current, how, left) : connected(current, how, left.get());
    wasOpen = true;
    Open opened = new Open(made, Sql.on(made));
    open = opened;
    if (isLost) {
      isLost = false;
      listener.restored();
    }
    return opened;
  }

  private String url(Duration left) throws SQLException {
    try {
      return server.url(left);
    } catch (OpdException notStarted) {
      // What became of a COMMIT that was sent before is still to be said.
      throw new SQLException(notStarted.getMessage(), NO_CONNECTION, notStarted);
    }
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

  /// The server ended a transaction for lasting too long: the next connection asks it not to.
  void noteTransactionBound() {
    isTransactionBounded = true;
  }

  /// Forgets a connection that broke.
  void lost() {
    discard();
    if (!isLost) {
      isLost = true;
      listener.lost();
    }
  }

  /// Opens a connection without auto-commit.
  ///
  /// @param within how long to wait for it
  private static Connection connected(
      DatabaseSettings settings, ConnectionSettings how, Duration within) throws SQLException {
    Connection connection = Connecting.to(settings, how.driver(), within);
    boundAnswers(connection, how.answer());
    connection.setAutoCommit(false);
    return connection;
  }

  private static void boundAnswers(Connection connection, Duration answer) throws SQLException {
    connection.setNetworkTimeout(Runnable::run, Math.toIntExact(answer.toMillis()));
  }

  /// A connection without auto-commit, which has proved to be in its facility.
  ///
  /// @param left how long to wait for it
  /// @throws SQLException with an OpdException as its cause when it has not
  private static Connection proven(
      DatabaseSettings settings, ConnectionSettings how, Supplier<Duration> left)
      throws SQLException {
    Connection connection = connected(settings, how, left.get());
    boolean isProven = false;
    try {
      // The proof, too, is waited for no longer than there is time, whatever is to be unbounded.
      boundAnswers(connection, settings.answer(left.get()));
      connection.setAutoCommit(true);
      Record row = Sql.on(connection).select(how.session().asked()).fetchSingle();
      how.session().check(row, 0, settings.place());
      boundAnswers(connection, how.answer());
      connection.setAutoCommit(false);
      isProven = true;
      return connection;
    } catch (OpdException notAsAsked) {
      // What became of a COMMIT that was sent before is still to be said.
      throw new SQLException(notAsAsked.getMessage(), NO_CONNECTION, notAsAsked);
    } catch (DataAccessException e) {
      throw new SQLException(e);
    } finally {
      if (!isProven) {
        connection.close();
      }
    }
  }

  /// A connection without auto-commit, which has proved to be in its facility.
  ///
  /// @throws SQLException with an OpdException as its cause when it has not
  public static Connection connect(DatabaseSettings settings, ConnectionSettings how)
      throws SQLException {
    long end = System.nanoTime() + settings.budget().toNanos();
    return proven(settings, how, () -> Duration.ofNanos(Math.max(0, end - System.nanoTime())));
  }

  /// The same, auto-committing and without the bound that a server may set on whole transactions:
  /// for those whose session is their own, who do several things in it or take a lock with it.
  public static Connection connectUnbounded(DatabaseSettings settings, ConnectionSettings how)
      throws SQLException {
    Connection connection = connect(settings, how);
    boolean isUnbounded = false;
    try {
      connection.setAutoCommit(true);
      liftTransactionBound(connection, "set");
      isUnbounded = true;
      return connection;
    } finally {
      if (!isUnbounded) {
        connection.close();
      }
    }
  }

  /// Frees the transaction that begins from the bound that a server may set on whole transactions,
  /// and that one alone, as a pooler may hand the session on.
  public static void liftTransactionBound(Connection connection) throws SQLException {
    liftTransactionBound(connection, "set local");
  }

  private static void liftTransactionBound(Connection connection, String set) throws SQLException {
    if (connection.getMetaData().getDatabaseMajorVersion() >= HAS_TRANSACTION_TIMEOUT) {
      try (Statement statement = connection.createStatement()) {
        statement.execute(set + " transaction_timeout = 0");
      }
    }
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
