package opd.simulation.script;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import opd.service.FacilityServices;
import opd.simulation.day.AuditChains;
import opd.simulation.day.DayResult;
import opd.simulation.day.Findings;
import opd.simulation.day.LogicalClock;
import opd.simulation.day.Step;

/// Plays a day step by step. After each step all slots are looked at, whatever the step itself
/// found; a failed check does not end the day.
///
/// @param desk of a new facility whose clock is the simulation's, wired to `clock`
public record Day(FacilityServices desk, LogicalClock clock, LocalDate date, long seed) {

  /// @throws opd.domain.OpdException when the queues or the audit log cannot be read in the end
  public DayResult play(List<DayStep> script) {
    ScriptedDesk scripted = new ScriptedDesk(desk, clock, date);
    QueueCheck look = new QueueCheck();
    List<Step> steps = new ArrayList<>();
    for (DayStep step : script) {
      Findings findings = new Findings(date);
      findings.guard(
          "the step went through to its end", () -> step.part().play(scripted, findings));
      findings.guard("all slots could be looked at", () -> look.at(scripted.queues(), findings));
      steps.add(Step.of(steps.size() + 1, step.name(), findings));
    }
    return new DayResult(
        seed,
        date,
        desk.zone(),
        steps,
        scripted.totals(),
        scripted.queues(),
        AuditChains.read(desk).digest(),
        null);
  }
}
