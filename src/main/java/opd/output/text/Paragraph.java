package opd.output.text;

import java.util.ArrayList;
import java.util.List;

/// Prose, broken between words so that it fits. A word longer than a line stays whole.
final class Paragraph {
  private Paragraph() {}

  /// @param width in columns
  static List<String> lines(String text, int width) {
    return lines("", text, "", width);
  }

  /// @param start of the first line, which ends in a blank or is empty
  /// @param indent of the others
  static List<String> lines(String start, String text, String indent, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder(start);
    boolean isEmpty = true;
    for (String word : text.split(" ", -1)) {
      if (!isEmpty && DisplayWidth.of(line + " " + word) > width) {
        lines.add(line.toString());
        line = new StringBuilder(indent);
        isEmpty = true;
      }
      line.append(isEmpty ? "" : " ").append(word);
      isEmpty = false;
    }
    lines.add(line.toString());
    return lines;
  }
}
