package opd.simulation.report;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import opd.domain.Days;
import opd.report.Figure;
import opd.report.FigureTable;
import opd.report.LoggedDay;
import opd.report.Report;
import opd.simulation.day.DayRecord;
import org.jspecify.annotations.Nullable;

/// What the template of the page about real days is given.
///
/// @param sections the figures under their headings
/// @param drawn null where no day is drawn
record LogPage(
    Report report,
    String facility,
    List<String> heads,
    List<Section> sections,
    PageParts parts,
    @Nullable Drawn drawn) {

  /// @param lines a line for each figure
  record Section(String heading, List<Line> lines) {}

  /// A figure of all groups, as text.
  record Line(String words, String definition, List<String> cells) {}

  /// The drawings of one day.
  ///
  /// @param moments what the slider needs, as JSON that is safe within a script element
  record Drawn(List<Timeline> timelines, String moments) {}

  static LogPage of(Report report, String facility, Optional<LoggedDay> day) {
    List<String> heads = new ArrayList<>();
    report.rows().forEach(row -> heads.add(row.group() == null ? "all" : row.group()));
    List<Section> sections = new ArrayList<>();
    for (FigureTable.Section section : FigureTable.SECTIONS) {
      List<Line> lines =
          section.figures().stream()
              .filter(figure -> report.rows().stream().anyMatch(row -> isShown(row, figure)))
              .map(figure -> line(report, figure))
              .toList();
      sections.add(new Section(section.heading(), lines));
    }
    Drawn drawn = day.map(one -> drawn(RecordOfLog.of(one, report.zone()))).orElse(null);
    return new LogPage(report, facility, heads, sections, PageParts.read(), drawn);
  }

  private static Drawn drawn(DayRecord day) {
    return new Drawn(Timelines.of(day), SliderData.json(day));
  }

  /// What has a value, or one that is left out.
  private static boolean isShown(Report.Row row, Figure figure) {
    return row.values().containsKey(figure);
  }

  private static Line line(Report report, Figure figure) {
    return new Line(
        figure.words(),
        figure.definition(),
        report.rows().stream().map(row -> cell(row, figure)).toList());
  }

  private static String cell(Report.Row row, Figure figure) {
    OptionalLong found = row.value(figure);
    if (found.isEmpty()) {
      return row.hidden().contains(figure) ? "*" : "–";
    }
    long value = found.getAsLong();
    return switch (figure.unit()) {
      case COUNT -> ReportPhrases.number(value);
      case PERCENT -> value / 10 + "." + value % 10 + " %";
      case MINUTES -> value + " min";
      case SECONDS -> ReportPhrases.minutes(value);
      case HOUR -> "%02d:00".formatted(value);
    };
  }

  String title() {
    return "What happened in " + facility + ", " + span();
  }

  private String span() {
    Days days = report.asked().days();
    LocalDate first = days.first();
    return first.equals(days.last())
        ? ReportPhrases.day(first)
        : ReportPhrases.day(first) + " to " + ReportPhrases.day(days.last());
  }

  /// Whether there is a column for each group besides that of all.
  boolean isGrouped() {
    return report.asked().by().isPresent();
  }

  boolean isPublished() {
    return report.asked().isPublished();
  }

  /// What the page was made of.
  String origin() {
    return "%s entries of the audit log, up to transaction %d"
        .formatted(
            ReportPhrases.number(report.checkpoint().entries()), report.checkpoint().transaction());
  }
}
