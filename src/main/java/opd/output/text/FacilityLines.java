package opd.output.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import opd.domain.FacilityName;
import opd.domain.PlainText;
import opd.output.Properties;

/// What became of one facility of several: a word for it and the named values that there are, on as
/// many lines as they take.
public final class FacilityLines {
  private static final String GAP = "  ";
  private static final String INDENT = " ".repeat(28) + GAP;

  private FacilityLines() {}

  /// @param outcome in a word
  /// @param more of which lists and texts that are empty are left out
  /// @param width in columns
  public static List<String> of(FacilityName facility, String outcome, Properties more, int width) {
    List<String> lines = new ArrayList<>();
    String line = "%-16s  %-10s".formatted(facility, outcome);
    for (String value : values(more)) {
      if (DisplayWidth.of(line + GAP + value) <= width) {
        line += GAP + value;
      } else {
        lines.add(line.stripTrailing());
        List<String> broken = Paragraph.lines(INDENT, value, INDENT, width);
        lines.addAll(broken.subList(0, broken.size() - 1));
        line = broken.getLast();
      }
    }
    lines.add(line.stripTrailing());
    return lines;
  }

  private static List<String> values(Properties properties) {
    return properties.values().entrySet().stream()
        .map(entry -> Map.entry(entry.getKey(), TablePrinter.shown(entry.getValue()).toString()))
        .filter(entry -> !entry.getValue().isEmpty())
        .map(entry -> entry.getKey() + " " + PlainText.visible(entry.getValue()))
        .toList();
  }
}
