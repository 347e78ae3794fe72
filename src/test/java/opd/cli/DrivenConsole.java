package opd.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import opd.cli.session.Surroundings;
import opd.output.StandardOutput;

/// Another program at the other end of a console: it writes a line, and reads until it is told how
/// the command ended.
final class DrivenConsole implements AutoCloseable {
  private final ObjectMapper mapper = new ObjectMapper();
  private final StringWriter err = new StringWriter();
  private final PrintWriter commands;
  private final BufferedReader results;
  private final CompletableFuture<Integer> exit;

  DrivenConsole(Map<String, String> environment) throws IOException {
    PipedOutputStream toConsole = new PipedOutputStream();
    PipedInputStream in = new PipedInputStream(toConsole);
    PipedOutputStream out = new PipedOutputStream();
    this.results = new BufferedReader(new InputStreamReader(new PipedInputStream(out), UTF_8));
    this.commands = new PrintWriter(toConsole, true, UTF_8);
    Surroundings surroundings =
        new Surroundings(
            environment,
            in,
            new StandardOutput(out, () -> false),
            new PrintWriter(err, true),
            false,
            0,
            0);
    this.exit =
        CompletableFuture.supplyAsync(
            () -> Program.run(surroundings, "console", "-o", "json"), Thread::startVirtualThread);
  }

  /// What the command printed; the line that says how it ended comes last.
  List<JsonNode> ask(String command) throws IOException {
    commands.println(command);
    List<JsonNode> lines = new ArrayList<>();
    while (lines.isEmpty() || !lines.getLast().has("line")) {
      String line = results.readLine();
      assertThat(line).as(err()).isNotNull();
      lines.add(mapper.readTree(line));
    }
    return lines;
  }

  String err() {
    return err.toString();
  }

  /// @return the exit code
  int leave() {
    commands.close();
    return exit.join();
  }

  @Override
  public void close() {
    leave();
  }
}
