package opd.store.connection;

import java.net.SocketTimeoutException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.jdbc.PgConnection;
import org.postgresql.util.HostSpec;
import org.postgresql.util.PSQLException;

/// One try to make a connection, bounded as a whole. The driver bounds each of its steps only:
/// every address of every host, every answer of the log-in, and all of it again without encryption.
final class Connecting {
  private static final String NO_CONNECTION = "08001";

  private final DatabaseSettings settings;
  private final Properties parsed;
  private boolean isGivenUp;
  private @Nullable Connection made;

  private Connecting(DatabaseSettings settings, Properties parsed) {
    this.settings = settings;
    this.parsed = parsed;
  }

  /// Neither through DriverManager nor through the driver's own `connect`: both look for files in
  /// every jar first, which a command at a desk would wait for.
  ///
  /// @param within not longer than this
  /// @throws SQLException 08001 when the time is over
  static Connection to(DatabaseSettings settings, Properties properties, Duration within)
      throws SQLException {
    Properties parsed = Driver.parseURL(settings.url(), properties);
    if (parsed == null) {
      throw new SQLException("not a PostgreSQL URL", NO_CONNECTION);
    }
    // The driver would let those of the URL win.
    properties
        .stringPropertyNames()
        .forEach(name -> parsed.setProperty(name, properties.getProperty(name)));
    if (parsed.getProperty("ApplicationName") == null) {
      parsed.setProperty("ApplicationName", "opd");
    }
    if (parsed.getProperty("user") == null) {
      parsed.setProperty("user", System.getProperty("user.name", ""));
    }
    // The bound on answers holds from the first one on; a login is waited for like a connection.
    parsed.setProperty("socketTimeout", parsed.getProperty("connectTimeout"));
    return new Connecting(settings, parsed).within(within);
  }

  private Connection within(Duration bound) throws SQLException {
    FutureTask<Connection> attempt = new FutureTask<>(this::make);
    Thread thread = new Thread(attempt, "connecting");
    thread.setDaemon(true);
    thread.start();
    try {
      return attempt.get(bound.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException late) {
      return madeAtTheLastMoment(new SocketTimeoutException("no connection within the time"));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return madeAtTheLastMoment(interrupted);
    } catch (ExecutionException e) {
      throw failure(e);
    }
  }

  private synchronized Connection madeAtTheLastMoment(Exception otherwise) throws SQLException {
    if (made == null) {
      isGivenUp = true;
      throw new SQLException(otherwise.getMessage(), NO_CONNECTION, otherwise);
    }
    return made;
  }

  private Connection make() throws SQLException {
    Connection connection = connected();
    synchronized (this) {
      if (!isGivenUp) {
        made = connection;
        return connection;
      }
    }
    connection.close();
    throw new SQLException("nobody waits any more", NO_CONNECTION);
  }

  private Connection connected() throws SQLException {
    try {
      return new PgConnection(hosts(parsed), parsed, settings.url());
    } catch (PSQLException e) {
      if (!Fault.isOfStartupParameter(e)) {
        throw e;
      }
    }
    // A pooler that is not told to bear the driver's own parameters. Without this one the driver
    // sets them by statements.
    parsed.remove("assumeMinServerVersion");
    return new PgConnection(hosts(parsed), parsed, settings.url());
  }

  private static SQLException failure(ExecutionException e) throws SQLException {
    return switch (e.getCause()) {
      case SQLException sql -> sql;
      case RuntimeException fault -> throw fault;
      case Error fault -> throw fault;
      case null, default -> new SQLException(e.getMessage(), NO_CONNECTION, e);
    };
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
}
