package opd.simulation.report;

import java.io.StringWriter;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.function.Function;
import opd.domain.ClockSource;
import opd.service.FacilityServices;
import opd.simulation.day.DayResult;
import opd.simulation.day.GeneratedDay;
import opd.simulation.day.LogicalClock;
import opd.simulation.plan.DayPlan;
import opd.simulation.plan.DayPlanner;
import opd.simulation.plan.Scenario;
import opd.simulation.plan.Sizes;
import opd.simulation.script.Day;
import opd.simulation.script.ScriptedDay;
import opd.store.connection.DecisionClock;
import opd.store.table.Inspection;
import opd.testing.TestFacility;

/// A small day, busy enough that places are lost, played in a facility of its own.
final class SampleDay {
  static final LocalDate DATE = LocalDate.of(2030, 1, 7);
  static final String COMMAND = "opd simulate --day 2030-01-07";
  private static final Sizes SIZES = new Sizes(4, 4, 5, 130);
  private static final long SEED = 1;

  private SampleDay() {}

  static DayResult play() {
    LogicalClock clock = LogicalClock.atStartOf(DATE, ZoneOffset.UTC);
    DayPlan plan = DayPlanner.plan(Scenario.of(SIZES), DATE, SEED);
    try (TestFacility facility = TestFacility.borrow(ClockSource.SIMULATION);
        Inspection inspection = Inspection.open(facility.deskSettings())) {
      Function<LogicalClock, FacilityServices> opening =
          time -> facility.desk(new DecisionClock.Logical(time));
      try (FacilityServices desk = opening.apply(clock)) {
        DayResult scripted = new Day(desk, clock, DATE, SEED).play(ScriptedDay.steps());
        return new GeneratedDay(plan, opening, inspection, Runnable::run, 1).after(scripted);
      }
    }
  }

  static String page(DayResult day) {
    StringWriter page = new StringWriter();
    DayReport.write(day, COMMAND, page);
    return page.toString();
  }
}
