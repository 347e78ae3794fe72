package opd.managed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
@Tag("integration")
class RecoveryTest {
  // One cluster for all: each test ends with a sound one, or has failed.
  @TempDir static Path folder = Path.of("");
  private TestServer test = TestServer.in(folder.resolve("home"));

  @AfterEach
  void stop() {
    test.close();
  }

  @Test
  void aKilledServerIsStartedAgainWithWhatWasCommitted() throws Exception {
    Endpoint endpoint = test.server.start();
    TestServer.ask(endpoint, "create table if not exists kept as select 7 as value");
    PostmasterFile killed = test.process();
    kill(killed.pid());
    Deadline deadline = Deadline.in(Duration.ofSeconds(10));
    while (ServerProcess.of(killed) == ServerProcess.SERVER && !deadline.passed()) {
      deadline.pause();
    }
    assertThat(test.server.running()).isEmpty();

    Endpoint again = test.server.start();

    assertThat(TestServer.ask(again, "select value from kept")).isEqualTo("7");
    assertThat(test.process().pid()).isNotEqualTo(killed.pid());
  }

  @Test
  void aKilledServersFileThatNamesAnotherLiveProcessIsSetAside() throws Exception {
    test.server.start();
    Path file = PostmasterFile.in(test.home.data());
    String content = Files.readString(file, StandardCharsets.ISO_8859_1);
    test.server.stop();
    List<String> lines = content.lines().toList();
    long stranger = ProcessHandle.current().pid();
    Files.writeString(
        file,
        stranger + "\n" + String.join("\n", lines.subList(1, lines.size())) + "\n",
        StandardCharsets.ISO_8859_1);

    assertThat(test.server.running()).isEmpty();
    assertThat(test.server.stop()).isFalse();
    Endpoint endpoint = test.server.start();

    assertThat(TestServer.ask(endpoint, "select 1")).isEqualTo("1");
    assertThat(ProcessHandle.current().isAlive()).isTrue();
  }

  @Test
  void aStaleFileOfAProcessThatIsGoneIsNoHindrance() throws Exception {
    test.server.start();
    Path file = PostmasterFile.in(test.home.data());
    byte[] content = Files.readAllBytes(file);
    test.server.stop();
    Files.write(file, content);

    assertThat(test.server.running()).isEmpty();
    assertThat(TestServer.ask(test.server.start(), "select 1")).isEqualTo("1");
  }

  @Test
  void aPortTakenMeanwhileIsReplacedByAnother() throws Exception {
    int port = test.server.start().port();
    test.server.stop();
    try (ServerSocket thief = listen(port)) {
      Endpoint endpoint = test.server.start();
      assertThat(endpoint.port()).isNotEqualTo(thief.getLocalPort());
      assertThat(TestServer.ask(endpoint, "select 1")).isEqualTo("1");
      assertThat(test.server.running()).contains(endpoint);
    }
  }

  @Test
  void aPortTakenBetweenChoiceAndUseIsReplacedByAnother() throws Exception {
    test.server.start();
    test.server.stop();
    Binaries binaries = Binaries.in(TestServer.SHARED_BINARIES, Archive.onClassPath());
    Privileges privileges = PrivilegeChoice.standard().choose(test.home, binaries);
    try (ServerSocket thief = listen(0)) {
      Launch launch = new Launch(test.home, binaries, privileges, Duration.ofSeconds(30));
      int port = launch.start(thief.getLocalPort());
      assertThat(port).isNotEqualTo(thief.getLocalPort());
      assertThat(test.server.running().orElseThrow().port()).isEqualTo(port);
    }
  }

  @Test
  void aSetUpThatBrokeOffIsBegunAnewWithItsPasswords() throws Exception {
    test = TestServer.in(folder.resolve("half"));
    Files.createDirectories(test.home.folder());
    Secrets old = Secrets.create(test.home.secretsFile());
    Path half = Home.partial(test.home.data());
    Files.createDirectories(half.resolve("base/1"));
    Files.writeString(half.resolve("base/1/1259"), "half");
    Files.createDirectory(test.home.data());

    Endpoint endpoint = test.server.start();

    assertThat(TestServer.ask(endpoint, "select 1")).isEqualTo("1");
    assertThat(half).doesNotExist();
    assertThat(endpoint.administrator().password()).isEqualTo(old.administrator());
  }

  @Test
  void aServerThatTakesTooLongIsReportedAndGoesOn() throws Exception {
    ManagedServer.Surroundings hasty =
        new ManagedServer.Surroundings(
            TestServer.SHARED_BINARIES,
            PrivilegeChoice.standard(),
            Duration.ofSeconds(60),
            Duration.ZERO);
    test.server.start();
    test.server.stop();
    ManagedServer impatient = new ManagedServer(test.home.root(), test.progress::add, hasty);
    assertThatThrownBy(impatient::start)
        .hasMessageContaining("was not ready after 0 s")
        .hasMessageContaining(test.home.data().toString());
    assertThat(TestServer.ask(test.server.start(), "select 1")).isEqualTo("1");
  }

  private static ServerSocket listen(int port) throws IOException {
    return new ServerSocket(port, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
  }

  private static void kill(long pid) throws Exception {
    ProcessHandle.of(pid).orElseThrow().destroyForcibly();
  }
}
