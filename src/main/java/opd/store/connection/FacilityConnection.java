package opd.store.connection;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Supplier;
import opd.domain.OpdException;
import org.jspecify.annotations.Nullable;

/// One connection to a facility's database, opened when it is first needed and again when it broke.
/// Used by one thread at a time, but for [#breakOff()]; a desk that works beside others has one of
/// its own.
public final class FacilityConnection implements AutoCloseable {
  // Firewalls forget connections that are silent for longer, and say so to neither side.
  private static final long TRUSTED_IDLE_NANOS = Duration.ofMinutes(1).toNanos();
  private static final int CHECK_SECONDS = 1;
  private static final String NO_CONNECTION = "08001";
  // The connection does not exist.
  private static final String BROKEN_OFF = "08003";

  private final DatabaseSettings settings;
  private final Listener listener;
  private final Server server;
  private volatile @Nullable OpenConnection open;
  private volatile boolean isBrokenOff;
  private long lastUse;
  private boolean isLost;
  private boolean wasCitus;
  // After the first try to connect: the next may need another look where the server is.
  private boolean isDoubtful;

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
  OpenConnection connection(Supplier<Duration> left) throws SQLException {
    OpenConnection used = open;
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

  private OpenConnection reopened(Supplier<Duration> left) throws SQLException {
    DatabaseSettings current = isDoubtful ? settings.at(url(left.get())) : settings;
    isDoubtful = true;
    OpenConnection opened =
        OpenConnection.to(current, settings.forCommands(left.get()), left.get());
    Citus.note(opened.sql(), wasCitus);
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
    OpenConnection broken = open;
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

  /// Forgets a connection that is no longer needed or cannot be used. Never throws: there is
  /// nothing left to save.
  void discard() {
    OpenConnection broken = open;
    open = null;
    if (broken != null) {
      wasCitus = Citus.isThere(broken.sql());
      broken.close();
    }
  }

  @Override
  public void close() {
    discard();
  }
}
