package opd.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import opd.cli.session.CommandContext;
import opd.cli.session.ConsoleState;
import opd.cli.session.Surroundings;
import opd.domain.OpdException;
import opd.intake.IntakeResult;
import opd.intake.Tally;
import opd.output.StandardOutput;
import org.junit.jupiter.api.Test;

/// What is said of a list that ends before its last line.
final class ListProgressTest {
  private final StringWriter err = new StringWriter();

  private ListProgress of(int columns, Map<String, String> environment) {
    Surroundings surroundings =
        new Surroundings(
            environment,
            null,
            new StandardOutput(new StringWriter()),
            new PrintWriter(err),
            false,
            0,
            columns);
    return new ListProgress(new CommandContext(surroundings, ConsoleState.ofOneCommand()));
  }

  private static void show(ListProgress progress, int line) {
    Tally tally = new Tally();
    IntakeResult result = new IntakeResult.Invalid(line, null, OpdException.invalid("no"));
    tally.count(result);
    progress.show(List.of(result), tally, OptionalDouble.of(0.5));
  }

  @Test
  void aListThatIsBrokenOffSaysAfterWhichLine() {
    try (ListProgress progress = of(80, Map.of())) {
      show(progress, 21_155);
    }
    assertThat(err.toString())
        .contains("50 %, 0 s left; 1 lines")
        .endsWith("stopped after line 21,155; the same command goes on from there\n");
  }

  @Test
  void oneThatIsDoneOrHasNotBegunSaysNothing() {
    try (ListProgress progress = of(0, Map.of())) {
      show(progress, 3);
      progress.done();
    }
    of(0, Map.of()).close();
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void aProgramThatReadsJsonIsToldNothingElse() {
    try (ListProgress progress = of(0, Map.of("OPD_OUTPUT", "json"))) {
      show(progress, 3);
    }
    assertThat(err.toString()).isEmpty();
  }
}
