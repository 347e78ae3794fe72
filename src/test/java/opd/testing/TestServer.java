package opd.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import opd.domain.FacilityName;
import opd.server.Endpoint;
import opd.server.Login;
import opd.server.ManagedServer;
import opd.store.connection.DatabaseSettings;

/// The one real PostgreSQL of a test run: the same server that a desk gets, in the build's folder,
/// but that it does not wait for the disk; what survives a power cut is tried on servers of those
/// tests' own. It is started by the first test that needs it and stopped when that JVM ends.
public final class TestServer {
  private static final Path HOME = Path.of("target", "test-server").toAbsolutePath();
  private static final Path READY = Path.of("target", "ready-home").toAbsolutePath();
  private static final Path UNPACKED = Path.of("target", "managed-binaries").toAbsolutePath();

  private static final Duration COMMAND = Duration.ofSeconds(10);

  // Warns of each link to the programs that it deletes: that it leaves alone what it leads to.
  private static final Logger TEMPORARY_FOLDERS =
      Logger.getLogger("org.junit.jupiter.api.io.TempDirDeletionStrategy$Standard");

  // The classes of a mutant's test have a loader of their own, and texts are one for all loaders.
  private static final Object OF_ALL_LOADERS = "opd.testing.TestServer".intern();

  // A mutant's class loader ends before the tests do.
  private static final boolean IS_LASTING =
      TestServer.class.getClassLoader() == ClassLoader.getSystemClassLoader();

  private final Endpoint endpoint;
  private final SpareFacilities spares = new SpareFacilities();

  private TestServer(Endpoint endpoint) {
    this.endpoint = endpoint;
  }

  private static final class Running {
    static final TestServer SERVER = start();

    private static TestServer start() {
      synchronized (OF_ALL_LOADERS) {
        if (Files.notExists(HOME)) {
          lendHome(HOME);
        }
      }
      ManagedServer server = new ManagedServer(HOME, line -> {});
      boolean isOthers = server.running().isPresent();
      TestServer started = new TestServer(server.start());
      if (IS_LASTING || !isOthers) {
        Runtime.getRuntime()
            .addShutdownHook(
                new Thread(() -> {
                  try {
                    started.spares.drop();
                  } finally {
                    if (!isOthers) {
                      server.stop();
                    }
                  }
                }));
      }
      if (!isOthers) {
        started.makeQuick();
      }
      return started;
    }
  }

  /// A home that is set up, once in a build, and whose server has stopped.
  private static final class Ready {
    static final Path FOLDER = make().resolve("postgresql");

    private static Path make() {
      synchronized (OF_ALL_LOADERS) {
        if (Files.notExists(READY)) {
          makeOnce();
        }
        return READY;
      }
    }

    private static void makeOnce() {
      try {
        Path partial = Files.createTempDirectory(READY.getParent(), "ready-home-");
        // Those that the build has unpacked, if it has.
        if (Files.isDirectory(UNPACKED)) {
          link(UNPACKED, partial);
        }
        ManagedServer server = new ManagedServer(partial, line -> {});
        server.start();
        server.stop();
        run("rm", "-r", partial.resolve("postgresql/data/log").toString());
        Files.move(partial, READY, StandardCopyOption.ATOMIC_MOVE);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
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

  /// Those that tests have given back; empty where they cannot be kept.
  Optional<SpareFacilities> spares() {
    return IS_LASTING ? Optional.of(spares) : Optional.empty();
  }

  public DatabaseSettings administrator(FacilityName facility) {
    return settings(endpoint.administrator(), facility, COMMAND);
  }

  /// For those who make and drop the facilities of tests, one after the other: they wait for each
  /// other for as long as a busy machine takes.
  DatabaseSettings builder(FacilityName facility) {
    return settings(endpoint.administrator(), facility, Await.PATIENCE);
  }

  public DatabaseSettings desk(FacilityName facility) {
    return settings(endpoint.desk(), facility, COMMAND);
  }

  /// For a desk that waits for the others as long as a busy machine takes, not as long as a command
  /// may.
  DatabaseSettings patientDesk(FacilityName facility) {
    return settings(endpoint.desk(), facility, Await.PATIENCE);
  }

  private DatabaseSettings settings(Login login, FacilityName facility, Duration budget) {
    return new DatabaseSettings(url(), login.user(), login.password(), facility, budget);
  }

  /// Gives the home of another server, which is to be set up, this one's programs, to spare it the
  /// seconds of unpacking them.
  public void lendPrograms(Path home) throws IOException {
    link(HOME.resolve("postgresql"), home);
  }

  /// Makes the home of another server one that is set up and was never used, by copying: a tenth of
  /// the work. Its passwords are those of all such homes, its port is its own.
  public static void lendHome(Path home) {
    try {
      link(Ready.FOLDER, home);
      Path folder = home.resolve("postgresql");
      run("cp", "-a", Ready.FOLDER.resolve("passwords").toString(), folder.toString());
      // Broken off, it leaves a home that is still to be set up.
      Path partial = folder.resolve("data.partial-lent");
      run("cp", "-a", Ready.FOLDER.resolve("data").toString(), partial.toString());
      Files.move(partial, folder.resolve("data"), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void run(String... command) throws IOException {
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    int exit = process.onExit().join().exitValue();
    if (exit != 0) {
      throw new IOException(String.join(" ", command) + " ended with " + exit);
    }
  }

  private static void link(Path from, Path home) throws IOException {
    TEMPORARY_FOLDERS.setLevel(Level.SEVERE);
    Path folder = Files.createDirectories(home.resolve("postgresql"));
    try (DirectoryStream<Path> programs = Files.newDirectoryStream(from, "server-*")) {
      for (Path each : programs) {
        // Not what another test is just unpacking.
        if (!each.getFileName().toString().contains(".partial-")) {
          Files.createSymbolicLink(folder.resolve(each.getFileName()), each.toRealPath());
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
