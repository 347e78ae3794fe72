package opd.output.text;

import java.io.PrintWriter;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import opd.output.RowPrinter;
import org.jspecify.annotations.Nullable;

/// Rows of the columns that somebody chose, as a table; times in the zone.
public final class TableRows implements RowPrinter {
  // Of a long log the first rows are to be seen before the last one is read.
  private static final int MOST_ROWS_AT_ONCE = 500;
  private static final Pattern TIME = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z");

  private final PrintWriter out;
  private final int width;
  private final Style style;
  private final Supplier<ZoneText> zone;
  private final List<String> columns;
  private final List<List<@Nullable Object>> waiting = new ArrayList<>();
  private boolean hasHeading;

  /// @param zone asked once there is a row: until then it need not be known
  public TableRows(
      PrintWriter out, int width, Style style, Supplier<ZoneText> zone, List<String> columns) {
    this.out = out;
    this.width = width;
    this.style = style;
    this.zone = zone;
    this.columns = columns;
  }

  @Override
  public void row(List<@Nullable Object> cells) {
    waiting.add(cells);
    if (waiting.size() == MOST_ROWS_AT_ONCE) {
      end();
    }
  }

  @Override
  public void end() {
    if (!waiting.isEmpty() || !hasHeading) {
      Table table = new Table();
      for (int index = 0; index < columns.size(); index++) {
        table.column(columns.get(index).toUpperCase(Locale.ROOT), kind(index));
      }
      waiting.forEach(cells -> table.row(cells.stream().map(this::text).toArray()));
      table.lines(width, style).stream().skip(hasHeading ? 1 : 0).forEach(out::println);
      hasHeading = true;
      waiting.clear();
    }
    out.flush();
  }

  private Table.Kind kind(int index) {
    boolean isNumber = waiting.stream().anyMatch(cells -> cells.get(index) instanceof Number);
    if (isNumber) {
      return Table.Kind.NUMBER;
    }
    return columns.get(index).endsWith("name") ? Table.Kind.NAME : Table.Kind.TEXT;
  }

  private String text(@Nullable Object cell) {
    return switch (cell) {
      case null -> "";
      case String text when TIME.matcher(text).matches() -> time(text);
      default -> cell.toString();
    };
  }

  private String time(String text) {
    try {
      return zone.get().minute(Instant.parse(text));
    } catch (DateTimeParseException e) {
      return text;
    }
  }
}
