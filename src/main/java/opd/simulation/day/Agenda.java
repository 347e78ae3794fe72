package opd.simulation.day;

import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/// What will happen, by time; what is due at the same moment, in the order in which it was entered.
final class Agenda {
  /// Something that happens; it may give a desk something to do.
  interface Turn {
    @Nullable Task take(Instant now);
  }

  private record Due(Instant at, long order, Turn turn) {}

  private final PriorityQueue<Due> dues =
      new PriorityQueue<>(Comparator.comparing(Due::at).thenComparingLong(Due::order));
  private long entered;
  private Instant now = Instant.MIN;

  /// @param time not before now; an earlier one counts as now
  void at(Instant time, Turn turn) {
    entered++;
    dues.add(new Due(time.isBefore(now) ? now : time, entered, turn));
  }

  Instant now() {
    return now;
  }

  /// Takes the turns in their order until one gives a task; null when no turn is left.
  @Nullable Task next() {
    Due due = dues.poll();
    while (due != null) {
      now = due.at();
      Task task = due.turn().take(now);
      if (task != null) {
        return task;
      }
      due = dues.poll();
    }
    return null;
  }
}
