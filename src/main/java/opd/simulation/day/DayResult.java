package opd.simulation.day;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import opd.service.QueueService.SlotQueue;
import org.jspecify.annotations.Nullable;

/// How the day went.
///
/// @param zone of the clock on the hospital's wall
/// @param totals of the scripted steps and the generated day
/// @param finalQueues every slot of the scripted day with all its tokens, by start and doctor
/// @param digest SHA-256 in hexadecimal digits over the last entry of every audit chain
/// @param generated null when only the scripted steps were played
public record DayResult(
    long seed,
    LocalDate date,
    ZoneId zone,
    List<Step> steps,
    Totals totals,
    List<SlotQueue> finalQueues,
    String digest,
    @Nullable DayRecord generated) {

  public DayResult {
    steps = List.copyOf(steps);
    finalQueues = List.copyOf(finalQueues);
  }

  /// With a generated day after it.
  DayResult and(Step step, DayRecord record, String digestOfBoth) {
    List<Step> all = new ArrayList<>(steps);
    all.add(step);
    return new DayResult(
        seed, date, zone, all, totals.and(record.total()), finalQueues, digestOfBoth, record);
  }

  /// Without the generated day's record, which is large.
  public DayResult withoutRecord() {
    return new DayResult(seed, date, zone, steps, totals, finalQueues, digest, null);
  }

  /// Whether every check held.
  public boolean ok() {
    return steps.stream().allMatch(Step::ok);
  }

  /// The checks that failed.
  public List<Check> failures() {
    return steps.stream()
        .flatMap(step -> step.checks().stream())
        .filter(check -> !check.ok())
        .toList();
  }

  public long passedChecks() {
    return steps.stream().mapToInt(step -> step.checks().size()).sum() - failedChecks();
  }

  public long failedChecks() {
    return failures().size();
  }
}
