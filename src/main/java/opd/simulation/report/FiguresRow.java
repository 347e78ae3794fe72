package opd.simulation.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import opd.domain.TokenPriority;
import opd.simulation.day.DayRecord;
import opd.simulation.day.DoctorDay;
import opd.simulation.day.Figures;

/// A line of the table of figures.
///
/// @param anchor of the part of the page that tells more, or empty
/// @param more next to the name, or empty
record FiguresRow(String name, String more, String anchor, Figures figures) {
  static final List<String> HEADS =
      List.of(
          "requests",
          "admitted",
          "refused",
          "displaced",
          "displaced twice",
          "reallocated",
          "cancelled",
          "no-show",
          "seen",
          "median wait",
          "90 % wait up to",
          "longest wait",
          "within 30 min",
          "utilisation",
          "doctors idle",
          "overtime");

  static List<FiguresRow> byPriority(DayRecord day) {
    List<FiguresRow> rows = new ArrayList<>();
    for (Map.Entry<TokenPriority, Figures> entry : day.byPriority().entrySet()) {
      rows.add(new FiguresRow(ReportPhrases.of(entry.getKey()), "", "", entry.getValue()));
    }
    rows.add(total(day));
    return rows;
  }

  static List<FiguresRow> byDoctor(DayRecord day) {
    List<FiguresRow> rows = new ArrayList<>();
    for (DoctorDay doctor : day.doctors()) {
      rows.add(
          new FiguresRow(
              doctor.name(), doctor.specialization(), doctor.code().value(), doctor.figures()));
    }
    rows.add(total(day));
    return rows;
  }

  private static FiguresRow total(DayRecord day) {
    return new FiguresRow("all", "", "", day.total());
  }

  /// The values below the page's column heads.
  List<String> cells() {
    List<String> cells = new ArrayList<>();
    for (int count :
        List.of(
            figures.requests(),
            figures.admitted(),
            figures.refused(),
            figures.displaced(),
            figures.displacedTwice(),
            figures.reallocated(),
            figures.cancelled(),
            figures.noShow(),
            figures.completed())) {
      cells.add(ReportPhrases.number(count));
    }
    boolean isWaited = figures.waits().count() > 0;
    cells.add(isWaited ? ReportPhrases.minutes(figures.waits().medianSeconds()) : "–");
    cells.add(isWaited ? ReportPhrases.minutes(figures.waits().ninetiethSeconds()) : "–");
    cells.add(isWaited ? ReportPhrases.minutes(figures.waits().longestSeconds()) : "–");
    cells.add(isWaited ? figures.waits().withinHalfAnHourPercent() + " %" : "–");
    boolean hasPlaces = figures.places() > 0;
    cells.add(hasPlaces ? figures.utilisationPercent() + " %" : "–");
    cells.add(hasPlaces ? ReportPhrases.minutes(figures.idleSeconds()) : "–");
    cells.add(hasPlaces ? ReportPhrases.minutes(figures.overtimeSeconds()) : "–");
    return cells;
  }
}
