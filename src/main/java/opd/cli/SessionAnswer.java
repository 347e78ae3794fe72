package opd.cli;

import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/// What a shell's function reads of one command: lines that begin with the request's name, and
/// after those that announce a text, so many bytes of it.
final class SessionAnswer {
  private final String name;
  private final PrintWriter shell;

  /// @param name the request's
  /// @param shell where the function reads
  SessionAnswer(String name, PrintWriter shell) {
    this.name = name;
    this.shell = shell;
  }

  /// Sends off a line.
  synchronized void says(String what) {
    line(what);
    shell.flush();
  }

  private void line(String what) {
    // On a line of its own, whatever was left of an answer that nobody read to its end.
    shell.print("\n" + name + " " + what + "\n");
  }

  private synchronized void sendsText(String kind, String text) {
    line(kind + " " + text.getBytes(StandardCharsets.UTF_8).length);
    shell.print(text);
    shell.flush();
  }

  /// A stream of the command, each piece of which is sent off when it is flushed.
  ///
  /// @param kind `out` or `err`
  Writer stream(String kind) {
    return new Stream(kind);
  }

  private final class Stream extends Writer {
    private final String kind;
    private final StringBuilder waiting = new StringBuilder();

    Stream(String kind) {
      this.kind = kind;
    }

    @Override
    public void write(char[] text, int start, int length) {
      synchronized (lock) {
        waiting.append(text, start, length);
      }
    }

    @Override
    public void flush() {
      synchronized (lock) {
        if (!waiting.isEmpty()) {
          sendsText(kind, waiting.toString());
          waiting.setLength(0);
        }
      }
    }

    @Override
    public void close() {
      flush();
    }
  }
}
