package opd.testing;

import java.util.Arrays;
import java.util.List;

/// A table written as text, so that a test reads as the specification that it checks: cells between
/// bars, the first line a heading.
public final class TextTable {
  private TextTable() {}

  /// The rows below the heading, each as its trimmed cells.
  public static List<List<String>> rows(String table) {
    return lines(table).stream().skip(1).map(TextTable::cells).toList();
  }

  /// The heading's cells.
  public static List<String> heading(String table) {
    return cells(lines(table).getFirst());
  }

  private static List<String> lines(String table) {
    return table.lines().filter(line -> !line.isBlank()).toList();
  }

  private static List<String> cells(String line) {
    return Arrays.stream(line.split("\\|", -1)).map(String::strip).toList();
  }
}
