package opd.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A program at a real pseudo-terminal, made by `script` of util-linux, which every Debian has.
public final class PseudoTerminal implements AutoCloseable {
  private static final Path SCRIPT = Path.of("/usr/bin/script");
  private static final Duration PATIENCE = Await.PATIENCE;
  // Colours, cursor movements, modes and titles.
  private static final Pattern ESCAPES =
      Pattern.compile("\u001b(\\[[0-9;?<>=]*[A-Za-z]|\\][^\u0007]*\u0007|[()][A-Z0-9]|[=>78M])");
  public static final String TAB = "\t";
  public static final String ENTER = "\r";
  public static final String CTRL_C = "\u0003";
  public static final String CTRL_D = "\u0004";

  private final Process process;
  private final OutputStream keys;
  private final StringBuilder shown = new StringBuilder();
  // What is shown before the last escape sequence, which may be half there: without sequences, and
  // how much that is.
  private final StringBuilder settled = new StringBuilder();
  private int cleaned;
  private int looked;
  private int typed;

  private PseudoTerminal(Process process) {
    this.process = process;
    this.keys = process.getOutputStream();
    Thread.ofVirtual().start(this::read);
  }

  public static boolean isAvailable() {
    return Files.isExecutable(SCRIPT) && System.getProperty("os.name").equals("Linux");
  }

  /// @param command the program and its arguments
  public static PseudoTerminal start(List<String> command, Map<String, String> environment)
      throws IOException {
    String quoted =
        command.stream()
            .map(word -> "'" + word.replace("'", "'\\''") + "'")
            .collect(Collectors.joining(" "));
    ProcessBuilder builder =
        new ProcessBuilder(
                SCRIPT.toString(), "-qefc", "stty rows 50 cols 120; exec " + quoted, "/dev/null")
            .redirectErrorStream(true);
    builder.environment().putAll(environment);
    builder.environment().put("TERM", "xterm-256color");
    builder.environment().put("SHELL", "/bin/sh");
    return new PseudoTerminal(builder.start());
  }

  private void read() {
    try (Reader output = new InputStreamReader(process.getInputStream(), UTF_8)) {
      char[] part = new char[4096];
      for (int count = output.read(part); count >= 0; count = output.read(part)) {
        synchronized (shown) {
          shown.append(part, 0, count);
          shown.notifyAll();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public void type(String text) throws IOException {
    typed += text.length();
    keys.write(text.getBytes(UTF_8));
    keys.flush();
  }

  /// Waits until the text is shown after what was waited for last, escape sequences left out.
  ///
  /// @return what was shown up to it
  public String await(String text) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    synchronized (shown) {
      int at = plain().indexOf(text, looked);
      while (at < 0) {
        long millis = (deadline - System.nanoTime()) / 1_000_000;
        if (millis <= 0) {
          throw new AssertionError("not shown: " + text + "\nbut:\n" + plain().substring(looked));
        }
        shown.wait(millis);
        at = plain().indexOf(text, looked);
      }
      String before = plain().substring(looked, at);
      looked = at + text.length();
      return before;
    }
  }

  /// How many keys were pressed so far.
  public int keys() {
    return typed;
  }

  private String plain() {
    int last = Math.max(cleaned, shown.lastIndexOf("\u001b"));
    settled.append(plain(shown.substring(cleaned, last)));
    cleaned = last;
    return settled + plain(shown.substring(last));
  }

  private static String plain(String text) {
    return ESCAPES.matcher(text).replaceAll("");
  }

  /// Everything that was sent to the terminal, as it was sent.
  public String raw() {
    synchronized (shown) {
      return shown.toString();
    }
  }

  /// @return the exit code
  public int ended() throws InterruptedException {
    return process.waitFor();
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
