package opd.server;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Runs the programs of the server and of the system in an environment of their own: nothing of the
/// caller's (its locale, `PG…` variables, passwords) reaches a server that lives on for weeks.
final class Command {
  private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  private static final int NOT_STARTED = 127;
  // As in: Exec failed, error: 13 (Permission denied)
  private static final Pattern REASON = Pattern.compile("error[:=]\\s*\\d+[ ,(]+([^)]*)");

  private Command() {}

  /// What a program said, on both its streams, and how it ended.
  record Result(int exit, String output) {
    boolean succeeded() {
      return exit == 0;
    }

    /// The last line that names a fault, without the program's own prefix, or the last line.
    String cause() {
      List<String> lines = output.lines().filter(line -> !line.isBlank()).toList();
      return ServerLog.lastFault(lines)
          .or(() -> lines.isEmpty() ? Optional.empty() : Optional.of(lines.getLast().strip()))
          .orElse("exit status " + exit);
    }
  }

  /// A process builder with that clean environment.
  static ProcessBuilder prepare(List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command);
    Map<String, String> environment = builder.environment();
    environment.clear();
    environment.put("PATH", PATH);
    environment.put("LC_ALL", "C");
    // The caller's folder may be one that the server's account cannot enter.
    builder.directory(Path.of("/").toFile());
    return builder;
  }

  /// Runs a program to its end. A program that does not exist counts as one that failed.
  ///
  /// @param input for its standard input, short
  static Result run(List<String> command, String input) throws IOException {
    Process process;
    try {
      process = prepare(command).redirectErrorStream(true).start();
    } catch (IOException notStarted) {
      return new Result(NOT_STARTED, reason(notStarted));
    }
    try (OutputStream standardInput = process.getOutputStream()) {
      standardInput.write(input.getBytes(StandardCharsets.US_ASCII));
    } catch (IOException endedEarly) {
      // Its output tells why.
    }
    byte[] output = process.getInputStream().readAllBytes();
    return new Result(exit(process), new String(output, Charset.defaultCharset()));
  }

  static Result run(List<String> command) throws IOException {
    return run(command, "");
  }

  /// Whether the system has a program of that name.
  static boolean exists(String name) {
    for (String folder : PATH.split(":", -1)) {
      if (Files.isExecutable(Path.of(folder, name))) {
        return true;
      }
    }
    return false;
  }

  private static String reason(IOException notStarted) {
    String message = String.valueOf(notStarted.getMessage());
    Matcher matcher = REASON.matcher(message);
    return matcher.find() ? matcher.group(1).strip() : message;
  }

  private static int exit(Process process) throws IOException {
    try {
      return process.waitFor();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", interrupted);
    }
  }
}
