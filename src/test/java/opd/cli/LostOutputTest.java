package opd.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static opd.cli.CommandLineFixture.SLOT;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import opd.cli.session.Surroundings;
import opd.output.StandardOutput;
import opd.testing.ClassFacility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Results that cannot be written: the disk behind standard output is full, or nobody reads it.
@Order(20)
final class LostOutputTest {
  @AutoClose private static final ClassFacility facility = new ClassFacility();

  private static final String FULL = "No space left on device";
  private static final String HEADER = "slot,phone,name,priority,source\n";
  private static final List<String> ALLOCATE =
      List.of(
          "allocate",
          "--slot",
          SLOT,
          "--phone",
          "9876543201",
          "--name",
          "Asha",
          "--priority",
          "paid",
          "--source",
          "app",
          "--request-id",
          "r-1");

  private enum End {
    FULL_DISK,
    READER_GONE
  }

  @TempDir private Path folder;
  private CommandLineFixture line;

  @BeforeEach
  void open() {
    line = new CommandLineFixture(facility.anew()).withSlot(200);
  }

  @AfterEach
  void close() {
    line.close();
  }

  /// @param room bytes that can still be written
  private CommandLineFixture.Result run(End end, int room, String input, List<String> words) {
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    StringWriter err = new StringWriter();
    int exit =
        Program.run(
            new Surroundings(
                line.environment(),
                new ByteArrayInputStream(input.getBytes(UTF_8)),
                new StandardOutput(
                    new SmallDisk(written, room).stream(), () -> end == End.READER_GONE),
                new PrintWriter(err),
                false,
                0,
                0),
            words.toArray(String[]::new));
    return new CommandLineFixture.Result(exit, written.toString(UTF_8), err.toString());
  }

  /// @param room bytes that it takes
  private record SmallDisk(ByteArrayOutputStream written, int room) {
    OutputStream stream() {
      return new FilterOutputStream(written) {
        @Override
        public void write(byte[] bytes, int start, int length) throws IOException {
          int free = Math.min(length, room - written.size());
          written.write(bytes, start, free);
          if (free < length) {
            throw new IOException(FULL);
          }
        }
      };
    }
  }

  private CommandLineFixture.Result run(End end, List<String> words) {
    return run(end, 0, "", words);
  }

  @TestFactory
  Stream<DynamicTest> aResultThatOnlyToldIsAnErrorOnAFullDiskAndNothingWhereTheReaderIsGone() {
    assertThat(line.run(ALLOCATE.toArray(String[]::new)).exit()).isZero();
    return Stream.of(
            "queue RAO-20300107-0900",
            "audit",
            "audit -o json",
            "audit seal",
            "audit verify",
            "audit explain id:1",
            "slot list --all",
            "doctor list",
            "config",
            "db status",
            "--help",
            "--version")
        .map(command ->
            DynamicTest.dynamicTest(command, () -> assertOnlyTold(List.of(command.split(" ")))));
  }

