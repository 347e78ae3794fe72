package opd.report;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import opd.domain.Days;
import opd.service.FacilityServices;
import opd.simulation.day.DayRecord;
import opd.simulation.day.Figures;
import opd.simulation.day.GeneratedDays;
import org.junit.jupiter.api.Test;

/// A simulated day's figures are counted from the answers that its desks got; a report of the same
/// day, from the log. Both are the same. A simulation knows besides when patients were with the
/// doctor, and counts idle time and overtime from that: in the log there are calls.
final class SimulatedDayReportTest {
  /// What the simulation calls a figure of the report.
  private static final Map<String, ToLongFunction<Figures>> FIGURES =
      Map.ofEntries(
          entry("requests", Figures::requests),
          entry("admitted", Figures::admitted),
          entry("refused", Figures::refused),
          entry("displaced", Figures::displaced),
          entry("displacedTwice", Figures::displacedTwice),
          entry("reallocated", Figures::reallocated),
          entry("cancelled", Figures::cancelled),
          entry("noShow", Figures::noShow),
          entry("completed", Figures::completed),
          entry("places", Figures::places),
          entry("waitSeconds.count", figures -> figures.waits().count()),
          entry("waitSeconds.median", figures -> figures.waits().medianSeconds()),
          entry("waitSeconds.p90", figures -> figures.waits().ninetiethSeconds()),
          entry("waitSeconds.longest", figures -> figures.waits().longestSeconds()),
          entry(
              "within30Percent",
              figures ->
                  Ratio.permille(figures.waits().withinHalfAnHour(), figures.waits().count())
                      .orElse(0)));

  @Test
  void aReportOfASimulatedDayEqualsTheSimulatorsOwnFigures() {
    GeneratedDays.play(1, SimulatedDayReportTest::compare);
  }

  private static void compare(DayRecord day, FacilityServices desk) {
    Days days = Days.of(day.date());
    Settled.await(desk, days);
    assertThat(day.total().waits().count()).isGreaterThan(20);
    Report byDoctor = report(desk, days, Grouping.DOCTOR);
    assertThat(of(byDoctor.total())).isEqualTo(of(day.total()));
    assertThat(byDoctor.groups()).hasSameSizeAs(day.doctors());
    day.doctors()
        .forEach(doctor -> {
          String code = doctor.code().value();
          assertThat(of(row(byDoctor, code))).as(code).isEqualTo(of(doctor.figures()));
        });
    Report byPriority = report(desk, days, Grouping.PRIORITY);
    day.byPriority()
        .forEach((priority, figures) ->
            assertThat(of(row(byPriority, priority.name())))
                .as(priority.name())
                .isEqualTo(of(figures)));
  }

  private static Report report(FacilityServices desk, Days days, Grouping by) {
    return desk.reports().of(new Report.Asked(days, Optional.of(by), false), _ -> {});
  }

  private static Report.Row row(Report report, String group) {
    List<Report.Row> rows = report.groups();
    return rows.stream().filter(row -> group.equals(row.group())).findFirst().orElseThrow();
  }

  /// 0 where there is none, as the simulation has it: the places of a priority, a wait of nobody.
  private static Map<String, Long> of(Report.Row row) {
    Map<String, Long> values = new TreeMap<>();
    FIGURES
        .keySet()
        .forEach(name -> values.put(name, row.value(FigureTable.named(name)).orElse(0)));
    return values;
  }

  private static Map<String, Long> of(Figures figures) {
    Map<String, Long> values = new TreeMap<>();
    FIGURES.forEach((name, figure) -> values.put(name, figure.applyAsLong(figures)));
    return values;
  }
}
