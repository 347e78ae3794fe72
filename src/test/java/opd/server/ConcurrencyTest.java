package opd.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class ConcurrencyTest {
  @TempDir Path folder;

  @Test
  void manyThreadsThatStartAtOnceGetOneServer() throws Exception {
    try (TestServer test = TestServer.in(folder);
        ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Callable<Endpoint>> starts = new ArrayList<>();
      for (int number = 0; number < 4; number++) {
        TestServer other = TestServer.in(folder);
        starts.add(other.server::start);
      }
      List<Endpoint> endpoints = new ArrayList<>();
      for (Future<Endpoint> start : threads.invokeAll(starts)) {
        endpoints.add(start.get());
      }
      assertThat(endpoints).hasSize(4).containsOnly(test.server.running().orElseThrow());
    }
  }

  @Test
  void manyProcessesThatStartAtOnceGetOneServerAndTheirOutputEnds() throws Exception {
    try (TestServer test = TestServer.in(folder)) {
      Binaries.in(TestServer.SHARED_BINARIES, Archive.onClassPath()).unpack(Archive.onClassPath());
      List<Process> children = List.of(StartInChild.run(folder), StartInChild.run(folder));
      List<String> ports = new ArrayList<>();
      List<String> progress = new ArrayList<>();
      for (Process child : children) {
        // Reading to the end hangs if the server has kept the pipe open.
        String output = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        output.lines().filter(line -> line.startsWith("port: ")).forEach(ports::add);
        output.lines().filter(line -> line.startsWith("progress: ")).forEach(progress::add);
        assertThat(child.waitFor()).as(output).isZero();
      }
      Endpoint endpoint = test.server.running().orElseThrow();
      assertThat(ports).hasSize(2).containsOnly("port: " + endpoint.port());
      assertThat(progress).hasSize(1);
      assertThat(TestServer.ask(endpoint, "select 1")).isEqualTo("1");
    }
  }

  @Test
  void theServerHasASessionOfItsOwnAndNothingOfTheCallersEnvironment() throws Exception {
    assumeTrue(Files.isDirectory(Path.of("/proc/self")), "only Linux tells this in files");
    try (TestServer test = TestServer.ready(folder)) {
      test.server.start();
      long pid = test.process().pid();
      String state = Files.readString(Path.of("/proc/" + pid + "/stat"));
      List<String> fields = List.of(state.substring(state.lastIndexOf(')') + 2).split(" ", -1));
      assertThat(fields.get(3)).as("session").isEqualTo(Long.toString(pid));
      String caller = System.getenv("HOME");
      String environment = Files.readString(Path.of("/proc/" + pid + "/environ"));
      assertThat(environment).contains("PATH=").doesNotContain("HOME=" + caller);
    }
  }

  @Test
  void aLockHeldTooLongIsReported() throws Exception {
    Path file = folder.resolve("lock");
    try (HomeLock _ = HomeLock.acquire(file, Duration.ofSeconds(1));
        ExecutorService threads = Executors.newSingleThreadExecutor()) {
      Future<?> second =
          threads.submit(() -> {
            try (HomeLock _ = HomeLock.acquire(file, Duration.ofMillis(20))) {
              return null;
            }
          });
      assertThatThrownBy(second::get).hasMessageContaining(file.toString());
    }
  }
}
