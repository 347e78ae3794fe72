package opd.bench;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.util.List;
import java.util.function.Predicate;

/// A process that stays, and answers what is typed into it.
final class TypedInto implements AutoCloseable {
  private final Process process;

  TypedInto(List<String> command) throws IOException {
    process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  /// Types a command into a console with `-o json`.
  ///
  /// @return how it ended
  String command(String line) throws IOException {
    return ask(line + "\n", answer -> answer.startsWith("{\"line\":"));
  }

  /// @return the last line of the answer
  String ask(String text, Predicate<String> isLast) throws IOException {
    BufferedWriter in = process.outputWriter();
    in.write(text);
    in.flush();
    BufferedReader out = process.inputReader();
    String line = out.readLine();
    while (line != null && !isLast.test(line)) {
      line = out.readLine();
    }
    if (line == null) {
      throw new IOException(process.info().command().orElse("a process") + " ended");
    }
    return line;
  }

  /// Whether the command was done, and not refused by the rules.
  ///
  /// @param end how it ended
  static boolean isDone(String end) {
    if (end.contains("\"exit\":0,")) {
      return true;
    }
    if (end.contains("\"exit\":3,")) {
      return false;
    }
    throw new IllegalStateException(end);
  }

  /// With nothing more to read, it ends by itself.
  @Override
  public void close() throws IOException {
    process.outputWriter().close();
  }
}
