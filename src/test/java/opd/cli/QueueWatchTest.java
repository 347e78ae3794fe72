package opd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.List;
import opd.testing.Prompt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Queues that are shown again when they change, on a screen and to a program.
final class QueueWatchTest {
  private static final String LEAVE = "\u001b[?25h\u001b[?1049l";
  private static final String FRAME = "\u001b[H";

  private CommandLineFixture line;

  @BeforeEach
  void aSlotWithOnePatient() {
    line = new CommandLineFixture().withSlot(3);
    line.allocate(1, "paid");
  }

  @AfterEach
  void close() {
    line.close();
  }

  @Test
  void aBoardFollowsWhatHappensAndTheSizeOfTheTerminalAndGivesItBack() throws Exception {
    try (PseudoTerminal terminal = board(90, 12)) {
      terminal.await(text -> text.contains("Patient 1"));
      assertThat(terminal.written()).as("before the first look").doesNotContain("1970");
      assertThat(frame(terminal)).hasSizeLessThanOrEqualTo(12);
      assertThat(frame(terminal).getFirst()).hasSize(90).contains("live").endsWith(" UTC");

      line.allocate(2, "emergency");
      terminal.await(text -> text.contains("» 1     02  EMERGENCY  Patient 2"));
      assertThat(frame(terminal)).anyMatch(row -> row.startsWith("  2     01  PAID"));

      terminal.resize(60, 8);
      terminal.await(text -> frame(text).getFirst().length() == 60);
      assertThat(frame(terminal)).hasSizeLessThanOrEqualTo(8);

      terminal.type("\u0003");
      assertThat(terminal.ending()).isEqualTo("exit 130, settings as before");
      assertThat(terminal.written()).endsWith(LEAVE);
    }
  }

  @Test
  void aTerminatedBoardGivesTheTerminalBackToo() throws Exception {
    try (PseudoTerminal terminal = board(80, 24)) {
      terminal.await(text -> text.contains("Patient 1"));
      terminal.signal(15);
      assertThat(terminal.ending()).isEqualTo("exit 143, settings as before");
      assertThat(terminal.written()).endsWith(LEAVE);
    }
  }

  @Test
  void aBoardSaysThatItsConnectionIsLostAndMissesNothingMeanwhile() throws Exception {
    try (PseudoTerminal terminal = board(80, 24);
        Prompt prompt = Prompt.asSuperuser(line.facility())) {
      terminal.await(text -> text.contains("Patient 1"));
      String followers =
          """
          from pg_locks where locktype = 'advisory' and mode = 'ExclusiveLock'
            and classid = (hashtext('%s')::bigint & 4294967295)::oid\
          """
              .formatted(line.facility().name().schema());
      assertThat(prompt.number("select count(pg_terminate_backend(pid)) " + followers)).isOne();
      terminal.await(text -> text.contains("CONNECTION LOST"));
      line.allocate(2, "emergency");
      terminal.await(text -> text.contains("» 1     02  EMERGENCY  Patient 2"));
      assertThat(frame(terminal).getFirst()).contains("live");
    }
  }

  @Test
  void aSlotThatDoesNotExistIsAnErrorAndNoBoard() throws Exception {
    try (PseudoTerminal terminal = board(80, 24, "queue", "RAO-20300107-1100", "--watch")) {
      assertThat(terminal.ending()).isEqualTo("exit 4, settings as before");
      assertThat(terminal.written()).contains("there is no slot").doesNotContain("\u001b[?1049h");
    }
  }

  @Test
  void aProgramGetsALineForEachChange() throws Exception {
    Process process =
        line.process("queue", "--watch", "--date", "2030-01-07", "-o", "json", "--privacy").start();
    try (BufferedReader out = process.inputReader()) {
      assertThat(out.readLine()).contains("\"sequence\":1").doesNotContain("98765", "Patient 1");
      line.allocate(2, "emergency");
      assertThat(out.readLine()).contains("\"sequence\":2", "\"EMERGENCY\"");
      line.run("slot", "delay", CommandLineFixture.SLOT, "--minutes", "10");
      assertThat(out.readLine()).contains("\"status\":\"DELAYED\"");
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void aFileGetsABlockForEachChangeAndNoEscapes() throws Exception {
    Process process = line.process("queue", CommandLineFixture.SLOT, "--watch").start();
    try (BufferedReader out = process.inputReader()) {
      assertThat(block(out)).hasSize(4).last().asString().startsWith("1     01  PAID");
      line.allocate(2, "emergency");
      assertThat(block(out)).hasSize(5).noneMatch(text -> text.contains("\u001b"));
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void largeNeedsAWatch() {
    assertThat(line.run("queue", "--large").err()).contains("--large goes with --watch");
  }

  private static List<String> block(BufferedReader out) throws IOException {
    List<String> lines = new java.util.ArrayList<>();
    for (String text = out.readLine(); !text.isEmpty(); text = out.readLine()) {
      lines.add(text);
    }
    return lines;
  }

  private PseudoTerminal board(int columns, int rows) throws Exception {
    return board(columns, rows, "queue", "--watch", "--date", "2030-01-07");
  }

  private PseudoTerminal board(int columns, int rows, String... arguments) throws Exception {
    ProcessBuilder program = line.process(arguments);
    program.command().add(1, "-Dopd.columns=" + columns);
    return new PseudoTerminal(program, columns, rows);
  }

  private static List<String> frame(PseudoTerminal terminal) {
    return frame(terminal.written());
  }

  /// The lines of the last whole frame, without colours.
  private static List<String> frame(String written) {
    String drawn = written.substring(written.lastIndexOf(FRAME) + FRAME.length());
    return drawn.replaceAll("\u001b\\[[0-9;?]*[a-zA-Z]|\r", "").lines().toList();
  }
}
