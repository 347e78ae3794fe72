package opd.output.text;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import opd.domain.PlainText;

/// Aligned columns without rules or frames. When they do not fit, whole columns that may be dropped
/// go first, those of names are shortened last, and no column is ever broken into pieces.
final class Table {
  private static final String GAP = "  ";
  private static final int SHORTEST_NAME = 8;

  /// How a column behaves.
  enum Kind {
    TEXT,
    NUMBER,
    /// Names: shortened when nothing else helps.
    NAME
  }

  private record Column(String header, Kind kind, boolean isOptional) {}

  private record Row(List<String> cells, UnaryOperator<String> style) {}

  private final List<Column> columns = new ArrayList<>();
  private final List<Row> rows = new ArrayList<>();

  Table column(String header, Kind kind) {
    columns.add(new Column(header, kind, false));
    return this;
  }

  /// A column that is dropped when there is not enough room, the last one first.
  Table optional(String header, Kind kind) {
    columns.add(new Column(header, kind, true));
    return this;
  }

  /// @param cells one for each column
  void row(Object... cells) {
    styledRow(UnaryOperator.identity(), cells);
  }

  /// @param style applied to the finished line
  void styledRow(UnaryOperator<String> style, Object... cells) {
    List<String> texts = new ArrayList<>();
    for (Object cell : cells) {
      texts.add(PlainText.visible(cell.toString()));
    }
    rows.add(new Row(texts, style));
  }

  boolean isEmpty() {
    return rows.isEmpty();
  }

  /// The lines of the table, its header first.
  List<String> lines(int width, Style style) {
    List<Integer> shown = fitting(width);
    int[] widths = widths();
    shortenNames(shown, widths, width);
    List<String> lines = new ArrayList<>();
    lines.add(style.quiet(line(shown, widths, columns.stream().map(Column::header).toList())));
    for (Row row : rows) {
      lines.add(row.style().apply(line(shown, widths, row.cells())));
    }
    return lines;
  }

  private String line(List<Integer> shown, int[] widths, List<String> cells) {
    StringBuilder line = new StringBuilder();
    for (int index : shown) {
      String cell = DisplayWidth.shorten(cells.get(index), widths[index]);
      String padding = " ".repeat(Math.max(0, widths[index] - DisplayWidth.of(cell)));
      boolean toTheRight = columns.get(index).kind() == Kind.NUMBER;
      line.append(line.isEmpty() ? "" : GAP).append(toTheRight ? padding + cell : cell + padding);
    }
    return line.toString().stripTrailing();
  }

  private int[] widths() {
    int[] widths = new int[columns.size()];
    for (int index = 0; index < widths.length; index++) {
      widths[index] = DisplayWidth.of(columns.get(index).header());
      for (Row row : rows) {
        widths[index] = Math.max(widths[index], DisplayWidth.of(row.cells().get(index)));
      }
    }
    return widths;
  }

  /// The columns left when optional ones are dropped, the last first, until names need at most be
  /// shortened to a bearable length.
  private List<Integer> fitting(int width) {
    List<Integer> shown = new ArrayList<>();
    for (int index = 0; index < columns.size(); index++) {
      shown.add(index);
    }
    int[] widths = widths();
    for (int index = columns.size() - 1; index >= 0; index--) {
      if (columns.get(index).isOptional() && total(shown, widths) > width) {
        shown.remove(Integer.valueOf(index));
      }
    }
    return shown;
  }

  private static int total(List<Integer> shown, int[] widths) {
    int gaps = GAP.length() * (shown.size() - 1);
    return gaps + shown.stream().mapToInt(index -> widths[index]).sum();
  }

  private void shortenNames(List<Integer> shown, int[] widths, int width) {
    for (int index : shown.reversed()) {
      int excess = total(shown, widths) - width;
      if (columns.get(index).kind() == Kind.NAME && excess > 0) {
        widths[index] = Math.max(Math.min(SHORTEST_NAME, widths[index]), widths[index] - excess);
      }
    }
  }
}
