package opd.simulation.day;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import opd.domain.ClockSource;
import opd.service.FacilityServices;
import opd.simulation.script.Day;
import opd.simulation.script.DayStep;
import opd.simulation.script.ScriptedDay;
import opd.store.connection.DecisionClock;
import opd.testing.TestFacility;

/// Plays the scripted day in a facility of its own.
public final class PlayedDay {
  private PlayedDay() {}

  public static DayResult on(LocalDate date) {
    return play(date, (facility, script) -> {});
  }

  /// Changes the script before it is played.
  interface Change {
    void of(TestFacility facility, List<DayStep> script);
  }

  static DayResult with(Change change) {
    return play(ScriptedDay.DEFAULT_DATE, change);
  }

  private static DayResult play(LocalDate date, Change change) {
    LogicalClock clock = LogicalClock.atStartOf(date, ZoneOffset.UTC);
    try (TestFacility facility = TestFacility.borrow(ClockSource.SIMULATION);
        FacilityServices desk = facility.desk(new DecisionClock.Logical(clock))) {
      List<DayStep> script = new ArrayList<>(ScriptedDay.steps());
      change.of(facility, script);
      return new Day(desk, clock, date, 1).play(script);
    }
  }

  public static List<String> failed(DayResult day) {
    return day.steps().stream()
        .flatMap(step -> step.checks().stream())
        .filter(check -> !check.ok())
        .map(Check::name)
        .toList();
  }
}