  private void assertOnlyTold(List<String> words) {
    var full = run(End.FULL_DISK, words);
    assertThat(full.exit()).isEqualTo(1);
    assertThat(full.err()).contains("standard output cannot be written: " + FULL);
    var gone = run(End.READER_GONE, words);
    assertThat(gone.exit()).isZero();
    assertThat(gone.err()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whatWasStoredAndNotToldIsToldByTheSameRequest(boolean isReaderGone) {
    End end = isReaderGone ? End.READER_GONE : End.FULL_DISK;
    for (String output : List.of("table", "json")) {
      List<String> words = new ArrayList<>(ALLOCATE);
      words.addAll(List.of("-o", output));
      var lost = run(end, words);
      assertThat(lost.exit()).isEqualTo(6);
      assertThat(lost.err()).contains("the result is lost", FULL, "--request-id r-1");
    }
    var told = line.json(ALLOCATE.toArray(String[]::new));
    assertThat(told.exit()).isZero();
    assertThat(told.json().path("outcome").asText()).isEqualTo("ADMITTED");
    assertThat(told.json().path("replayed").asBoolean()).isTrue();
  }

  @Test
  void aRefusalIsStoredADryRunIsNotAndAnErrorNeedsNoOutput() {
    assertThat(line.run(ALLOCATE.toArray(String[]::new)).exit()).isZero();
    List<String> again = new ArrayList<>(ALLOCATE.subList(0, ALLOCATE.size() - 2));
    assertThat(run(End.FULL_DISK, again).exit()).as("DUPLICATE_TOKEN").isEqualTo(6);
    again.add("--dry-run");
    assertThat(run(End.FULL_DISK, again).exit()).isEqualTo(1);
    assertThat(run(End.FULL_DISK, List.of("slot", "show", "NOBODY-0900")).exit()).isEqualTo(4);
    assertThat(run(End.FULL_DISK, List.of("nonsense")).exit()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"table", "json"})
  void aListStopsAndTheSameCommandPrintsWhatBecameOfAllLines(String output) throws IOException {
    String lines =
        IntStream.range(0, 1200)
            .mapToObj(number ->
                "%s,98765%05d,P %d,paid,app%n".formatted(SLOT, number % 300, number % 300))
            .collect(Collectors.joining());
    Path list = Files.writeString(folder.resolve("list.csv"), HEADER + lines);
    List<String> words = List.of("allocate", "--from", list.toString(), "-o", output);

    var lost = run(End.FULL_DISK, 1000, "", words);
    assertThat(lost.exit()).isEqualTo(6);
    assertThat(lost.err()).contains("stopped", FULL, "give the same command again");
    var told = line.run(words.toArray(String[]::new));
    assertThat(told.exit()).isEqualTo(3);
    assertThat(told.out().lines().count()).isGreaterThanOrEqualTo(1000);
    if (output.equals("json")) {
      assertThat(told.jsonLines()).hasSize(1200);
      assertThat(told.jsonLines().getFirst().path("replayed").asBoolean()).isTrue();
    }
  }

  @Test
  void aListOfWhichNothingWasDecidedIsNoUnknownOutcome() throws IOException {
    Path list = Files.writeString(folder.resolve("list.csv"), HEADER + "nothing,1,x,paid,app\n");
    var strict =
        run(
            End.FULL_DISK,
            List.of("allocate", "--from", list.toString(), "--strict", "-o", "json"));
    assertThat(strict.exit()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aConsoleDoesNothingMoreThatNobodyWouldKnowOf(boolean isReaderGone) {
    String script =
        "doctor add AAA --name A --request-id a\ndoctor add BBB --name B\ndoctor add CCC --name C\n";
    var stopped =
        run(isReaderGone ? End.READER_GONE : End.FULL_DISK, 0, script, List.of("console"));

    assertThat(stopped.exit()).isEqualTo(6);
    assertThat(stopped.err())
        .contains("--request-id a", "stopped at line 1")
        .containsOnlyOnce("cannot be written");
    assertThat(line.run("doctor", "list").out()).contains("AAA").doesNotContain("BBB", "CCC");
    assertThat(run(End.READER_GONE, 0, "queue\nqueue\n", List.of("console")).exit())
        .as("the rest was not run")
        .isEqualTo(1);
  }

  @Test
  void aRealFullDiskIsNamed() throws Exception {
    assertThat(line.run(ALLOCATE.toArray(String[]::new)).exit()).isZero();
    File full = new File("/dev/full");
    Path err = folder.resolve("err");
    Process process =
        line.process("audit", "seal").redirectOutput(full).redirectError(err.toFile()).start();
    assertThat(process.waitFor()).isEqualTo(1);
    assertThat(err).content().startsWith("error: standard output cannot be written: " + FULL);
    assertThat(line.run("metrics").out())
        .as("what was lost seals nothing")
        .contains("opd_last_decision_timestamp_seconds")
        .doesNotContain("opd_last_seal_timestamp_seconds");
  }

  @Test
  void aRealReaderThatHasSeenEnoughIsNotTalkedAbout() throws Exception {
    assertThat(line.run(ALLOCATE.toArray(String[]::new)).exit()).isZero();
    Path err = folder.resolve("err");
    Process process = line.process("audit").redirectError(err.toFile()).start();
    process.getInputStream().close();
    assertThat(process.waitFor()).isZero();
    assertThat(err).isEmptyFile();
  }
}
