package opd.torture;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A desk whose console is a process that lasts, and is given one command after another.
final class RunningConsole implements Desk {
  private static final Pattern END =
      Pattern.compile("\\{\"line\":\\d+,\"exit\":(\\d+),\"error\":(.*)\\}");

  private final String by;
  private final Process process;
  private final Writer commands;
  private final BufferedReader results;

  /// @param build of which it is a process
  /// @param desk whose console it is
  RunningConsole(Build build, FrontDesk desk) throws IOException {
    this.by = build.name();
    // Why a command failed stands among the results as well.
    this.process =
        build
            .process(desk.environment(), List.of("console", "-o", "json"))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    this.commands = process.outputWriter(UTF_8);
    this.results = process.inputReader(UTF_8);
    // Whatever comes of it: the JVM's start is not part of the first wish's time.
    type("doctor list", new StringBuilder());
  }

  @Override
  public Told tell(Wish wish) {
    long start = System.nanoTime();
    StringBuilder out = new StringBuilder();
    try {
      Matcher end = type(wish.typed(), out);
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      return new Told(wish, by, Integer.parseInt(end.group(1)), out.toString(), end.group(2), took);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// @param out what it prints goes there
  /// @return how the command ended
  private Matcher type(String command, StringBuilder out) throws IOException {
    commands.write(command + "\n");
    commands.flush();
    for (String line = results.readLine(); line != null; line = results.readLine()) {
      Matcher end = END.matcher(line);
      if (end.matches()) {
        return end;
      }
      out.append(line).append('\n');
    }
    throw new IOException("the console of " + by + " ended at " + command);
  }

  /// As by Ctrl-D, or when the window is closed.
  @Override
  public void close() {
    try {
      commands.close();
      process.waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
