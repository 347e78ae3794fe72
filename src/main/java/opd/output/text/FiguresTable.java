package opd.output.text;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import opd.domain.TokenPriority;
import opd.simulation.day.DayRecord;
import opd.simulation.day.DoctorDay;
import opd.simulation.day.Figures;

/// A generated day's figures, a line for each priority or doctor.
final class FiguresTable {
  private static final int SECONDS_IN_A_MINUTE = 60;

  /// What the short heads mean.
  static final String LEGEND =
      "ASKED: for a place, second tries of the same patient included. LOST: places lost"
          + " to a higher claim or with a cancelled slot. TWICE: patients who lost more than one."
          + " BACK: lost places made good. USED: patients seen for every 100 places, above 100"
          + " where places that became free were given again. Minutes waited: WAIT by the median"
          + " patient, 90 % by nine in ten at most, MAX by the one who waited longest; <30: of 100,"
          + " those who waited 30 at most. Minutes of doctors: IDLE in a slot's time without a"
          + " patient, OVER after their last slot. An emergency is refused only where the slot was"
          + " closed, or the patient held a place in it.";

  private record Row(String name, Figures figures) {}

  private FiguresTable() {}

  static Table byPriority(DayRecord day) {
    List<Row> rows = day.byPriority().entrySet().stream().map(FiguresTable::row).toList();
    return table("PRIORITY", rows, new Row("all", day.total()));
  }

  private static Row row(Map.Entry<TokenPriority, Figures> entry) {
    return new Row(entry.getKey().toString(), entry.getValue());
  }

  static Table byDoctor(DayRecord day) {
    List<Row> rows = day.doctors().stream().map(FiguresTable::row).toList();
    return table("DOCTOR", rows, new Row("all", day.total()));
  }

  private static Row row(DoctorDay doctor) {
    return new Row(doctor.code().value(), doctor.figures());
  }

  private static Table table(String name, List<Row> rows, Row total) {
    Table table = new Table().column(name, Table.Kind.TEXT);
    List<Row> all = new ArrayList<>(rows);
    all.add(total);
    boolean hasPlaces = rows.stream().anyMatch(row -> row.figures().places() > 0);
    Map<String, Function<Figures, Object>> columns = columns(hasPlaces);
    columns.keySet().forEach(header -> table.optional(header, Table.Kind.NUMBER));
    for (Row row : all) {
      table.row(
          Stream.concat(
                  Stream.of(row.name()),
                  columns.values().stream().map(column -> column.apply(row.figures())))
              .toArray());
    }
    return table;
  }

  /// Short heads, so that all fit 80 columns; on a narrower screen the last are dropped first.
  private static Map<String, Function<Figures, Object>> columns(boolean hasPlaces) {
    Map<String, Function<Figures, Object>> columns = new LinkedHashMap<>();
    columns.put("ASKED", Figures::requests);
    columns.put("GIVEN", Figures::admitted);
    columns.put("REFUSED", Figures::refused);
    columns.put("LOST", Figures::displaced);
    columns.put("TWICE", Figures::displacedTwice);
    columns.put("BACK", Figures::reallocated);
    columns.put("SEEN", Figures::completed);
    if (hasPlaces) {
      columns.put("USED", Figures::utilisationPercent);
    }
    columns.put("WAIT", figures -> minutes(figures.waits().medianSeconds()));
    columns.put("90 %", figures -> minutes(figures.waits().ninetiethSeconds()));
    columns.put("MAX", figures -> minutes(figures.waits().longestSeconds()));
    columns.put("<30", figures -> figures.waits().withinHalfAnHourPercent());
    if (hasPlaces) {
      columns.put("IDLE", figures -> minutes(figures.idleSeconds()));
      columns.put("OVER", figures -> minutes(figures.overtimeSeconds()));
    }
    return columns;
  }

  private static String minutes(long seconds) {
    return Long.toString(Math.round((double) seconds / SECONDS_IN_A_MINUTE));
  }
}
