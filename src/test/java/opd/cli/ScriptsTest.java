package opd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import opd.testing.Await;
import opd.testing.Prompt;
import opd.testing.TestServer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `scripts/batch-intake` and `scripts/ci-simulate` as processes, with a launcher that starts the
/// classes under test.
@Tag("integration")
@Order(2)
final class ScriptsTest {
  private static final Duration PATIENCE = Await.PATIENCE;
  private static final String LINE = "%s,98765432%02d,Patient %2$d,paid,app,\n";
  private static final String LAST_SLOT = "RAO-20300107-1700";
  private static final int LINES = 400;

  @TempDir Path folder;
  private Path lists;

  private record Ended(int exit, String out, String err) {}

  private ProcessBuilder script(CommandLineFixture fixture, String... command) throws IOException {
    return script(fixture, folder.resolve("opd"), program(), command);
  }

  private static String program() {
    return CommandLineFixture.program(List.of()).command().stream()
        .map(word -> "'" + word + "'")
        .collect(Collectors.joining(" ", "exec ", " \"$@\"\n"));
  }

  private ProcessBuilder script(
      CommandLineFixture fixture, Path launcher, String content, String... command)
      throws IOException {
    Files.writeString(launcher, "#!/bin/sh\n" + content);
    Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
    ProcessBuilder builder =
        new ProcessBuilder(
            Stream.concat(Stream.of("bash", "scripts/" + command[0]), Stream.of(command).skip(1))
                .toList());
    builder.environment().putAll(fixture.environment());
    builder.environment().put("OPD", launcher.toString());
    return builder
        .redirectOutput(folder.resolve("out").toFile())
        .redirectError(folder.resolve("err").toFile());
  }

  private Ended end(Process process) throws IOException, InterruptedException {
    assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    return new Ended(
        process.exitValue(),
        Files.readString(folder.resolve("out")),
        Files.readString(folder.resolve("err")));
  }

  private Ended intake(CommandLineFixture fixture, String... options) throws Exception {
    String[] command =
        Stream.concat(Stream.of("batch-intake", lists.toString()), Stream.of(options))
            .toArray(String[]::new);
    return end(script(fixture, command).start());
  }

  private void list(String name, int age, String... lines) throws IOException {
    lists = Files.createDirectories(folder.resolve("lists"));
    Path list = Files.writeString(lists.resolve(name), MorningList.HEADER + String.join("", lines));
    Files.setLastModifiedTime(list, FileTime.from(Instant.EPOCH.plusSeconds(1000L - age)));
  }

