package opd.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import opd.cli.session.CommandContext;
import opd.cli.session.ConsoleState;
import opd.cli.session.Surroundings;
import opd.domain.ClockSource;
import opd.output.StandardOutput;
import opd.testing.ProgramUnderTest;
import opd.testing.TestFacility;

/// Runs command lines in-process on a facility of the test's own, under the desk's login, as the
/// shell's function of `opd session` does: they have nothing in common but the connections.
final class CommandLineFixture implements AutoCloseable {
  private final TestFacility facility;
  private final Map<String, String> environment = new HashMap<>();
  private final ConsoleState connections = ConsoleState.ofOneCommand();
  private final Lock atWork = new ReentrantLock();

  CommandLineFixture() {
    this(TestFacility.borrow(ClockSource.DATABASE));
  }

  CommandLineFixture(TestFacility facility) {
    this.facility = facility;
    var desk = facility.deskSettings();
    environment.put("OPD_DB_URL", desk.url());
    environment.put("OPD_DB_USER", desk.user());
    environment.put("OPD_DB_PASSWORD", desk.password());
    environment.put("OPD_FACILITY", facility.name().value());
    environment.put("OPD_ACTOR", "desk");
    environment.put("HOME", "/proc/nonexistent");
    // For notes of what was done, which whoever has the facility next has not done.
    Path notes = Path.of("target", "notes-of-tests", UUID.randomUUID().toString());
    environment.put("OPD_HOME", notes.toAbsolutePath().toString());
  }

  TestFacility facility() {
    return facility;
  }

  CommandLineFixture with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  /// For others who work in the facility, such as processes.
  Map<String, String> environment() {
    facility.spoil();
    return environment;
  }

  /// What one command printed, and its exit code.
  record Result(int exit, String out, String err) {
    JsonNode json() {
      assertThat(out.lines()).as(err).hasSize(1);
      return parse(out);
    }

    List<JsonNode> jsonLines() {
      return out.lines().map(Result::parse).toList();
    }

    JsonNode error() {
      assertThat(err.lines()).as(err).hasSize(1);
      return parse(err).required("error");
    }

    private static JsonNode parse(String text) {
      try {
        return new ObjectMapper().readTree(text);
      } catch (IOException e) {
        throw new AssertionError("not JSON: " + text, e);
      }
    }
  }

  Result run(String... arguments) {
    return run(0, arguments);
  }

  /// @param columns of the terminal, 0 for none
  Result run(int columns, String... arguments) {
    return run(columns, "", false, arguments);
  }

  /// A console that is given this script.
  Result script(String script, String... options) {
    List<String> arguments = new ArrayList<>(List.of("console"));
    arguments.addAll(List.of(options));
    return run(0, script, false, arguments.toArray(String[]::new));
  }

  /// Runs the command for a person who types this when asked.
  Result runAnswering(String answer, String... arguments) {
    return run(0, answer, true, arguments);
  }

  /// Runs the command where a person sees standard error, and results go elsewhere.
  Result watched(String... arguments) {
    return run(0, 80, "", false, arguments);
  }

  private Result run(int columns, String input, boolean canAsk, String... arguments) {
    return run(columns, 0, input, canAsk, arguments);
  }

  private Result run(
      int columns, int errorColumns, String input, boolean canAsk, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exit =
        run(
            new Surroundings(
                environment,
                new ByteArrayInputStream(input.getBytes(UTF_8)),
                new StandardOutput(out),
                new PrintWriter(err),
                canAsk,
                columns,
                errorColumns),
            arguments);
    return new Result(exit, out.toString(), err.toString());
  }

  private int run(Surroundings surroundings, String... arguments) {
    // Of several at the same moment the others have connections of their own.
    if (!atWork.tryLock()) {
      return Program.run(surroundings, arguments);
    }
    try {
      ConsoleState consoleState = connections.forAnotherCommand(request -> {});
      return Program.run(new CommandContext(surroundings, consoleState), arguments);
    } finally {
      atWork.unlock();
    }
  }

  /// A real process with this command line, not yet started.
  ProcessBuilder process(String... arguments) {
    ProcessBuilder builder = program(List.of(), arguments);
    builder.environment().putAll(environment());
    return builder;
  }

  /// The program with nothing but this process's own environment.
  static ProcessBuilder program(List<String> options, String... arguments) {
    List<String> command = ProgramUnderTest.java();
    command.addAll(options);
    command.addAll(ProgramUnderTest.classes());
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command);
  }

  Result json(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("-o");
    all.add("json");
    return run(all.toArray(String[]::new));
  }

  /// Doctor RAO with one slot on 7 January 2030.
  CommandLineFixture withSlot(int capacity) {
    assertThat(run("doctor", "add", "RAO", "--name", "Dr. Rao").exit()).isZero();
    assertThat(
            run(
                    "slot",
                    "open",
                    "--doctor",
                    "RAO",
                    "--start",
                    "2030-01-07T09:00Z",
                    "--minutes",
                    "60",
                    "--capacity",
                    Integer.toString(capacity))
                .exit())
        .isZero();
    return this;
  }

  static final String SLOT = "RAO-20300107-0900";

  Result allocate(int patient, String priority, String... more) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "allocate",
                "--slot",
                SLOT,
                "--phone",
                "98765432%02d".formatted(patient),
                "--name",
                "Patient " + patient,
                "--priority",
                priority,
                "--source",
                "walk-in",
                "--request-id",
                "r" + patient));
    all.addAll(List.of(more));
    return run(all.toArray(String[]::new));
  }

  /// The next command connects anew, as a process would.
  void hangUp() {
    connections.close();
  }

  @Override
  public void close() {
    hangUp();
    facility.close();
  }
}
