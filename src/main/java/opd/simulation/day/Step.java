package opd.simulation.day;

import java.time.Duration;
import java.util.List;

/// What was found in one step of the day.
///
/// @param step its number, from 1
/// @param times how long each check took, with the work since the one before it
public record Step(int step, String name, List<Check> checks, List<Duration> times) {
  public Step {
    checks = List.copyOf(checks);
    times = List.copyOf(times);
  }

  public static Step of(int step, String name, Findings findings) {
    return new Step(step, name, findings.checks(), findings.times());
  }

  public boolean ok() {
    return checks.stream().allMatch(Check::ok);
  }
}
