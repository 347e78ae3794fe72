package opd.intake;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What stands between the fields of a line: told by the line itself, as spreadsheets write what
/// their language is set to.
final class Separator {
  private static final List<Character> POSSIBLE = List.of(',', ';', '\t');
  // For Excel, which takes it as an instruction.
  private static final Pattern INSTRUCTION =
      Pattern.compile("\"?sep=([,;\\t])\"?[,;\\t]*\\s*", Pattern.CASE_INSENSITIVE);

  private Separator() {}

  /// The separator that the line only tells of, or empty when it is an ordinary line.
  static Optional<Character> instructed(String line) {
    Matcher instruction = INSTRUCTION.matcher(line);
    return instruction.matches() ? Optional.of(instruction.group(1).charAt(0)) : Optional.empty();
  }

  /// The one that gives the most columns that are known, or else the most columns.
  ///
  /// @param line the header
  static char of(String line, ColumnNames names) {
    char best = POSSIBLE.getFirst();
    long most = -1;
    for (char separator : POSSIBLE) {
      String[] cells = line.split(Pattern.quote(String.valueOf(separator)), -1);
      long known = 0;
      for (String cell : cells) {
        known += names.column(cell.replace("\"", "")).isPresent() ? 1 : 0;
      }
      long score = known * line.length() + cells.length;
      if (score > most) {
        most = score;
        best = separator;
      }
    }
    return best;
  }
}
