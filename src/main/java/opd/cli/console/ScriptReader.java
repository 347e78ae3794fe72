package opd.cli.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import opd.domain.ErrorCode;
import opd.domain.OpdException;
import org.jspecify.annotations.Nullable;

/// Reads a script as it comes in, so that a program at the other end can wait for each answer. A
/// line that ends with a backslash goes on with the next.
public final class ScriptReader {
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private final BufferedReader reader;
  private long linesRead;

  /// @param in UTF-8; other bytes become U+FFFD, which no name may hold
  public ScriptReader(InputStream in) {
    this.reader = new BufferedReader(new InputStreamReader(in, UTF_8));
  }

  /// The lines of a text that was typed or pasted at once.
  public static List<String> lines(String text) {
    ScriptReader script = new ScriptReader(new ByteArrayInputStream(text.getBytes(UTF_8)));
    List<String> lines = new ArrayList<>();
    for (var line = script.next(); line.isPresent(); line = script.next()) {
      lines.add(line.get().text());
    }
    return lines;
  }

  /// @param number of the physical line on which it begins, from 1
  public record Line(long number, String text) {}

  /// The next line, or empty at the end.
  ///
  /// @throws OpdException INVALID_INPUT when it cannot be read
  public Optional<Line> next() {
    try {
      String read = reader.readLine();
      if (read == null) {
        return Optional.empty();
      }
      linesRead++;
      long number = linesRead;
      String text = number == 1 && read.startsWith(BYTE_ORDER_MARK) ? read.substring(1) : read;
      return Optional.of(new Line(number, withContinuation(text)));
    } catch (IOException e) {
      throw new OpdException(
          ErrorCode.INVALID_INPUT,
          "standard input cannot be read: " + e.getMessage(),
          "give a script, such as: opd console < morning.opd",
          e);
    }
  }

  private String withContinuation(String first) throws IOException {
    StringBuilder text = new StringBuilder(first);
    while (LineScanner.scan(text.toString(), false).goesOn()) {
      text.setLength(text.length() - 1);
      @Nullable String next = reader.readLine();
      if (next == null) {
        break;
      }
      linesRead++;
      text.append(next);
    }
    return text.toString();
  }
}
