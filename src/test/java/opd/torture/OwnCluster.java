package opd.torture;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import opd.server.Endpoint;
import opd.server.ManagedServer;
import opd.testing.Prompt;

/// A managed server of a test's own, as on a desk's machine, which the test may kill.
final class OwnCluster implements AutoCloseable {
  private final Path home;
  private final ManagedServer server;
  private int facilities;

  /// @param home does not exist yet, or is set up
  /// @param other a home whose server's programs are used, to unpack them only once
  OwnCluster(Path home, Optional<Path> other) throws IOException {
    this.home = home;
    this.server = new ManagedServer(home, line -> {});
    if (other.isPresent()) {
      Path folder = Files.createDirectories(home.resolve("postgresql"));
      Path programs = programs(other.get());
      Files.createSymbolicLink(folder.resolve(programs.getFileName()), programs);
    }
  }

  static Path programs(Path home) throws IOException {
    try (Stream<Path> entries = Files.list(home.resolve("postgresql"))) {
      return entries
          .filter(entry -> entry.getFileName().toString().startsWith("server-"))
          .findFirst()
          .orElseThrow();
    }
  }

  Path home() {
    return home;
  }

  Path data() {
    return home.resolve("postgresql").resolve("data");
  }

  Endpoint start() {
    return server.start();
  }

  /// So that the log tells which faults were reached, and waiting for each other is found out soon.
  void makeTalkative() throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      for (String setting :
          List.of(
              "log_min_messages = 'warning'",
              "log_line_prefix = '%e %a|'",
              "deadlock_timeout = '400ms'")) {
        statement.execute("alter system set " + setting);
      }
      statement.execute("select pg_reload_conf()");
    }
  }

  void stop() {
    server.stop();
  }

  /// As its administrator, auto-committing.
  Connection connect() throws SQLException {
    Endpoint endpoint = server.start();
    return DriverManager.getConnection(
        url(endpoint), endpoint.administrator().user(), endpoint.administrator().password());
  }

  /// In the facility's schema.
  Connection connect(String facility) throws SQLException {
    Connection connection = connect();
    try (Statement statement = connection.createStatement()) {
      statement.execute("set search_path = opd_" + facility + ", public");
    }
    return connection;
  }

  Prompt prompt(String facility) throws SQLException {
    return new Prompt(connect(facility));
  }

  private static String url(Endpoint endpoint) {
    return "jdbc:postgresql://127.0.0.1:%d/%s?sslmode=disable"
        .formatted(endpoint.port(), endpoint.database());
  }

  /// The name of a facility that does not exist yet.
  String newFacility() {
    facilities++;
    return "t" + facilities;
  }

  /// A desk on this machine, whose commands start the server when they find it down.
  FrontDesk desk(String facility) {
    return new FrontDesk(
        Map.of(
            "OPD_HOME",
            home.toString(),
            "OPD_FACILITY",
            facility,
            "OPD_ACTOR",
            "desk",
            "HOME",
            "/proc/nonexistent"));
  }

  /// A desk on another machine.
  FrontDesk remoteDesk(String facility) {
    Endpoint endpoint = server.start();
    return new FrontDesk(
        Map.of(
            "OPD_DB_URL",
            url(endpoint),
            "OPD_DB_USER",
            endpoint.desk().user(),
            "OPD_DB_PASSWORD",
            endpoint.desk().password(),
            "OPD_FACILITY",
            facility,
            "OPD_ACTOR",
            "desk",
            "HOME",
            "/proc/nonexistent"));
  }

  /// What was done so far outlives a kill, also where no COMMIT waits for the disk.
  void flush() throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute("checkpoint");
    }
  }

  /// As a power cut does, but for the disk's own cache.
  void kill() throws IOException {
    long pid =
        Long.parseLong(Files.readAllLines(data().resolve("postmaster.pid")).getFirst().strip());
    ProcessHandle server = ProcessHandle.of(pid).orElseThrow();
    server.destroyForcibly();
    server.onExit().join();
  }

  /// How often the log tells of each fault.
  Map<Fault, Integer> logged() throws IOException {
    Map<Fault, Integer> counts = new EnumMap<>(Fault.class);
    try (Stream<Path> files = Files.list(data().resolve("log"))) {
      for (Path file : files.toList()) {
        try (Stream<String> lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
          lines.forEach(line -> {
            for (Fault fault : Fault.values()) {
              if (fault.isToldIn(line)) {
                counts.merge(fault, 1, Integer::sum);
              }
            }
          });
        }
      }
    }
    return counts;
  }

  @Override
  public void close() {
    stop();
  }
}
