package opd.simulation.day;

import java.time.Instant;
import java.time.ZoneId;
import opd.decision.Response;
import opd.simulation.plan.Operation;

/// Counts the decisions of a day as they are made, by the answers alone.
public final class TotalsCount {
  private final DayRecorder recorder = new DayRecorder();
  private final Counting counting = new Counting();
  private final ZoneId zone;

  public TotalsCount(ZoneId zone) {
    this.zone = zone;
  }

  /// A request was answered. When it was a repeated one it does not count again.
  public void add(Instant at, Operation operation, Response<?> answer) {
    if (!answer.replayed()) {
      for (DayEvent event :
          recorder.add(at, operation, answer.outcome(), OutcomeText.of(answer, zone))) {
        counting.request(event);
        event.moves().forEach(move -> counting.move(move, 0));
      }
    }
  }

  public Totals totals() {
    return Totals.NONE.and(counting.figures());
  }
}
