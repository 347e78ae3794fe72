package opd.cli;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import opd.testing.Await;

/// A program in a pseudo-terminal, which is typed to, resized and looked at.
final class PseudoTerminal implements AutoCloseable {
  private static final Duration PATIENCE = Await.PATIENCE;

  private final Process driver;
  private final StringBuilder written = new StringBuilder();
  private final Thread reader;

  /// @param program a process that was not started
  PseudoTerminal(ProcessBuilder program, int columns, int rows) throws Exception {
    assumeTrue(
        isThere("python3"), "this test drives a pseudo-terminal with python3, which is missing");
    List<String> command =
        new ArrayList<>(
            List.of("python3", script(), Integer.toString(columns), Integer.toString(rows)));
    command.addAll(program.command());
    driver = program.command(command).start();
    reader = Thread.ofVirtual().start(this::read);
  }

  private static boolean isThere(String program) throws InterruptedException {
    try {
      return new ProcessBuilder(program, "-c", "import pty, termios").start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static String script() throws URISyntaxException {
    return Path.of(PseudoTerminal.class.getResource("terminal.py").toURI()).toString();
  }

  private void read() {
    // Decoded as a whole: a letter may come in two pieces.
    var bytes = new java.io.ByteArrayOutputStream();
    byte[] buffer = new byte[65_536];
    try (InputStream in = driver.getInputStream()) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        bytes.write(buffer, 0, read);
        synchronized (written) {
          written.setLength(0);
          written.append(bytes.toString(StandardCharsets.UTF_8));
          written.notifyAll();
        }
      }
    } catch (IOException e) {
      // The driver has ended.
    }
  }

  void resize(int columns, int rows) throws IOException {
    order("resize " + columns + " " + rows);
  }

  void type(String text) throws IOException {
    order("type " + HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8)));
  }

  void signal(int number) throws IOException {
    order("signal " + number);
  }

  private void order(String line) throws IOException {
    OutputStream orders = driver.getOutputStream();
    orders.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    orders.flush();
  }

  /// All that was written to the terminal so far.
  String written() {
    synchronized (written) {
      return written.toString();
    }
  }

  /// Waits until what was written is such.
  ///
  /// @return it
  String await(Predicate<String> wanted) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    synchronized (written) {
      while (!wanted.test(written.toString())) {
        long rest = (end - System.nanoTime()) / 1_000_000;
        if (rest <= 0) {
          throw new AssertionError("not within " + PATIENCE + ", only: " + written);
        }
        written.wait(rest);
      }
      return written.toString();
    }
  }

  /// Waits for the end of the program.
  ///
  /// @return how it ended, as `exit 0, settings as before`
  String ending() throws Exception {
    if (!driver.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("the program goes on");
    }
    reader.join();
    String errors = new String(driver.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    return errors.lines().reduce("", (_, line) -> line);
  }

  @Override
  public void close() {
    driver.descendants().forEach(ProcessHandle::destroyForcibly);
    driver.destroyForcibly();
  }
}
