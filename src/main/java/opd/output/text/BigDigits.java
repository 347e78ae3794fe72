package opd.output.text;

import java.util.ArrayList;
import java.util.List;

/// Digits and colons that are read across a room, drawn with block characters.
final class BigDigits {
  static final int ROWS = 5;
  private static final int COLUMNS = 3;
  private static final String CHARACTERS = "0123456789:";
  // For each character five rows of three dots.
  private static final List<List<String>> GLYPHS =
      List.of(
          List.of("###", "# #", "# #", "# #", "###"),
          List.of(" # ", "## ", " # ", " # ", "###"),
          List.of("###", "  #", "###", "#  ", "###"),
          List.of("###", "  #", "###", "  #", "###"),
          List.of("# #", "# #", "###", "  #", "  #"),
          List.of("###", "#  ", "###", "  #", "###"),
          List.of("###", "#  ", "###", "# #", "###"),
          List.of("###", "  #", " # ", " # ", " # "),
          List.of("###", "# #", "###", "# #", "###"),
          List.of("###", "# #", "###", "  #", "###"),
          List.of("   ", " # ", "   ", " # ", "   "));

  private BigDigits() {}

  /// How many columns a text of so many characters takes.
  static int width(int characters, int scale) {
    return (characters * (COLUMNS + 1) - 1) * 2 * scale;
  }

  /// The text as lines; characters other than digits and colons are blank.
  ///
  /// @param scale 1 or more: a dot is so many lines high and twice so many columns wide
  static List<String> lines(String text, int scale) {
    List<String> lines = new ArrayList<>();
    for (int row = 0; row < ROWS; row++) {
      StringBuilder line = new StringBuilder();
      for (int place = 0; place < text.length(); place++) {
        String dots = dots(text.charAt(place), row) + " ";
        dots.chars().forEach(dot -> line.append((dot == '#' ? "█" : " ").repeat(2 * scale)));
      }
      String finished = line.toString().stripTrailing();
      for (int copy = 0; copy < scale; copy++) {
        lines.add(finished);
      }
    }
    return lines;
  }

  private static String dots(char character, int row) {
    int index = CHARACTERS.indexOf(character);
    return index < 0 ? " ".repeat(COLUMNS) : GLYPHS.get(index).get(row);
  }
}
