package opd.torture;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import opd.server.Endpoint;
import opd.server.Login;
import opd.testing.Await;

/// PgBouncer before a server, Debian's or the one that `OPD_TEST_PGBOUNCER` names, with the
/// settings of the administrator's page in `docs/administrator.md` but for those that a test gives.
final class PgBouncer implements AutoCloseable {
  static final Path PROGRAM =
      Path.of(System.getenv().getOrDefault("OPD_TEST_PGBOUNCER", "/usr/sbin/pgbouncer"));

  private final Endpoint server;
  private final int port;
  private final Process process;

  /// @param folder for its files; does not exist yet
  /// @param settings beside or in place of the others
  PgBouncer(Endpoint server, Path folder, Map<String, String> settings) throws Exception {
    this.server = server;
    this.port = freePort();
    Files.createDirectories(folder);
    Path users = folder.resolve("users.txt");
    Files.writeString(users, user(server.desk()) + user(server.administrator()));
    Map<String, String> all = new HashMap<>();
    all.put("listen_addr", "127.0.0.1");
    all.put("listen_port", Integer.toString(port));
    all.put("unix_socket_dir", "");
    all.put("auth_type", "scram-sha-256");
    all.put("auth_file", users.toString());
    all.put("pool_mode", "transaction");
    all.put("default_pool_size", "10");
    all.put("max_client_conn", "1000");
    all.put("ignore_startup_parameters", "extra_float_digits");
    all.putAll(settings);
    StringBuilder file =
        new StringBuilder("[databases]\n")
            .append("%s = host=127.0.0.1 port=%d%n".formatted(server.database(), server.port()))
            .append("[pgbouncer]\n");
    all.forEach((name, value) -> file.append("%s = %s%n".formatted(name, value)));
    Path configuration = folder.resolve("pgbouncer.ini");
    Files.writeString(configuration, file);
    this.process = launch(configuration, folder.resolve("pgbouncer.log"));
    Await.until("PgBouncer listens", Await.PATIENCE, this::isListening);
  }

  private static String user(Login login) {
    return "\"%s\" \"%s\"%n".formatted(login.user(), login.password());
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /// It refuses to run as root.
  private static Process launch(Path configuration, Path log) throws IOException {
    List<String> command = new ArrayList<>();
    if (System.getProperty("user.name").equals("root")) {
      command.addAll(List.of("unshare", "--user"));
    }
    command.addAll(List.of(PROGRAM.toString(), configuration.toString()));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
  }

  private boolean isListening() throws IOException {
    if (!process.isAlive()) {
      throw new IllegalStateException("PgBouncer ended with " + process.exitValue());
    }
    try (Socket _ = new Socket("127.0.0.1", port)) {
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  /// Whether it can keep prepared statements, as it can from 1.21 on.
  static boolean keepsStatements() throws IOException {
    Process asked = new ProcessBuilder(PROGRAM.toString(), "--version").start();
    try (BufferedReader out = asked.inputReader()) {
      String version = out.readLine();
      String[] numbers = version.replaceFirst("^PgBouncer ", "").split("\\.");
      return Integer.parseInt(numbers[0]) > 1 || Integer.parseInt(numbers[1]) >= 21;
    }
  }

  String url() {
    return url(server.database());
  }

  String url(String database) {
    return "jdbc:postgresql://127.0.0.1:%d/%s?sslmode=disable".formatted(port, database);
  }

  /// The same desk, who reaches the server by way of this, where it keeps what it prepared.
  FrontDesk beforeWithStatements(FrontDesk desk) {
    return desk.with(Map.of("OPD_DB_URL", url() + "&prepareThreshold=1"));
  }

  /// The same desk, who reaches the server by way of this.
  FrontDesk before(FrontDesk desk) {
    return desk.with(Map.of("OPD_DB_URL", url()));
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
