package opd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import opd.cli.session.CommandContext;
import opd.cli.session.ConsoleState;
import opd.cli.session.Surroundings;
import opd.output.StandardOutput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Which commands a shell's session carries out, and how they come to it. None needs a database:
/// there is none, which a command finds out that is run.
final class QuickCommandsTest {
  private static final int UNAVAILABLE = 5;

  private static OptionalInt run(boolean canAsk, String... arguments) {
    Surroundings nowhere =
        new Surroundings(
            Map.of(
                "HOME",
                "/proc/nonexistent",
                "OPD_DB_URL",
                "postgresql://127.0.0.1:1/opd",
                "OPD_TIMEOUT",
                "1"),
            null,
            new StandardOutput(new StringWriter()),
            new PrintWriter(new StringWriter()),
            canAsk,
            0,
            0);
    try (ConsoleState consoleState = ConsoleState.ofOneCommand()) {
      return Program.runQuick(new CommandContext(nowhere, consoleState), arguments);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "queue --watch",
        "allocate --from -",
        "slot open --from roster.csv",
        "audit",
        "audit --follow",
        "audit verify",
        "db status",
        "report --html page.html",
        "simulate --day",
        "console",
        "session bash",
        "help",
        "queue --help",
        "--help",
        "patient erase 1 --reason r --erasures file"
      })
  void whatIsLongOrReadsOrFollowsIsLeftAlone(String command) {
    assertThat(run(false, command.split(" "))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "slot cancel RAO-20300107-0900 --reason ill",
        "slot complete RAO-20300107-0900",
        "doctor leave RAO --reason ill"
      })
  void whatAsksIsLeftAloneWhereSomebodyCanAnswer(String command) {
    assertThat(run(true, command.split(" "))).isEmpty();
    assertThat(run(true, (command + " --yes").split(" "))).hasValue(UNAVAILABLE);
    assertThat(run(false, command.split(" "))).hasValue(UNAVAILABLE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"queue", "slot list --all", "doctor list -o json", "cancel RAO-20300107-0900-01"})
  void theRestIsCarriedOut(String command) {
    assertThat(run(true, command.split(" "))).hasValue(UNAVAILABLE);
  }

  @Test
  void aRequestIsReadWithWhatItsFieldsStandFor() {
    var request =
        SessionRequest.of(
                "7-1\t80\t0\tyes\t2\tOPD_ACTOR=a=b\\nc\tNO_COLOR=\tpatient\tfind\ta\\\\\\tb\\r\t\t7-1")
            .orElseThrow();
    assertThat(request.arguments()).isEqualTo(List.of("patient", "find", "a\\\tb\r", ""));
    assertThat(request.columns()).isEqualTo(80);
    assertThat(request.canAsk()).isTrue();
    assertThat(request.environment(Map.of("OPD_OUTPUT", "json", "HOME", "/h", "PATH", "/bin")))
        .isEqualTo(Map.of("OPD_ACTOR", "a=b\nc", "NO_COLOR", "", "PATH", "/bin"));
  }

  @Test
  void whatAShellLeftUnfinishedIsNoRequest() {
    assertThat(SessionRequest.of("")).isEmpty();
    assertThat(SessionRequest.of("7-1\t0\t0\tno\t0\tcancel\tRAO-0900")).isEmpty();
    assertThat(SessionRequest.of("7-1\t0\t0\tno\t1\tOPD_")).isEmpty();
  }
}
