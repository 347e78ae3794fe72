package opd.simulation.report;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import opd.domain.SlotLabel;
import opd.domain.TokenPriority;
import opd.domain.TokenStatus;
import opd.simulation.day.DayEvent;
import opd.simulation.day.DayRecord;
import org.jspecify.annotations.Nullable;

/// How many places of a slot are taken, from a moment on until the next level.
record Occupancy(Instant from, Map<TokenPriority, Integer> active) {

  /// The levels of each slot in the order of time. A slot where nothing ever happened is not there.
  static Map<SlotLabel, List<Occupancy>> ofSlots(DayRecord day) {
    Map<SlotLabel, List<Occupancy>> levels = new HashMap<>();
    for (DayEvent event : day.events()) {
      for (DayEvent.Move move : event.moves()) {
        int change = active(move.after()) - active(move.before());
        if (change != 0) {
          List<Occupancy> known =
              levels.computeIfAbsent(move.token().slot(), slot -> new ArrayList<>());
          Map<TokenPriority, Integer> now = new EnumMap<>(TokenPriority.class);
          if (!known.isEmpty()) {
            now.putAll(known.getLast().active());
          }
          now.merge(move.priority(), change, Integer::sum);
          // An admission and the displacement that made room for it are one step.
          if (!known.isEmpty() && known.getLast().from().equals(event.at())) {
            known.removeLast();
          }
          known.add(new Occupancy(event.at(), now));
        }
      }
    }
    return levels;
  }

  private static int active(@Nullable TokenStatus status) {
    return status == TokenStatus.ACTIVE ? 1 : 0;
  }

  /// Those of the priority and of all higher ones.
  int atLeast(TokenPriority least) {
    return active.entrySet().stream()
        .filter(entry -> entry.getKey().rank() >= least.rank())
        .mapToInt(Map.Entry::getValue)
        .sum();
  }
}
