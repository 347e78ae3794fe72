package opd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import opd.testing.Await;
import opd.testing.Extent;
import opd.testing.TestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A list goes on where it was when the server is killed under it, as often as that happens.
@Tag("integration")
@Order(10)
final class IntakeServerKillTest {
  private static final int LINES = Extent.of(480, 1_200);
  private static final int LINES_A_TRANSACTION = 40;
  private static final int BREAKS = Extent.of(1, 4);
  private static final Duration PATIENCE = Await.PATIENCE;

  @TempDir private Path folder;

  @AfterEach
  void stopServers() throws Exception {
    for (String home : List.of("undisturbed", "disturbed")) {
      run(home, "db", "stop");
    }
  }

  @Test
  void aListWhoseServerIsKilledEndsAsAnUndisturbedOne() throws Exception {
    long seed = Long.getLong("opd.seed", 1);
    Random random = new Random(seed);
    Path list = list(random);
    openSlots("undisturbed");
    openSlots("disturbed");
    List<String> expected = intake("undisturbed", list);

    intakeWhileTheServerIsKilled(list);

    assertThat(intake("disturbed", list)).as("seed %d", seed).isEqualTo(expected);
    assertThat(queues("disturbed")).as("seed %d", seed).isEqualTo(queues("undisturbed"));
    assertThat(String.join("", run("disturbed", "audit", "verify", "-o", "json")))
        .as("seed %d", seed)
        .contains("\"ok\":true");
  }

  /// The list starts its server again each time, and goes on. It is given piece by piece, so that
  /// it cannot be at its end when the server is killed.
  private void intakeWhileTheServerIsKilled(Path list) throws Exception {
    List<String> lines = Files.readAllLines(list);
    Path home = folder.resolve("disturbed");
    Path results = folder.resolve("results");
    Set<Long> killed = new HashSet<>();
    Process process =
        program("disturbed", "allocate", "--from", "-", "-o", "json", "--timeout", "60")
            .redirectOutput(results.toFile())
            .redirectError(folder.resolve("errors").toFile())
            .start();
    try (Writer input = process.outputWriter(StandardCharsets.UTF_8)) {
      int piece = lines.size() / (BREAKS + 1);
      for (int number = 0; number <= BREAKS; number++) {
        int from = number * piece;
        int to = number == BREAKS ? lines.size() : from + piece;
        long before = lines(results);
        input.write(String.join("\n", lines.subList(from, to)) + "\n");
        input.flush();
        Await.until(
            "results of piece " + number,
            PATIENCE,
            () -> (lines(results) > before && isStartedAgain(home, killed)) || !process.isAlive());
        assertThat(process.isAlive()).as(Files.readString(folder.resolve("errors"))).isTrue();
        killed.add(kill(home));
      }
    }
    assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    // It had a minute each time: there is no reason to give up, 5, or to know no outcome, 6.
    assertThat(process.exitValue()).as(Files.readString(folder.resolve("errors"))).isIn(2, 3);
    assertThat(killed).hasSize(BREAKS + 1);
    assertThat(Files.readAllLines(results)).hasSize(LINES);
  }

  private static long lines(Path file) throws IOException {
    return Files.exists(file) ? Files.readString(file).lines().count() : 0;
  }

  /// Results that were on their way at the last kill may come before.
  private static boolean isStartedAgain(Path home, Set<Long> killed) throws IOException {
    return server(home).filter(pid -> !killed.contains(pid)).isPresent();
  }

  /// Empty while it is being started.
  private static Optional<Long> server(Path home) throws IOException {
    try (Stream<String> lines = Files.lines(home.resolve("postgresql/data/postmaster.pid"))) {
      return lines.findFirst().map(line -> Long.valueOf(line.strip()));
    } catch (NoSuchFileException notYet) {
      return Optional.empty();
    }
  }

  /// @return the process that was killed
  private static long kill(Path home) throws Exception {
    long pid = server(home).orElseThrow();
    assertThat(ProcessHandle.of(pid).orElseThrow().destroyForcibly()).isTrue();
    return pid;
  }

  /// Lines that repeat the id of the one before, each of which begins another transaction.
  private Path list(Random random) throws IOException {
    List<String> lines = new ArrayList<>(MorningList.lines(random, LINES, 200));
    for (int number = LINES_A_TRANSACTION; number < LINES; number += LINES_A_TRANSACTION) {
      lines.set(number - 1, lines.get(number) + "twice-" + number);
      lines.set(number, lines.get(number) + "twice-" + number);
    }
    return Files.writeString(
        folder.resolve("list"), MorningList.HEADER + String.join("\n", lines) + "\n");
  }

  private void openSlots(String home) throws Exception {
    TestServer.lendHome(folder.resolve(home));
    run(home, "doctor", "add", "RAO", "--name", "Dr. Rao");
    run(
        home,
        "slot",
        "open",
        "--doctor",
        "RAO",
        "--start",
        "2030-01-07T06:00",
        "--minutes",
        "60",
        "--every",
        "60",
        "--until",
        "2030-01-07T18:00",
        "--capacity",
        "40");
  }

  private List<String> intake(String home, Path list) throws Exception {
    return run(home, "allocate", "--from", list.toString(), "-o", "json").stream()
        .map(line -> withoutIdsAndTimes(line).replaceAll("\"replayed\":(true|false)", ""))
        .toList();
  }

  private List<String> queues(String home) throws Exception {
    return run(home, "queue", "--date", "2030-01-07", "--all", "-o", "json").stream()
        .map(IntakeServerKillTest::withoutIdsAndTimes)
        .toList();
  }

  private static String withoutIdsAndTimes(String text) {
    // A line's own id depends on the facility's key.
    return text.replaceAll("\"id\":\\d+", "")
        .replaceAll("\"createdAt\":\"[^\"]*\"", "")
        .replaceAll("\"requestId\":\"batch-[0-9a-f]*\"", "");
  }

  private List<String> run(String home, String... arguments) throws Exception {
    Path out = Files.createTempFile(folder, "out", "");
    Process process =
        program(home, arguments)
            .redirectOutput(out.toFile())
            .redirectError(folder.resolve("errors").toFile())
            .start();
    assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(folder.resolve("errors"))).isIn(0, 2, 3);
    return Files.readAllLines(out);
  }

  private ProcessBuilder program(String home, String... arguments) {
    ProcessBuilder builder = CommandLineFixture.program(List.of(), arguments);
    builder.environment().keySet().removeIf(name -> name.startsWith("OPD_"));
    builder.environment().put("OPD_HOME", folder.resolve(home).toString());
    builder.environment().put("OPD_ACTOR", "desk1");
    // Where much else is at work, a server takes its time to start.
    builder.environment().put("OPD_TIMEOUT", "60");
    builder.environment().put("XDG_CONFIG_HOME", folder.toString());
    return builder;
  }
}
