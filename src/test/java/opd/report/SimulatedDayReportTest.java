package opd.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import opd.domain.Days;
import opd.service.FacilityServices;
import opd.simulation.day.DayRecord;
import opd.simulation.day.Figures;
import opd.simulation.day.GeneratedDays;
import org.junit.jupiter.api.Test;

/// A simulated day's figures are counted from the answers that its desks got; a report of the same
/// day, from the log. Both are the same.
final class SimulatedDayReportTest {
  private static final List<String> FIGURES =
      List.of(
          "requests",
          "admitted",
          "refused",
          "displaced",
          "displacedTwice",
          "reallocated",
          "cancelled",
          "noShow",
          "completed");

  @Test
  void aReportOfASimulatedDayEqualsTheSimulatorsOwnFigures() {
    GeneratedDays.play(1, SimulatedDayReportTest::compare);
  }

  private static void compare(DayRecord day, FacilityServices desk) {
    Days days = Days.of(day.date());
    Settled.await(desk, days);
    Report all = report(desk, days, Optional.of(Grouping.DOCTOR));
    assertThat(of(all.total(), true)).isEqualTo(of(day.total(), true));
    assertThat(all.groups()).hasSameSizeAs(day.doctors());
    day.doctors()
        .forEach(doctor ->
            assertThat(of(row(all, doctor.code().value()), true))
                .as(doctor.code().value())
                .isEqualTo(of(doctor.figures(), true)));
    Report byPriority = report(desk, days, Optional.of(Grouping.PRIORITY));
    day.byPriority()
        .forEach((priority, figures) ->
            assertThat(of(row(byPriority, priority.name()), false))
                .as(priority.name())
                .isEqualTo(of(figures, false)));
  }

  private static Report report(FacilityServices desk, Days days, Optional<Grouping> by) {
    return desk.reports().of(new Report.Asked(days, by, false), _ -> {});
  }

  private static Report.Row row(Report report, String group) {
    return report.groups().stream()
        .filter(row -> group.equals(row.group()))
        .findFirst()
        .orElseThrow();
  }

  private static Map<String, Long> of(Report.Row row, boolean hasPlaces) {
    Map<String, Long> values = new LinkedHashMap<>();
    FIGURES.forEach(name -> values.put(name, value(row, name)));
    if (hasPlaces) {
      values.put("places", value(row, "places"));
    }
    return values;
  }

  private static long value(Report.Row row, String name) {
    return row.value(FigureTable.named(name)).orElseThrow();
  }

  private static Map<String, Long> of(Figures figures, boolean hasPlaces) {
    List<Integer> values =
        List.of(
            figures.requests(),
            figures.admitted(),
            figures.refused(),
            figures.displaced(),
            figures.displacedTwice(),
            figures.reallocated(),
            figures.cancelled(),
            figures.noShow(),
            figures.completed());
    Map<String, Long> named = new LinkedHashMap<>();
    for (int index = 0; index < values.size(); index++) {
      named.put(FIGURES.get(index), values.get(index).longValue());
    }
    if (hasPlaces) {
      named.put("places", (long) figures.places());
    }
    return named;
  }
}
