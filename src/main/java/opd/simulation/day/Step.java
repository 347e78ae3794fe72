package opd.simulation.day;

import java.util.List;

/// What was found in one step of the day.
///
/// @param step its number, from 1
public record Step(int step, String name, List<Check> checks) {
  public Step {
    checks = List.copyOf(checks);
  }

  public boolean ok() {
    return checks.stream().allMatch(Check::ok);
  }
}
