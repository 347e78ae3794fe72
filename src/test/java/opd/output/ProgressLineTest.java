package opd.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.OptionalDouble;
import opd.domain.OpdException;
import opd.intake.IntakeResult;
import opd.intake.Tally;
import org.junit.jupiter.api.Test;

final class ProgressLineTest {
  private final StringWriter terminal = new StringWriter();

  private static Tally invalid(int lines) {
    Tally tally = new Tally();
    for (int line = 1; line <= lines; line++) {
      tally.count(new IntakeResult.Invalid(line, null, OpdException.invalid("no")));
    }
    return tally;
  }

  @Test
  void theTimeLeftComesFromTheShareThatWasRead() {
    assertThat(ProgressLine.text(invalid(2_000), Duration.ofSeconds(10), OptionalDouble.of(0.25)))
        .isEqualTo(
            "25 %, 30 s left; 2,000 lines: 0 admitted, 0 displaced, 0 refused, 2,000 invalid;"
                + " 200 a second");
    assertThat(ProgressLine.text(invalid(1), Duration.ofSeconds(10), OptionalDouble.of(0.1)))
        .startsWith("10 %, 1:30 min left; ");
  }

  @Test
  void withoutASizeNothingIsForetold() {
    assertThat(ProgressLine.text(invalid(1), Duration.ofSeconds(1), OptionalDouble.empty()))
        .endsWith("1 a second");
  }

  @Test
  void itNeverBreaksTheLine() {
    new ProgressLine(new PrintWriter(terminal), 20)
        .show(invalid(1), Duration.ofSeconds(1), OptionalDouble.empty());
    assertThat(terminal.toString()).isEqualTo("\r\u001b[K1 lines: 0 admitted");
  }

  @Test
  void whereIsNoTerminalNothingIsShown() {
    ProgressLine none = new ProgressLine(new PrintWriter(terminal), 0);
    none.show(invalid(1), Duration.ofSeconds(1), OptionalDouble.empty());
    none.clear();
    assertThat(terminal.toString()).isEmpty();
  }
}
