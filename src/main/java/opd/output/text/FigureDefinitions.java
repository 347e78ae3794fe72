package opd.output.text;

import java.util.ArrayList;
import java.util.List;
import opd.report.Figure;
import opd.report.FigureTable;

/// What each figure of a report means, for `opd help figures`.
public final class FigureDefinitions {
  private static final int COLUMNS = 80;
  private static final String INDENT = "    ";

  private FigureDefinitions() {}

  /// Lines of 80 columns at most.
  public static List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (FigureTable.Section section : FigureTable.SECTIONS) {
      lines.add("");
      lines.add(section.heading());
      for (Figure figure : section.figures()) {
        lines.addAll(
            wrapped("  " + figure.name() + unit(figure.unit()) + ": " + figure.definition()));
      }
    }
    return lines;
  }

  private static String unit(Figure.Unit unit) {
    return switch (unit) {
      case COUNT -> "";
      case PERCENT -> " (%)";
      case MINUTES -> " (minutes)";
      case SECONDS -> " (seconds)";
      case HOUR -> " (0 to 23)";
    };
  }

  private static List<String> wrapped(String text) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.split("(?<=\\S) ", -1)) {
      if (line.length() + 1 + word.length() > COLUMNS) {
        lines.add(line.toString());
        line.setLength(0);
        line.append(INDENT).append(word);
      } else {
        line.append(line.isEmpty() ? "" : " ").append(word);
      }
    }
    lines.add(line.toString());
    return lines;
  }
}
