package opd.store.connection;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Optional;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// Hands Flyway one connection however often it asks, with our own settings. Left to itself it
/// takes two, and a migration that is broken off between their commits is carried out but not
/// recorded, so that no later one can be.
public final class SingleConnectionDataSource implements DataSource, AutoCloseable {
  private final OpenConnection open;
  private final Connection connection;
  private final Connection lasting;

  /// @param role under which the work is done, or empty for the login itself
  public SingleConnectionDataSource(DatabaseSettings settings, Optional<String> role)
      throws SQLException {
    this.open = OpenConnection.withOwnSession(settings, settings.forAdministration());
    this.connection = open.connection();
    role.ifPresent(name -> open.sql().execute("set role {0}", DSL.name(name)));
    this.lasting = unclosed(connection);
  }

  /// On the connection.
  public DSLContext sql() {
    return open.sql();
  }

  private static Connection unclosed(Connection connection) {
    return (Connection)
        Proxy.newProxyInstance(
            SingleConnectionDataSource.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (_, method, arguments) -> {
              if (method.getName().equals("close")) {
                return null;
              }
              try {
                return method.invoke(connection, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause() == null ? e : e.getCause();
              }
            });
  }

  @Override
  public Connection getConnection() {
    return lasting;
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    throw new SQLFeatureNotSupportedException("the login is in the settings");
  }

  @Override
  public @Nullable PrintWriter getLogWriter() {
    return null;
  }

  @Override
  public void setLogWriter(@Nullable PrintWriter out) {}

  @Override
  public void setLoginTimeout(int seconds) {}

  @Override
  public int getLoginTimeout() {
    return 0;
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException("nothing is logged here");
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    throw new SQLException("not a wrapper");
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return false;
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
