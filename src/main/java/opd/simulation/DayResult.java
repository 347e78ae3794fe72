package opd.simulation;

import java.time.LocalDate;
import java.util.List;
import opd.service.QueueService.SlotQueue;

/// How the day went.
///
/// @param finalQueues every slot of the day with all its tokens, by start and doctor
/// @param digest SHA-256 in hexadecimal digits over the last entry of every audit chain
public record DayResult(
    long seed,
    LocalDate date,
    List<Step> steps,
    Totals totals,
    List<SlotQueue> finalQueues,
    String digest) {

  public DayResult {
    steps = List.copyOf(steps);
    finalQueues = List.copyOf(finalQueues);
  }

  /// Whether every check held.
  public boolean ok() {
    return steps.stream().allMatch(Step::ok);
  }

  public long passedChecks() {
    return checks(true);
  }

  public long failedChecks() {
    return checks(false);
  }

  private long checks(boolean ok) {
    return steps.stream()
        .flatMap(step -> step.checks().stream())
        .filter(check -> check.ok() == ok)
        .count();
  }
}
