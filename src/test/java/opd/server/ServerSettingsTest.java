package opd.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class ServerSettingsTest {
  // One cluster for all: no test changes it.
  @TempDir static Path folder = Path.of("");

  @Test
  void onlyThePasswordOpensTheServerAndOnlyTheOwnerReadsThePassword() throws Exception {
    try (TestServer test = TestServer.in(folder.resolve("home"))) {
      Endpoint endpoint = test.server.start();
      Login guessed = new Login("opd", "guess");
      assertThatThrownBy(() -> TestServer.ask(endpoint, guessed, "select 1"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("password authentication failed");
      assertThat(permissions(test.home.secretsFile())).isEqualTo("rw-------");
      assertThat(permissions(test.home.root())).isEqualTo("rwx------");
      assertThat(endpoint.toString()).doesNotContain(endpoint.administrator().password());
      assertThat(endpoint.administrator().password()).hasSize(32);
      assertThat(endpoint.desk().password()).isNotEqualTo(endpoint.administrator().password());
    }
  }

  @Test
  void theServerIsDurableLocalAndSilentAboutPatients() throws Exception {
    try (TestServer test = TestServer.in(folder.resolve("home"))) {
      Endpoint endpoint = test.server.start();
      assertThat(
              TestServer.ask(
                  endpoint,
                  """
                  select string_agg(name || '=' || setting, ' ' order by name) from pg_settings
                  where name in ('fsync', 'full_page_writes', 'synchronous_commit', 'data_checksums',
                    'listen_addresses', 'unix_socket_directories', 'log_timezone', 'server_encoding',
                    'log_statement', 'log_error_verbosity', 'log_min_error_statement')
                  """))
          .isEqualTo(
              "data_checksums=on fsync=on full_page_writes=on listen_addresses=127.0.0.1"
                  + " log_error_verbosity=terse log_min_error_statement=panic log_statement=none"
                  + " log_timezone=UTC server_encoding=UTF8 synchronous_commit=on"
                  + " unix_socket_directories=");
      assertThat(
              TestServer.ask(
                  endpoint, "select string_agg(distinct auth_method, ' ') from pg_hba_file_rules"))
          .isEqualTo("scram-sha-256");
      assertThat(
              TestServer.ask(
                  endpoint,
                  "select concat(datlocprovider, ' ', datlocale) from pg_database"
                      + " where datname = 'opd'"))
          .isEqualTo("b C.UTF-8");
      assertThatThrownBy(() -> TestServer.ask(endpoint, "select 'secret-name'::int"))
          .isInstanceOf(SQLException.class);
      test.server.stop();
      assertThat(logs(test.home)).contains("shut down").doesNotContain("secret-name");
    }
  }

  private static String permissions(Path path) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  private static String logs(Home home) throws Exception {
    StringBuilder text = new StringBuilder();
    try (var files = Files.list(home.data().resolve("log"))) {
      for (Path file : files.toList()) {
        text.append(Files.readString(file));
      }
    }
    return text.toString();
  }
}
