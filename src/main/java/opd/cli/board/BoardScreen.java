package opd.cli.board;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// The whole of a terminal, given back as it was: at the end, when the program is interrupted, and
/// when it is terminated. Its size and its echo are asked of `stty`, which every Unix has, so that
/// no terminal library need be loaded.
public final class BoardScreen implements AutoCloseable {
  private static final String ESCAPE = "\u001b[";
  // The other screen of the terminal, so that what was on this one comes back; the cursor hidden;
  // no line wrapped, as one that is too wide would push the others away.
  private static final String ENTER = ESCAPE + "?1049h" + ESCAPE + "?25l" + ESCAPE + "?7l";
  private static final String LEAVE = ESCAPE + "?7h" + ESCAPE + "?25h" + ESCAPE + "?1049l";
  private static final String TO_TOP = ESCAPE + "H";
  private static final String CLEAR_TO_LINE_END = ESCAPE + "K";
  private static final String BELL = "\u0007";
  private static final String CLEAR_BELOW = ESCAPE + "J";
  // Rows and columns; a terminal that does not know them says 0.
  private static final Pattern SIZE = Pattern.compile("([1-9][0-9]{0,3}) ([1-9][0-9]{0,3})");
  private static final Size USUAL = new Size(80, 24);

  private final PrintWriter out;
  private final Optional<String> settings;
  private final Thread restorer = new Thread(this::restore);
  private Size size;
  private boolean isOpen;

  /// In characters.
  record Size(int columns, int rows) {}

  private BoardScreen(PrintWriter out, Optional<String> settings, Size size) {
    this.out = out;
    this.settings = settings;
    this.size = size;
  }

  public static BoardScreen open(PrintWriter out) {
    BoardScreen screen = new BoardScreen(out, stty("-g"), USUAL);
    screen.enter();
    return screen;
  }

  private synchronized void enter() {
    isOpen = true;
    Runtime.getRuntime().addShutdownHook(restorer);
    // What is typed by mistake would stand in the middle of the board.
    stty("-echo");
    measure();
    out.print(ENTER);
    out.flush();
  }

  /// Looks how large the terminal is now.
  synchronized void measure() {
    size = stty("size").flatMap(BoardScreen::size).orElse(size);
  }

  synchronized Size size() {
    return size;
  }

  /// Draws at most as many lines as the terminal has, none wider than it is.
  synchronized void draw(List<String> lines) {
    if (!isOpen) {
      return;
    }
    // Cleared before it is written: after a line as wide as the terminal the cursor stands on its
    // last letter, which would go with the rest.
    out.print(TO_TOP + CLEAR_TO_LINE_END + String.join("\r\n" + CLEAR_TO_LINE_END, lines));
    if (lines.size() < size.rows()) {
      out.print("\r\n" + CLEAR_BELOW);
    }
    out.flush();
  }

  synchronized void ring() {
    if (isOpen) {
      out.print(BELL);
      out.flush();
    }
  }

  @Override
  public void close() {
    restore();
    try {
      Runtime.getRuntime().removeShutdownHook(restorer);
    } catch (IllegalStateException e) {
      // The program is ending: the hook runs, and finds nothing left to do.
    }
  }

  private synchronized void restore() {
    if (isOpen) {
      isOpen = false;
      out.print(LEAVE);
      out.flush();
      settings.ifPresent(BoardScreen::stty);
    }
  }

  private static Optional<Size> size(String text) {
    var words = SIZE.matcher(text);
    return words.matches()
        ? Optional.of(new Size(Integer.parseInt(words.group(2)), Integer.parseInt(words.group(1))))
        : Optional.empty();
  }

  /// What `stty` says of the terminal, or empty where there is none.
  private static Optional<String> stty(String argument) {
    try {
      Process process =
          new ProcessBuilder("stty", argument)
              .redirectInput(new File("/dev/tty"))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String answer =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
      return process.waitFor() == 0 ? Optional.of(answer) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
