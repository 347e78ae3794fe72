package opd.managed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import opd.managed.ManagedServer.Surroundings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ManagedServerTest {
  @TempDir Path folder;

  @Test
  void firstStartUnpacksInitialisesAndStartsWithOneLineOfProgress() throws Exception {
    Path home = folder.resolve("home");
    // What a set-up that was killed half-way leaves behind.
    Path leftover = home.resolve("postgresql/data.partial-1/base");
    Files.createDirectories(leftover);
    Surroundings standard = Surroundings.standard(home);
    try (TestServer test = new TestServer(home, standard)) {
      assertThat(test.server.running()).isEmpty();
      assertThat(test.server.status().state()).isEqualTo(Status.State.NOT_SET_UP);

      Endpoint endpoint = test.server.start();

      assertThat(TestServer.ask(endpoint, "select current_database()")).isEqualTo("opd");
      assertThat(test.server.running()).contains(endpoint);
      assertThat(test.progress).singleElement().asString().contains(home.toString());
      assertThat(leftover).doesNotExist();
      Status status = test.server.status();
      assertThat(status.state()).isEqualTo(Status.State.RUNNING);
      assertThat(status.pid()).isEqualTo(test.process().pid());
      assertThat(status.serverVersion()).startsWith("18.");
    }
  }

  @Test
  void whatIsNotSetUpIsNeitherRunningNorStoppedNorTouched() {
    TestServer test = TestServer.in(folder.resolve("nothing"));
    assertThat(test.server.running()).isEmpty();
    assertThat(test.server.stop()).isFalse();
    assertThat(test.server.status().serverVersion()).isNull();
    assertThat(test.home.root()).doesNotExist();
  }

  @Test
  void stoppingKeepsDataPortAndPasswordsForTheNextStart() throws Exception {
    try (TestServer test = TestServer.in(folder)) {
      Endpoint first = test.server.start();
      TestServer.ask(first, "create table kept as select 7 as value");

      assertThat(test.server.stop()).isTrue();
      assertThat(test.server.stop()).isFalse();
      assertThat(test.server.running()).isEmpty();
      assertThat(test.server.status().state()).isEqualTo(Status.State.STOPPED);
      Endpoint second = test.server.start();

      assertThat(second).isEqualTo(first);
      assertThat(TestServer.ask(second, "select value from kept")).isEqualTo("7");
      assertThat(test.server.start()).isEqualTo(first);
      assertThat(test.progress).hasSize(1);
    }
  }

  @Test
  void aHomeMayHaveSpacesQuotesAndLettersOutsideAscii() throws Exception {
    boolean unicode = "UTF-8".equals(System.getProperty("sun.jnu.encoding"));
    Path home = folder.resolve("it's \"my\" folder $HOME" + (unicode ? " रोगी Ö" : ""));
    try (TestServer test = TestServer.in(home)) {
      Endpoint endpoint = test.server.start();
      assertThat(TestServer.ask(endpoint, "select 1")).isEqualTo("1");
      assertThat(test.server.running()).contains(endpoint);
    }
  }

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
    try (TestServer test = TestServer.in(folder)) {
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

  @Test
  void aServerThatTakesTooLongIsReportedAndGoesOn() throws Exception {
    Surroundings hasty =
        new Surroundings(
            TestServer.SHARED_BINARIES,
            PrivilegeChoice.standard(),
            Duration.ofSeconds(60),
            Duration.ZERO);
    try (TestServer test = TestServer.in(folder)) {
      test.server.start();
      test.server.stop();
      ManagedServer impatient = new ManagedServer(folder, test.progress::add, hasty);
      assertThatThrownBy(impatient::start)
          .hasMessageContaining("was not ready after 0 s")
          .hasMessageContaining(folder.toString());
      assertThat(TestServer.ask(test.server.start(), "select 1")).isEqualTo("1");
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