  private List<String> files(String in) throws IOException {
    try (Stream<Path> files = Files.list(lists.resolve(in))) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.equals(".lock"))
          .sorted()
          .toList();
    }
  }

  @Test
  void eachListGoesToDoneOrFailedWithItsResultsBesideIt() throws Exception {
    try (CommandLineFixture fixture = new CommandLineFixture().withSlot(2)) {
      list("second.csv", 1, LINE.formatted(CommandLineFixture.SLOT, 2), "nothing,1,x,paid,app,\n");
      list("first.csv", 2, LINE.formatted(CommandLineFixture.SLOT, 1));
      list("third.csv", 0, LINE.formatted(CommandLineFixture.SLOT, 3));
      list("half.csv.part", 5, "half");
      Ended ended = intake(fixture);
      assertThat(ended.exit()).as(ended.err()).isEqualTo(2);
      assertThat(ended.out().lines().map(line -> line.replaceFirst("^\\S+Z ", "")))
          .containsExactly(
              "done first.csv: 1 admitted, 0 refused, 0 invalid",
              "failed second.csv: 1 admitted, 0 refused, 1 invalid (exit 2)",
              "done third.csv: 0 admitted, 1 refused, 0 invalid");
      assertThat(files(".")).containsExactly("half.csv.part");
      assertThat(files("done"))
          .containsExactly(
              "first.csv", "first.csv.result.jsonl", "third.csv", "third.csv.result.jsonl");
      assertThat(files("failed")).containsExactly("second.csv", "second.csv.result.jsonl");
      assertThat(Files.readAllLines(lists.resolve("failed/second.csv.result.jsonl"))).hasSize(2);

      assertThat(intake(fixture)).isEqualTo(new Ended(0, "", ""));
      list("first.csv", 2, LINE.formatted(CommandLineFixture.SLOT, 1));
      assertThat(intake(fixture).exit()).isZero();
      assertThat(files("done")).contains("first.csv.1", "first.csv.1.result.jsonl");
    }
  }

  @Test
  void whatIsOddAboutAListStandsInTheLogAndBesideItsResults() throws Exception {
    try (CommandLineFixture fixture = new CommandLineFixture().withSlot(2)) {
      list("a.csv", 0, LINE.formatted(CommandLineFixture.SLOT, 1));
      Path list = lists.resolve("a.csv");
      Files.writeString(
          list,
          Files.readString(list)
              .replace("source,", "source,Re\\\"mark,")
              .replace("app,", "app,x,"));
      Ended ended = intake(fixture);
      assertThat(ended.exit()).as(ended.err()).isZero();
      assertThat(ended.out().lines().map(line -> line.replaceFirst("^\\S+Z ", "")))
          .containsExactly(
              "warning a.csv: column \"Re\\\"mark\" is not known and was ignored",
              "done a.csv: 1 admitted, 0 refused, 0 invalid");
      List<String> results = Files.readAllLines(lists.resolve("done/a.csv.result.jsonl"));
      assertThat(results).hasSize(2);
      assertThat(new ObjectMapper().readTree(results.get(1)).path("warning").asText())
          .isEqualTo("column \"Re\\\"mark\" is not known and was ignored");
    }
  }

  @Test
  void theUnitAndItsTimerBelongTogether() throws Exception {
    String service = Files.readString(Path.of("scripts/batch-intake.service"));
    String timer = Files.readString(Path.of("scripts/batch-intake.timer"));
    assertThat(service).contains("ExecStart=", "/bin/batch-intake ", "SuccessExitStatus=2 75");
    assertThat(timer).contains("OnCalendar=", "WantedBy=timers.target");
  }

  @Test
  void aRunThatIsEndedInTheMiddleIsContinuedByTheNext() throws Exception {
    long seed = Long.getLong("opd.seed", 1);
    try (CommandLineFixture undisturbed = new CommandLineFixture();
        CommandLineFixture disturbed = new CommandLineFixture();
        Prompt prompt = Prompt.asSuperuser(disturbed.facility())) {
      // How long a busy machine takes is not what this is about.
      undisturbed.with("OPD_TIMEOUT", "120");
      disturbed.with("OPD_TIMEOUT", "120");
      MorningList.openSlots(undisturbed, 5);
      MorningList.openSlots(disturbed, 5);
      list("morning.csv", 0, inTwoTransactions(seed));
      assertThat(undisturbed.run("allocate", "--from", lists + "/morning.csv").exit()).isEqualTo(3);

      // The second transaction waits here.
      prompt.begin("select from slot where label = '%s' for update".formatted(LAST_SLOT));
      Process process = script(disturbed, "batch-intake", lists.toString()).start();
      Await.until(
          "the first transaction, seed " + seed,
          PATIENCE,
          () -> prompt.number("select count(*) from request where id like 'batch-%'") > 0);
      process.destroy();
      assertThat(end(process).exit()).as("seed %d", seed).isEqualTo(143);
      assertThat(files(".")).containsExactly("morning.csv");
      prompt.rollback();

      Ended again = intake(disturbed);
      assertThat(again.exit()).as("seed %d, %s", seed, again).isZero();
      assertThat(files(".")).isEmpty();
      String counts = "select count(*) from token where status = 'ACTIVE'";
      try (Prompt other = Prompt.asSuperuser(undisturbed.facility())) {
        assertThat(prompt.number(counts)).as("seed %d", seed).isEqualTo(other.number(counts));
        assertThat(prompt.number("select count(*) from audit_entry"))
            .as("seed %d", seed)
            .isEqualTo(other.number("select count(*) from audit_entry"));
      }
    }
  }

  /// Lines of which the second half begins with one that repeats a request id, and so a transaction
  /// of its own; only there are some for the last slot.
  private static String[] inTwoTransactions(long seed) {
    List<String> lines = new ArrayList<>();
    for (String line : MorningList.lines(new Random(seed), LINES, 100)) {
      lines.add(line.replace(",phone,", ",staff,"));
    }
    int half = LINES / 2;
    lines.subList(0, half).replaceAll(line -> line.replace(LAST_SLOT, CommandLineFixture.SLOT));
    lines.set(half - 1, lines.get(half - 1) + "twice");
    lines.set(half, lines.get(half - 1));
    return lines.stream().map(line -> line + "\n").toArray(String[]::new);
  }

  @Test
  void ofTwoRunsAtOnceOneWorks() throws Exception {
    try (CommandLineFixture fixture = new CommandLineFixture().withSlot(2)) {
      list("a.csv", 0, LINE.formatted(CommandLineFixture.SLOT, 1));
      Process holder =
          new ProcessBuilder(
                  "flock", lists.resolve(".lock").toString(), "sh", "-c", "echo held; cat")
              .start();
      assertThat(holder.inputReader().readLine()).isEqualTo("held");
      assertThat(intake(fixture).exit()).isEqualTo(75);
      assertThat(files(".")).containsExactly("a.csv");
      holder.getOutputStream().close();
      holder.waitFor();
      assertThat(intake(fixture).exit()).isZero();
    }
  }

  @Test
  void whatIsNotTheListsFaultLeavesItForTheNextRun() throws Exception {
    try (CommandLineFixture fixture = new CommandLineFixture().withSlot(2)) {
      list("a.csv", 0, LINE.formatted(CommandLineFixture.SLOT, 1));
      assertThat(intake(fixture, "--no-such-option").exit()).isEqualTo(78);
      assertThat(intake(fixture, "--facility", "nowhere").exit()).isEqualTo(4);
      assertThat(intake(fixture, "--db", "postgresql://127.0.0.1:1/opd", "--timeout", "1").exit())
          .isEqualTo(5);
      fixture.with("OPD_ZONE", "Mars/Olympus");
      Ended wrong = intake(fixture);
      assertThat(wrong.exit()).isEqualTo(78);
      assertThat(wrong.out())
          .contains("stopped, no list was touched (exit 2): ", "INVALID_INPUT", "Mars/Olympus");
      assertThat(files(".")).containsExactly("a.csv");
      assertThat(files("done")).isEmpty();
      assertThat(files("failed")).isEmpty();
    }
  }

  @Test
  void aListWhoseResultsAreLostWaitsForTheNextRun() throws Exception {
    try (CommandLineFixture fixture = new CommandLineFixture().withSlot(2)) {
      // How long a busy machine takes is not what this is about.
      fixture.with("OPD_TIMEOUT", "120");
      list("a.csv", 0, LINE.formatted(CommandLineFixture.SLOT, 1));
      String full = program().replace("\n", " >/dev/full\n");
      Ended ended =
          end(
              script(fixture, folder.resolve("opd"), full, "batch-intake", lists.toString())
                  .start());
      assertThat(ended.exit()).isEqualTo(6);
      assertThat(ended.out()).contains("waiting a.csv", "No space left on device");
      assertThat(files(".")).containsExactly("a.csv");
      assertThat(files("done")).isEmpty();

      assertThat(intake(fixture).exit()).isZero();
      assertThat(lists.resolve("done/a.csv.result.jsonl")).content().contains("\"replayed\":true");
    }
  }

  @Test
  void aJobGetsTheDayAsTextAsAPageAndForItsServer() throws Exception {
    try (CommandLineFixture fixture = new CommandLineFixture()) {
      // A job does not depend on what the machine is set up for.
      fixture.with("OPD_DB_URL", "postgresql://127.0.0.1:1/opd").with("OPD_OUTPUT", "json");
      Path day = folder.resolve("day");
      // The server's programs are those of the other tests, to spare it the seconds of unpacking.
      String lending =
          """
          mkdir -p "$OPD_HOME/postgresql"
          ln -sfn '%s'/postgresql/server-* "$OPD_HOME/postgresql/"
          """
              .formatted(TestServer.get().home());
      Ended ended =
          end(
              script(
                      fixture,
                      folder.resolve("opd"),
                      lending + program(),
                      "ci-simulate",
                      day.toString(),
                      "--patients",
                      "30",
                      "--seed",
                      "7")
                  .start());
      assertThat(ended.exit()).as(ended.err()).isZero();
      assertThat(ended.out()).contains("checks passed, 0 failed");
      assertThat(day.resolve("junit.xml")).content().contains("<testsuite");
      assertThat(day.resolve("report.html")).content().contains("</html>");
      assertThat(day.resolve("day.txt")).content().contains("checks passed");
      assertThat(day.resolve("day.err")).doesNotExist();
    }
  }

  @Test
  void aJobFailsWithTheDay() throws Exception {
    try (CommandLineFixture fixture = new CommandLineFixture()) {
      Path day = folder.resolve("day");
      String failing = "case $1 in simulate) echo a check failed >&2; exit 7 ;; esac\n";
      Ended ended =
          end(
              script(fixture, folder.resolve("opd"), failing, "ci-simulate", day.toString())
                  .start());
      assertThat(ended.exit()).isEqualTo(7);
      assertThat(ended.err()).contains("a check failed");
      assertThat(day.resolve("day.err")).content().contains("a check failed");
    }
  }
}
