package opd.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import opd.domain.OpdException;
import opd.testing.Await;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
@Tag("integration")
class RecoveryTest {
  private static final Duration PATIENCE = Await.PATIENCE;

  // One cluster for all: each test ends with a sound one, or has failed.
  @TempDir static Path folder = Path.of("");
  private TestServer test = TestServer.in(folder.resolve("home"));

  @BeforeAll
  static void setUp() {
    TestServer.ready(folder.resolve("home"));
  }

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
    Await.until("the kill", PATIENCE, () -> ServerProcess.of(killed) != ServerProcess.SERVER);
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

  /// Another start makes its file between this program's look at it and the server's, and is not
  /// heard of again.
  @Test
  void aFileThatIsStillEmptyWhenTheServerLooksIsLookedAtAgain() throws Exception {
    test.server.start();
    test.server.stop();
    Binaries real = Binaries.in(TestServer.SHARED_BINARIES, Archive.onClassPath());
    Privileges privileges = PrivilegeChoice.standard().choose(test.home, real);
    Binaries beaten = new Binaries(folder.resolve("beaten"));
    Path program = beaten.program("postgres");
    Files.createDirectories(program.resolveSibling(""));
    Files.writeString(
        program,
        """
        #!/bin/sh
        [ -e "$2/beaten" ] || touch "$2/beaten" "$2/postmaster.pid"
        exec '%s' "$@"
        """
            .formatted(real.program("postgres")));
    assertThat(program.toFile().setExecutable(true, false)).isTrue();

    int port = new Launch(test.home, beaten, privileges, Duration.ofSeconds(30)).start();

    assertThat(test.home.data().resolve("beaten")).exists();
    assertThat(test.server.running().orElseThrow().port()).isEqualTo(port);
    Files.delete(test.home.data().resolve("beaten"));
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

    test.server.stop();
    assertThatThrownBy(() -> test.server.start(Duration.ZERO))
        .hasMessageContaining("was not ready after 0 s");
    assertThat(TestServer.ask(test.server.start(), "select 1")).isEqualTo("1");
  }

  /// Of several waits one after the other, each gets what the ones before it have left.
  @Test
  void waitsWithOneDeadlineShareItsTime() {
    Duration hour = Duration.ofHours(1);
    assertThat(Deadline.in(Duration.ofDays(1)).atMost(hour)).isEqualTo(hour);
    assertThat(Deadline.in(Duration.ofMinutes(1)).atMost(hour)).isLessThan(hour);
    assertThat(Deadline.in(Duration.ofMinutes(-1)).atMost(hour)).isZero();
  }

  /// The old server's last process keeps the shared memory, so that a start must wait for it, while
  /// clients are still refused in the same log.
  @Test
  void clientsThatAreRefusedMeanwhileAreNotTakenForTheReasonOfAFailedStart() throws Exception {
    Endpoint endpoint = test.server.start();
    PostmasterFile killed = test.process();
    try (Connection connection = TestServer.connect(endpoint);
        ExecutorService executor = Executors.newSingleThreadExecutor()) {
      String backend = TestServer.ask(connection, "select pg_backend_pid()");
      signal("STOP", backend);
      Future<Endpoint> again;
      try {
        kill(killed.pid());
        Await.until("the kill", PATIENCE, () -> ServerProcess.of(killed) != ServerProcess.SERVER);

        again = executor.submit(() -> test.server.start());
        Await.until(
            "a try to start",
            PATIENCE,
            () -> Files.readString(test.home.startLog()).contains("pre-existing shared memory"));
        try (Stream<Path> logs = Files.list(test.home.data().resolve("log"))) {
          Files.writeString(
              logs.findFirst().orElseThrow(),
              "2999-12-31 23:59:59.999 UTC [%s] FATAL:  too many connections for role \"opd_desk\"\n"
                  .formatted(backend),
              StandardOpenOption.APPEND);
        }
      } finally {
        signal("CONT", backend);
      }

      assertThat(TestServer.ask(again.get(), "select 1")).isEqualTo("1");
    }
  }

  @Test
  void theReasonOfAFailedStartIsTheStartsOwn() throws Exception {
    test = TestServer.in(folder.resolve("logs"));
    Path log = Files.createDirectories(test.home.data().resolve("log")).resolve("server-09.log");
    Files.writeString(log, "[7] FATAL:  of an earlier server\n");
    ServerLog since = ServerLog.begin(test.home);
    Files.writeString(
        log,
        """
        2030-01-07 09:00:00.000 UTC [41] LOG:  startup process (PID 42) exited with exit code 1
        2030-01-07 09:00:00.000 UTC [42] FATAL:  could not open file "base/1/1259"
        2030-01-07 09:00:00.000 UTC [43] FATAL:  too many connections for role "opd_desk"
        """,
        StandardOpenOption.APPEND);
    assertThat(since.cause(41)).contains("could not open file \"base/1/1259\"");
    assertThat(since.cause(40)).isEmpty();
    assertThat(since.contains("of an earlier server")).isFalse();

    Files.writeString(test.home.startLog(), "[41] FATAL:  configuration file contains errors\n");
    assertThat(since.cause(41)).contains("configuration file contains errors");
  }

  @Test
  void aFileThatAPowerCutLeftEmptyOrHalfWrittenIsSetAside() throws Exception {
    test.server.start();
    test.server.stop();
    String own = Long.toString(ProcessHandle.current().pid());
    Path file = PostmasterFile.in(test.home.data());
    for (String content : List.of("", "\0\0\0\0", "garbled", own, own + "\n/half")) {
      Files.writeString(file, content);
      assertThat(test.server.running()).isEmpty();
      assertThat(TestServer.ask(test.server.start(), "select 1")).as(content).isEqualTo("1");
      test.server.stop();
    }
  }

  @Test
  void anEmptyFileOfAServerThatRunsIsLeftAloneAndTheServerNamed() throws Exception {
    Endpoint endpoint = test.server.start();
    Path file = PostmasterFile.in(test.home.data());
    long pid = test.process().pid();
    byte[] content = Files.readAllBytes(file);
    Files.write(file, new byte[0]);
    try (Connection connection = TestServer.connect(endpoint)) {
      assertThatThrownBy(() -> test.server.start(Duration.ofSeconds(1)))
          .hasMessageContaining(file + " of the local PostgreSQL is damaged")
          .isInstanceOfSatisfying(
              OpdException.class, e -> assertThat(e.hint()).endsWith("kill -INT " + pid));
      assertThat(TestServer.ask(connection, "select 1")).isEqualTo("1");
    } finally {
      Files.write(file, content);
    }
    assertThat(test.process().pid()).isEqualTo(pid);
  }

  private static void signal(String name, String pid) throws IOException {
    assertThat(Command.run(List.of("/bin/sh", "-c", "kill -" + name + " " + pid)).succeeded())
        .isTrue();
  }

  private static ServerSocket listen(int port) throws IOException {
    return new ServerSocket(port, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
  }

  private static void kill(long pid) throws Exception {
    ProcessHandle.of(pid).orElseThrow().destroyForcibly();
  }
}
