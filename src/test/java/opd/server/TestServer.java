package opd.server;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import opd.server.ManagedServer.Surroundings;

/// A managed server in a test's own home, stopped at the end. The programs are unpacked once for
/// all tests.
final class TestServer implements AutoCloseable {
  static final Path SHARED_BINARIES = Path.of("target", "managed-binaries").toAbsolutePath();

  final Home home;
  final List<String> progress = new CopyOnWriteArrayList<>();
  final ManagedServer server;

  TestServer(Path home, Surroundings surroundings) {
    this.home = new Home(home);
    this.server = new ManagedServer(home, progress::add, surroundings);
  }

  /// As users have it, save for the shared programs.
  static TestServer in(Path home) {
    return new TestServer(home, sharing(PrivilegeChoice.standard()));
  }

  /// One that is set up already.
  static TestServer ready(Path home) {
    opd.testing.TestServer.lendHome(home);
    return in(home);
  }

  static Surroundings sharing(PrivilegeChoice privileges) {
    return new Surroundings(
        SHARED_BINARIES, privileges, Duration.ofSeconds(60), Duration.ofSeconds(30));
  }

  PostmasterFile process() throws IOException {
    return PostmasterFile.read(home.data()).orElseThrow();
  }

  static Connection connect(Endpoint endpoint, Login login) throws SQLException {
    String url = "jdbc:postgresql://127.0.0.1:" + endpoint.port() + "/" + endpoint.database();
    return DriverManager.getConnection(url, login.user(), login.password());
  }

  static Connection connect(Endpoint endpoint) throws SQLException {
    return connect(endpoint, endpoint.administrator());
  }

  static String ask(Endpoint endpoint, Login login, String query) throws SQLException {
    try (Connection connection = connect(endpoint, login)) {
      return ask(connection, query);
    }
  }

  static String ask(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      boolean hasRows = statement.execute(query);
      if (!hasRows) {
        return "";
      }
      try (ResultSet rows = statement.getResultSet()) {
        rows.next();
        return rows.getString(1);
      }
    }
  }

  static String ask(Endpoint endpoint, String query) throws SQLException {
    return ask(endpoint, endpoint.administrator(), query);
  }

  @Override
  public void close() {
    server.stop();
  }
}
