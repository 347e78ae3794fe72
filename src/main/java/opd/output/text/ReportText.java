package opd.output.text;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import opd.report.Figure;
import opd.report.FigureTable;
import opd.report.Grouping;
import opd.report.Headline;
import opd.report.Report;
import opd.report.ReportCheck;

/// A report for people: all figures one below the other, or of each group the most important ones.
final class ReportText {
  private static final String NONE = "-";
  private static final String LEFT_OUT = "*";
  private static final int LEGEND_COLUMNS = 80;

  private final PrintWriter out;
  private final int width;
  private final Style style;

  ReportText(PrintWriter out, int width, Style style) {
    this.out = out;
    this.width = width;
    this.style = style;
  }

  void print(Report report, String facility) {
    var days = report.asked().days();
    String span =
        days.first().equals(days.last())
            ? days.first().toString()
            : days.first() + " to " + days.last();
    out.println(
        style.strong("What happened in %s, %s (%s)".formatted(facility, span, report.zone())));
    report.asked().by().ifPresentOrElse(by -> groups(report, by), () -> all(report.total()));
    out.println();
    if (report.asked().isPublished()) {
      out.println(style.quiet("* left out: 1 to 4, or what these could be worked out from"));
    }
    if (report.later() > 0) {
      out.println(
          "%,d newer entries are not in it: a transaction that began before them is still running"
              .formatted(report.later()));
    }
    out.println(
        style.quiet(
            "%,d entries, up to transaction %d. What the figures mean: opd help figures"
                .formatted(report.checkpoint().entries(), report.checkpoint().transaction())));
  }

  private void all(Report.Row row) {
    for (FigureTable.Section section : FigureTable.SECTIONS) {
      out.println();
      out.println(style.strong(section.heading()));
      Table table = new Table().column("", Table.Kind.TEXT).column("", Table.Kind.NUMBER);
      section.figures().forEach(figure -> table.row(figure.words(), text(row, figure)));
      table.lines(width, style).stream().skip(1).forEach(line -> out.println("  " + line));
    }
  }

  private void groups(Report report, Grouping by) {
    List<Headline> heads = Headline.of(by);
    Table table = new Table().column(by.name(), Table.Kind.NAME);
    heads.forEach(head -> table.optional(head.head(), Table.Kind.NUMBER));
    for (Report.Row row : report.rows()) {
      Object[] cells = new Object[heads.size() + 1];
      cells[0] = row.group() == null ? "all" : row.group();
      for (int index = 0; index < heads.size(); index++) {
        cells[index + 1] = text(row, heads.get(index).figure());
      }
      table.row(cells);
    }
    out.println();
    table.lines(width, style).forEach(out::println);
    out.println();
    legend(heads).forEach(line -> out.println(style.quiet(line)));
  }

  /// What the heads stand for, in lines for 80 columns.
  private static List<String> legend(List<Headline> heads) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (Headline head : heads) {
      String part =
          head.head() + ": " + head.figure().words() + (head.equals(heads.getLast()) ? "" : ", ");
      if (line.length() + part.length() > LEGEND_COLUMNS) {
        lines.add(line.toString().stripTrailing());
        line.setLength(0);
      }
      line.append(part);
    }
    lines.add(line.toString());
    return lines;
  }

  private static String text(Report.Row row, Figure figure) {
    OptionalLong value = row.value(figure);
    if (value.isEmpty()) {
      return row.hidden().contains(figure) ? LEFT_OUT : NONE;
    }
    return text(figure.unit(), value.getAsLong());
  }

  private static String text(Figure.Unit unit, long value) {
    return switch (unit) {
      case COUNT -> String.format(Locale.ROOT, "%,d", value);
      case PERCENT -> "%d.%d".formatted(value / 10, value % 10);
      case MINUTES -> value + " min";
      case SECONDS -> "%d:%02d".formatted(value / 60, value % 60);
      case HOUR -> "%02d:00".formatted(value);
    };
  }

  void print(ReportCheck check) {
    if (check.isRenumbered()) {
      out.println(
          "The transactions have other numbers than when the report was made, as after a restore:"
              + " the entries that it brought were read.");
    }
    if (check.isSame()) {
      out.println(
          style.good(
              "The report is what the log tells: %,d entries, up to transaction %d."
                  .formatted(check.checkpoint().entries(), check.checkpoint().transaction())));
      return;
    }
    out.println(style.bad("The report is not what the log tells:"));
    for (ReportCheck.Difference difference : check.differences()) {
      out.println(
          "  %s: %s in the report, %s in the log"
              .formatted(difference.where(), difference.reported(), difference.found()));
    }
    if (check.more() > 0) {
      out.println("  and %,d more".formatted(check.more()));
    }
  }
}
