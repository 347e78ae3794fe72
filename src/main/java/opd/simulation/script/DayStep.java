package opd.simulation.script;

import opd.simulation.day.Findings;

/// One step of a day.
public record DayStep(String name, Part part) {
  /// Asks the desk for things, and notes whether the answers are right.
  public interface Part {
    /// May throw: the day notes it as a failed check and goes on with the next step.
    void play(ScriptedDesk desk, Findings findings);
  }
}
