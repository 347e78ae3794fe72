package opd.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import opd.domain.FacilityName;
import opd.managed.Endpoint;
import opd.managed.Login;
import opd.managed.ManagedServer;
import opd.store.DatabaseSettings;

/// The one real PostgreSQL of a test run: the same server that a desk gets, in the build's folder,
/// but that it does not wait for the disk; what survives a power cut is tried on servers of those
/// tests' own. It is started by the first test that needs it and stopped when that JVM ends.
public final class TestServer {
  private static final Path HOME = Path.of("target", "test-server").toAbsolutePath();
  private static final Path UNPACKED = Path.of("target", "managed-binaries").toAbsolutePath();

  private final Endpoint endpoint;

  private TestServer(Endpoint endpoint) {
    this.endpoint = endpoint;
  }

  private static final class Running {
    static final TestServer SERVER = start();

    private static TestServer start() {
      takePrograms();
      ManagedServer server = new ManagedServer(HOME, line -> {});
      boolean isOthers = server.running().isPresent();
      TestServer started = new TestServer(server.start());
      if (!isOthers) {
        Runtime.getRuntime().addShutdownHook(new Thread(server::stop));
        started.makeQuick();
      }
      return started;
    }
  }

  /// Those that the build has unpacked, if it has.
  private static void takePrograms() {
    try {
      if (Files.isDirectory(UNPACKED) && Files.notExists(HOME)) {
        link(UNPACKED, HOME);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void makeQuick() {
    Login login = endpoint.administrator();
    try (Connection connection =
            DriverManager.getConnection(url(), login.user(), login.password());
        Statement statement = connection.createStatement()) {
      for (String setting : List.of("fsync = off", "full_page_writes = off")) {
        statement.execute("alter system set " + setting);
      }
      statement.execute("select pg_reload_conf()");
    } catch (SQLException e) {
      throw new IllegalStateException("the settings of the test server", e);
    }
  }

  public static TestServer get() {
    return Running.SERVER;
  }

  public DatabaseSettings administrator(FacilityName facility) {
    return settings(endpoint.administrator(), facility);
  }

  public DatabaseSettings desk(FacilityName facility) {
    return settings(endpoint.desk(), facility);
  }

  private DatabaseSettings settings(Login login, FacilityName facility) {
    return new DatabaseSettings(
        url(), login.user(), login.password(), facility, Duration.ofSeconds(10));
  }

  /// Gives the home of another server, which is not set up yet, this one's programs, to spare it
  /// the seconds of unpacking them.
  public void lendPrograms(Path home) throws IOException {
    link(HOME.resolve("postgresql"), home);
  }

  private static void link(Path from, Path home) throws IOException {
    Path folder = Files.createDirectories(home.resolve("postgresql"));
    try (DirectoryStream<Path> programs = Files.newDirectoryStream(from, "server-*")) {
      for (Path each : programs) {
        // Not what another test is just unpacking.
        if (!each.getFileName().toString().contains(".partial-")) {
          Files.createSymbolicLink(folder.resolve(each.getFileName()), each);
        }
      }
    }
  }

  public Path home() {
    return HOME;
  }

  public int port() {
    return endpoint.port();
  }

  public String url() {
    return "jdbc:postgresql://127.0.0.1:" + endpoint.port() + "/" + endpoint.database();
  }
}
