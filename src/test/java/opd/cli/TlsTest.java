package opd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import opd.server.Endpoint;
import opd.server.ManagedServer;
import opd.testing.TestServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Against a real server with a certificate that it made itself, for `localhost` and nothing else,
/// which lets nobody in without encryption.
final class TlsTest {
  private static final String STORE_PASSWORD = "changeit";
  // The program itself keeps the driver from writing to standard error.
  private static final Logger DRIVER =
      Logger.getLogger("org.postgresql.ssl.PGjdbcHostnameVerifier");

  @TempDir static Path folder;
  private static ManagedServer server;
  private static Endpoint endpoint;

  private CommandLineFixture line;

  @BeforeAll
  static void startServer() throws Exception {
    DRIVER.setLevel(Level.OFF);
    Path home = folder.resolve("home");
    TestServer.lendHome(home);
    server = new ManagedServer(home, text -> {});
    makeCertificate("right");
    makeCertificate("wrong");
    Path data = home.resolve("postgresql").resolve("data");
    Files.writeString(
        data.resolve("postgresql.conf"),
        "\nssl = on\nssl_cert_file = '%1$s.crt'\nssl_key_file = '%1$s.key'\n"
            .formatted(folder.resolve("right")),
        StandardOpenOption.APPEND);
    Files.writeString(data.resolve("pg_hba.conf"), "hostssl all all 127.0.0.1/32 scram-sha-256\n");
    endpoint = server.start();
  }

  @AfterAll
  static void stopServer() {
    server.stop();
  }

  @BeforeEach
  void logIn() {
    line =
        new CommandLineFixture()
            .with("OPD_DB_USER", endpoint.administrator().user())
            .with("OPD_DB_PASSWORD", endpoint.administrator().password())
            .with("OPD_FACILITY", "main");
  }

  @AfterEach
  void close() {
    line.close();
  }

  /// A key and a certificate that vouches for itself, as PEM files.
  private static void makeCertificate(String name)
      throws IOException, InterruptedException, GeneralSecurityException {
    Path store = folder.resolve(name + ".p12");
    keytool(
        "-genkeypair",
        "-alias",
        "server",
        "-keyalg",
        "EC",
        "-dname",
        "CN=localhost",
        "-ext",
        "SAN=dns:localhost",
        "-validity",
        "2",
        "-keystore",
        store.toString());
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, STORE_PASSWORD.toCharArray());
    }
    pem(
        Files.createFile(folder.resolve(name + ".crt")),
        "CERTIFICATE",
        keys.getCertificate("server").getEncoded());
    Path file = folder.resolve(name + ".key");
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    pem(file, "PRIVATE KEY", keys.getKey("server", STORE_PASSWORD.toCharArray()).getEncoded());
  }

  private static void pem(Path file, String what, byte[] content) throws IOException {
    Files.writeString(
        file,
        "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n"
            .formatted(what, Base64.getMimeEncoder().encodeToString(content)));
  }

  private static void keytool(String... arguments) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
    command.addAll(List.of("-J-XX:TieredStopAtLevel=1", "-J-XX:+UseSerialGC"));
    command.addAll(List.of(arguments));
    command.addAll(List.of("-storepass", STORE_PASSWORD));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("keytool").toFile())
            .start();
    assertThat(process.waitFor()).as(Files.readString(folder.resolve("keytool"))).isZero();
  }

  private CommandLineFixture.Result run(String host, String parameters, String... command) {
    line.with(
        "OPD_DB_URL",
        "postgresql://%s:%d/%s?%s"
            .formatted(host, endpoint.port(), endpoint.database(), parameters));
    return line.json(command);
  }

  private static String trusting(String name) {
    return "sslmode=verify-full&sslrootcert=" + folder.resolve(name + ".crt");
  }

  /// Refused at once, as it would not be better the next time, with these words.
  private void refused(String host, String parameters, String words) {
    Instant start = Instant.now();
    for (String command : List.of("doctor list", "db migrate", "audit")) {
      CommandLineFixture.Result result = run(host, parameters, command.split(" "));
      assertThat(result.exit()).as(command + result.err()).isEqualTo(8);
      JsonNode error = result.error();
      assertThat(error.path("code").asText()).isEqualTo("ACCESS_DENIED");
      assertThat(error.path("message").asText()).as(command).contains(words);
      assertThat(error.path("hint").asText()).isNotEmpty();
    }
    assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(8));
  }

  @Test
  void theRightCertificateOfTheRightHostIsAccepted() {
    for (String command : List.of("db migrate", "doctor list", "audit", "audit verify")) {
      CommandLineFixture.Result result = run("localhost", trusting("right"), command.split(" "));
      assertThat(result.exit()).as(command + result.err()).isZero();
    }
  }

  @Test
  void aCertificateThatNobodyVouchesForIsRefused() {
    refused("localhost", trusting("wrong"), "nothing here vouches for");
    refused(
        "localhost",
        "sslmode=verify-ca&sslrootcert=" + folder.resolve("wrong.crt"),
        "nothing here vouches for");
  }

  @Test
  void aCertificateForAnotherHostIsRefused() {
    refused("127.0.0.1", trusting("right"), "another host name");
  }

  @Test
  void aCertificateFileThatIsMissingIsNamedAsTheReason() {
    refused("localhost", trusting("missing"), "cannot be read");
  }

  @Test
  void aServerThatDemandsEncryptionSaysSoToWhoComesWithout() {
    refused("localhost", "sslmode=disable", "does not let this user in");
    assertThat(run("localhost", "sslmode=disable", "doctor", "list").err())
        .contains("sslmode=verify-full");
  }

  @Test
  void aServerWithoutEncryptionIsRefused() {
    // The one that all tests share has no certificate.
    line.with("OPD_DB_URL", line.facility().deskSettings().url() + "?" + trusting("right"));
    CommandLineFixture.Result result = line.json("doctor", "list");
    assertThat(result.exit()).as(result.err()).isEqualTo(8);
    assertThat(result.error().path("message").asText()).contains("offers no encryption");
  }

  @Test
  void aModeThatDoesNotExistIsBadInput() {
    CommandLineFixture.Result result = run("localhost", "sslmode=verify", "doctor", "list");
    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.error().path("hint").asText()).contains("verify-full");
  }
}
