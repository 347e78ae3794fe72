package opd.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import opd.server.ManagedServer.Surroundings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
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
}
