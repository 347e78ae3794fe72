package opd.intake;

import java.util.regex.Pattern;

/// What a spreadsheet puts around the text of a cell.
final class CellText {
  // No-break spaces and marks of the text's beginning and direction, which nobody sees.
  private static final String BLANK = "[\\s\\p{Z}\\x{FEFF}\\x{200B}\\x{200E}\\x{200F}\\x{2060}]+";
  private static final Pattern AROUND = Pattern.compile("^" + BLANK + "|" + BLANK + "$");
  // As it is put before what a spreadsheet would take for a formula, and before digits that it is
  // to take for text.
  private static final Pattern DEFUSED =
      Pattern.compile("^'+[=+\\-@0-9\\t\\r\uFF1D\uFF0B\uFF0D\uFF20]");

  private CellText() {}

  /// The text itself; empty for a blank cell.
  static String clean(String cell) {
    boolean isPlain =
        cell.isEmpty() || (isInk(cell.charAt(0)) && isInk(cell.charAt(cell.length() - 1)));
    String text = isPlain ? cell : AROUND.matcher(cell).replaceAll("");
    return text.startsWith("'") && DEFUSED.matcher(text).find() ? text.substring(1) : text;
  }

  /// What most texts begin and end with; looked at first, as it takes no time.
  private static boolean isInk(char character) {
    return character > ' ' && character < 0x7F;
  }
}
