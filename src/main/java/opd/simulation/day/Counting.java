package opd.simulation.day;

import java.util.ArrayList;
import java.util.List;
import opd.domain.TokenStatus;
import org.jspecify.annotations.Nullable;

/// Counts what [Figures] tell.
final class Counting {
  private int requests;
  private int admitted;
  private int refused;
  private int displaced;
  private int displacedTwice;
  private int reallocated;
  private int cancelled;
  private int noShow;
  private int completed;
  private int places;
  private long idleSeconds;
  private long overtimeSeconds;
  private final List<Long> waits = new ArrayList<>();

  void request(DayEvent event) {
    switch (event.kind()) {
      case ALLOCATE -> {
        requests++;
        admitted += event.isRefused() ? 0 : 1;
        refused += event.isRefused() ? 1 : 0;
      }
      case REALLOCATE -> reallocated += event.isRefused() ? 0 : 1;
      // Of a doctor's absence: those who got another place with it.
      case CANCEL_SLOT ->
          reallocated += (int) event.moves().stream().filter(move -> move.from() != null).count();
      case CANCEL, NO_SHOW, COMPLETE, UNDO, MOVE -> {}
      case ARRIVE, CALL, NEXT, PARK, RETURN -> {}
      case CHANGE_SLOT, DELAY_SLOT, COMPLETE_SLOT, REOPEN_SLOT -> {}
    }
  }

  /// @param losses how often the patient has lost a place by now
  void move(DayEvent.Move move, int losses) {
    takeBack(move.before());
    switch (move.after()) {
      case ACTIVE -> {}
      case DISPLACED -> {
        displaced++;
        displacedTwice += losses == 2 ? 1 : 0;
      }
      case CANCELLED -> cancelled++;
      case NO_SHOW -> noShow++;
      case COMPLETED -> completed++;
    }
  }

  /// Nobody leaves these but by an undo: what was a mistake does not count.
  private void takeBack(@Nullable TokenStatus before) {
    cancelled -= before == TokenStatus.CANCELLED ? 1 : 0;
    noShow -= before == TokenStatus.NO_SHOW ? 1 : 0;
    completed -= before == TokenStatus.COMPLETED ? 1 : 0;
  }

  void waited(long seconds) {
    waits.add(seconds);
  }

  void offer(int more) {
    places += more;
  }

  void worked(WorkingTime time) {
    idleSeconds += time.idleSeconds();
    overtimeSeconds += time.overtimeSeconds();
  }

  Figures figures() {
    return new Figures(
        requests,
        admitted,
        refused,
        displaced,
        displacedTwice,
        reallocated,
        cancelled,
        noShow,
        completed,
        places,
        Waits.of(waits),
        idleSeconds,
        overtimeSeconds);
  }
}
