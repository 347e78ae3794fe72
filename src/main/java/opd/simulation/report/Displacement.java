package opd.simulation.report;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import opd.domain.DoctorCode;
import opd.domain.TokenLabel;
import opd.domain.TokenPriority;
import opd.domain.TokenStatus;
import opd.simulation.day.DayEvent;
import opd.simulation.day.DayRecord;
import org.jspecify.annotations.Nullable;

/// A place that a patient lost, and what became of it.
///
/// @param number from 1 for each doctor, in the order of the losses
/// @param at when it was lost
/// @param kind what was asked for
/// @param winner the priority of who took it; null when the slot was cancelled or lost places
record Displacement(
    int number,
    Instant at,
    DayEvent.Kind kind,
    DayEvent.Move lost,
    @Nullable TokenPriority winner,
    Fate fate) {

  /// What became of it until the end of the day.
  sealed interface Fate {
    /// The same token became active again.
    record Reinstated(Instant at) implements Fate {}

    /// @param to may be of another day
    record Moved(Instant at, TokenLabel to) implements Fate {}

    record GaveUp(Instant at) implements Fate {}

    record StillOwed() implements Fate {}
  }

  DoctorCode doctor() {
    return lost.token().slot().doctor();
  }

  /// The anchor of its row in the page.
  String anchor() {
    return doctor() + "-" + number;
  }

  private Displacement ending(Fate end) {
    return new Displacement(number, at, kind, lost, winner, end);
  }

  /// In the order of the losses.
  static List<Displacement> of(DayRecord day) {
    Reading reading = new Reading();
    day.events().forEach(reading::read);
    return reading.found;
  }

  private static final class Reading {
    private final List<Displacement> found = new ArrayList<>();
    // Where the token's last loss is.
    private final Map<TokenLabel, Integer> last = new HashMap<>();
    private final Map<DoctorCode, Integer> numbers = new HashMap<>();

    void read(DayEvent event) {
      for (DayEvent.Move move : event.moves()) {
        switch (move.after()) {
          case DISPLACED -> {
            if (move.elsewhere() != null) {
              close(move.token(), new Fate.Moved(event.at(), move.elsewhere()));
            } else if (move.before() == TokenStatus.CANCELLED) {
              close(move.token(), new Fate.StillOwed());
            } else {
              lose(event, move);
            }
          }
          case ACTIVE -> {
            if (move.before() == TokenStatus.DISPLACED) {
              close(move.token(), new Fate.Reinstated(event.at()));
            } else if (move.from() != null) {
              close(move.from(), new Fate.Moved(event.at(), move.token()));
            }
          }
          case CANCELLED -> {
            if (move.before() == TokenStatus.DISPLACED) {
              close(move.token(), new Fate.GaveUp(event.at()));
            }
          }
          case NO_SHOW, COMPLETED -> {}
        }
      }
    }

    private void lose(DayEvent event, DayEvent.Move move) {
      int number = numbers.merge(move.token().slot().doctor(), 1, Integer::sum);
      last.put(move.token(), found.size());
      found.add(
          new Displacement(
              number, event.at(), event.kind(), move, event.priority(), new Fate.StillOwed()));
    }

    private void close(TokenLabel token, Fate fate) {
      Integer index = last.get(token);
      if (index != null) {
        Displacement before = found.get(index);
        found.set(index, before.ending(fate));
      }
    }
  }
}
