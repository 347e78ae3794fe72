package opd.torture;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import opd.testing.ProgramUnderTest;

/// A build of the program, such as one of an older revision, as it is started in processes of its
/// own.
///
/// @param name under which its commands are counted
/// @param command what starts it, up to the program's own arguments
record Build(String name, List<String> command) {
  /// What the program is called whose classes are loaded here.
  static final String HERE = "this program";

  /// The one whose classes are loaded here.
  static Build here() {
    List<String> command = ProgramUnderTest.java();
    command.addAll(ProgramUnderTest.classes());
    return new Build(HERE, List.copyOf(command));
  }

  /// @param checkout in which it was built
  static Build in(Path checkout, String name) {
    return new Build(name, List.of(checkout.resolve("scripts").resolve("opd").toString()));
  }

  /// Not started yet, so that its streams can be directed.
  ProcessBuilder process(Map<String, String> environment, List<String> words) {
    List<String> all = new ArrayList<>(command);
    all.addAll(words);
    ProcessBuilder builder = new ProcessBuilder(all);
    builder.environment().putAll(environment);
    return builder;
  }

  /// Runs it to its end.
  ///
  /// @return the exit code
  int run(
      Map<String, String> environment,
      String input,
      StringWriter out,
      StringWriter err,
      List<String> words) {
    try {
      Process process = process(environment, words).start();
      try (ExecutorService streams = Executors.newVirtualThreadPerTaskExecutor()) {
        streams.submit(() -> process.inputReader(UTF_8).transferTo(out));
        streams.submit(() -> process.errorReader(UTF_8).transferTo(err));
        try (Writer in = process.outputWriter(UTF_8)) {
          in.write(input);
        }
      }
      return process.waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new InterruptedIOException(e.getMessage()));
    }
  }
}
