package opd.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.CancellationException;
import opd.cli.session.CommandContext;
import opd.cli.session.ConsoleState;
import opd.cli.session.Surroundings;
import opd.domain.OpdException;
import opd.intake.IntakeResult;
import opd.intake.Tally;
import opd.output.StandardOutput;
import org.junit.jupiter.api.Test;

/// What is said of long work while it goes on, and where it ends too early.
final class ProgressTest {
  private final StringWriter err = new StringWriter();

  private CommandContext context(int columns, Map<String, String> environment) {
    Surroundings surroundings =
        new Surroundings(
            environment,
            null,
            new StandardOutput(new StringWriter()),
            new PrintWriter(err),
            false,
            0,
            columns);
    return new CommandContext(surroundings, ConsoleState.ofOneCommand());
  }

  private static void showLine(Progress progress, int line) {
    Tally tally = new Tally();
    IntakeResult result = new IntakeResult.Invalid(line, null, OpdException.invalid("no"));
    tally.count(result);
    new ListProgress(progress).show(List.of(result), tally, OptionalDouble.of(0.5));
  }

  @Test
  void aListThatIsBrokenOffSaysAfterWhichLine() {
    try (Progress progress = Progress.ofList(context(80, Map.of()))) {
      showLine(progress, 21_155);
    }
    assertThat(err.toString())
        .contains("50 %, 0 s left; 1 lines: 0 admitted, 0 displaced, 0 refused, 1 invalid")
        .endsWith("stopped after line 21,155; the same command goes on from there\n");
  }

  @Test
  void aListSaysItInALogToo_butNotToAProgramThatReadsJson() {
    try (Progress progress = Progress.ofList(context(0, Map.of()))) {
      showLine(progress, 3);
    }
    assertThat(err.toString())
        .isEqualTo("stopped after line 3; the same command goes on from there\n");
    err.getBuffer().setLength(0);
    try (Progress progress = Progress.ofList(context(0, Map.of("OPD_OUTPUT", "json")))) {
      showLine(progress, 3);
    }
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void otherWorkSaysNothingWhereIsNoTerminal() {
    try (Progress progress = new Progress(context(0, Map.of()))) {
      progress.show("3 rows", OptionalDouble.empty(), "stopped after 3 rows");
    }
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void workThatIsDoneOrHasNotBegunSaysNothing() {
    try (Progress progress = Progress.ofList(context(0, Map.of()))) {
      showLine(progress, 3);
      progress.done();
    }
    new Progress(context(0, Map.of())).close();
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void workInAConsoleIsBrokenOffByCtrlC() {
    try (Progress progress = new Progress(context(80, Map.of()))) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> progress.step("3 rows", OptionalDouble.empty(), "after 3 rows"))
          .isInstanceOf(CancellationException.class);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(err.toString()).endsWith("after 3 rows\n");
  }

  @Test
  void eachPartOfTheWorkIsForetoldByItself() {
    try (Progress progress = new Progress(context(80, Map.of()))) {
      progress.begin("restoring", "stopped: nothing is there");
      progress.begin("verifying", "stopped: not verified");
    }
    assertThat(err.toString())
        .isEqualTo("\r\u001b[Krestoring\r\u001b[Kverifying\r\u001b[Kstopped: not verified\n");
  }
}
