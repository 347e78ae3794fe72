package opd.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

final class ProgressLineTest {
  private final StringWriter terminal = new StringWriter();

  private static String text(Duration elapsed, OptionalDouble share) {
    return ProgressLine.text("3 of 12 rows", elapsed, share);
  }

  @Test
  void theTimeLeftComesFromTheShareThatIsDone() {
    assertThat(text(Duration.ofSeconds(10), OptionalDouble.of(0.25)))
        .isEqualTo("25 %, 30 s left; 3 of 12 rows");
    assertThat(text(Duration.ofSeconds(10), OptionalDouble.of(0.1)))
        .isEqualTo("10 %, 1:30 min left; 3 of 12 rows");
  }

  @Test
  void nothingIsDoneBeforeItIsOver() {
    assertThat(text(Duration.ofSeconds(10), OptionalDouble.of(1.2))).startsWith("99 %, 0 s left; ");
  }

  @Test
  void withoutASizeNothingIsForetold() {
    assertThat(text(Duration.ofSeconds(1), OptionalDouble.empty())).isEqualTo("3 of 12 rows");
    assertThat(text(Duration.ofSeconds(1), OptionalDouble.of(0))).isEqualTo("3 of 12 rows");
  }

  @Test
  void itNeverBreaksTheLine() {
    String lines = "1,000 lines: 990 admitted, 10 refused";
    new ProgressLine(new PrintWriter(terminal), 30)
        .show(lines, Duration.ofSeconds(1), OptionalDouble.empty());
    new ProgressLine(new PrintWriter(terminal), 10)
        .show(lines, Duration.ofSeconds(1), OptionalDouble.empty());
    assertThat(terminal.toString())
        .isEqualTo("\r\u001b[K1,000 lines: 990 admitted\r\u001b[K1,000 lin");
  }

  @Test
  void whereIsNoTerminalNothingIsShown() {
    ProgressLine none = new ProgressLine(new PrintWriter(terminal), 0);
    none.show("3 rows", Duration.ofSeconds(1), OptionalDouble.empty());
    none.clear();
    assertThat(terminal.toString()).isEmpty();
  }
}
