package opd.torture;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import opd.server.Endpoint;
import opd.testing.Await;
import opd.testing.Prompt;

/// A primary and its standby on this machine, replicated synchronously: a COMMIT waits for both.
final class Pair implements AutoCloseable {
  private static final Duration PATIENCE = Await.PATIENCE;

  private final OwnCluster primary;
  private final Endpoint endpoint;
  private final Path data;
  private final int port;
  private final Process standby;

  /// @param primary has run already
  /// @param folder does not exist yet
  Pair(OwnCluster primary, Path folder) throws Exception {
    this.primary = primary;
    this.endpoint = primary.start();
    this.data = folder.resolve("data");
    this.port = freePort();
    Files.createDirectories(folder);
    copy();
    this.standby = launch(folder.resolve("standby.log"));
    await(() -> {
      try (Connection connection = connect(port)) {
        return ask(connection, "select pg_is_in_recovery()").equals("t");
      }
    });
    synchronize();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /// A base backup as pg_basebackup makes it, which the managed server's programs lack.
  private void copy() throws SQLException, IOException {
    Files.writeString(
        primary.data().resolve("pg_hba.conf"),
        "host replication all 127.0.0.1/32 scram-sha-256\n",
        StandardOpenOption.APPEND);
    try (Connection connection = primary.connect()) {
      ask(connection, "select pg_reload_conf()");
      ask(connection, "select pg_create_physical_replication_slot('standby', true)");
      ask(connection, "select pg_backup_start('standby', true)");
      copyFiles();
      Files.writeString(
          data.resolve("backup_label"), ask(connection, "select labelfile from pg_backup_stop()"));
    }
    Files.createFile(data.resolve("standby.signal"));
    Files.writeString(
        data.resolve("postgresql.auto.conf"),
        "primary_conninfo = 'host=127.0.0.1 port=%d user=%s password=%s application_name=standby'%n"
                .formatted(
                    endpoint.port(),
                    endpoint.administrator().user(),
                    endpoint.administrator().password())
            + "primary_slot_name = 'standby'\n",
        StandardOpenOption.APPEND);
  }

  private void copyFiles() throws IOException {
    Path source = primary.data();
    try (Stream<Path> files = Files.walk(source)) {
      for (Path file : files.toList()) {
        Path name = source.relativize(file);
        boolean isOfTheRunningServer =
            name.toString().startsWith("postmaster.") || name.startsWith("pg_replslot/standby");
        boolean isLog = name.startsWith("pg_wal") && Files.isRegularFile(file);
        if (!isOfTheRunningServer && !isLog && Files.exists(file)) {
          Files.copy(file, data.resolve(name), StandardCopyOption.COPY_ATTRIBUTES);
        }
      }
    }
  }

  /// As the managed server does: root may only run it in a user namespace.
  private Process launch(Path log) throws IOException {
    List<String> command = new ArrayList<>();
    if (System.getProperty("user.name").equals("root")) {
      command.addAll(List.of("unshare", "--user"));
    }
    command.addAll(
        List.of(
            OwnCluster.programs(primary.home()).resolve("bin/postgres").toString(),
            "-D",
            data.toString(),
            "-p",
            Integer.toString(port)));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().clear();
    builder.environment().putAll(Map.of("LC_ALL", "C", "PATH", "/usr/bin:/bin"));
    return builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
  }

  private void synchronize() throws Exception {
    try (Connection connection = primary.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("alter system set synchronous_standby_names = 'standby'");
      statement.execute("select pg_reload_conf()");
      await(() ->
          ask(connection, "select count(*) from pg_stat_replication where sync_state = 'sync'")
              .equals("1"));
    }
  }

  /// A desk that knows both servers, and works where changes are taken.
  FrontDesk desk(String facility) {
    return desk(
        facility,
        "jdbc:postgresql://127.0.0.1:%d,127.0.0.1:%d/%s?targetServerType=primary&sslmode=disable"
            .formatted(endpoint.port(), port, endpoint.database()));
  }

  /// A desk whose URL names both, the standby first.
  FrontDesk deskOfBoth(String facility) {
    return desk(
        facility,
        "jdbc:postgresql://127.0.0.1:%d,127.0.0.1:%d/%s?sslmode=disable"
            .formatted(port, endpoint.port(), endpoint.database()));
  }

  /// A desk that knows the standby only.
  FrontDesk deskAtStandby(String facility) {
    return desk(
        facility,
        "jdbc:postgresql://127.0.0.1:%d/%s?sslmode=disable".formatted(port, endpoint.database()));
  }

  private FrontDesk desk(String facility, String url) {
    Map<String, String> environment = new HashMap<>(primary.remoteDesk(facility).environment());
    environment.put("OPD_DB_URL", url);
    return new FrontDesk(environment);
  }

  /// Kills the primary for good and lets the standby take its place.
  void failOver() throws Exception {
    primary.kill();
    try (Connection connection = connect(port)) {
      ask(connection, "select pg_promote(true, 30)");
    }
  }

  /// At the server that was the standby.
  Prompt prompt(String facility) throws SQLException {
    Connection connection = connect(port);
    try (Statement statement = connection.createStatement()) {
      statement.execute("set search_path = opd_" + facility + ", public");
    }
    return new Prompt(connection);
  }

  private Connection connect(int port) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:%d/%s?sslmode=disable".formatted(port, endpoint.database()),
        endpoint.administrator().user(),
        endpoint.administrator().password());
  }

  private static String ask(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getString(1);
    }
  }

  private interface Condition {
    boolean holds() throws SQLException;
  }

  private void await(Condition condition) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!holds(condition)) {
      if (System.nanoTime() > end || standby.waitFor(20, TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException(Files.readString(data.resolveSibling("standby.log")));
      }
    }
  }

  private static boolean holds(Condition condition) {
    try {
      return condition.holds();
    } catch (SQLException notYet) {
      return false;
    }
  }

  @Override
  public void close() {
    standby.destroy();
    standby.onExit().join();
  }
}
