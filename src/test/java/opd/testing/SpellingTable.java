package opd.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A file of cells between bars, one row a line; `\u0020` and the like stand for characters that
/// cannot be seen. Lines that begin with `#` are comments.
public final class SpellingTable {
  private static final Pattern ESCAPED = Pattern.compile("\\\\u([0-9A-F]{4})");

  private SpellingTable() {}

  /// The rows, each as its cells without the spaces around them.
  public static List<List<String>> rows(String resource) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(SpellingTable.class.getResourceAsStream(resource), resource)) {
      return new String(in.readAllBytes(), UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(SpellingTable::cells)
          .toList();
    }
  }

  private static List<String> cells(String line) {
    return Arrays.stream(line.split("\\|", -1))
        .map(String::strip)
        .map(cell ->
            ESCAPED
                .matcher(cell)
                .replaceAll(match ->
                    Matcher.quoteReplacement(
                        Character.toString((char) Integer.parseInt(match.group(1), 16)))))
        .toList();
  }
}
