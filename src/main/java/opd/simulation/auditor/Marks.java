package opd.simulation.auditor;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// What was found right, how often, and what was found wrong.
final class Marks {
  private static final int MOST_FAULTS = 3;

  private final Map<Aspect, Integer> held = new EnumMap<>(Aspect.class);
  private final Map<Aspect, List<String>> faults = new EnumMap<>(Aspect.class);

  private long broken;

  void held(Aspect aspect) {
    held.merge(aspect, 1, Integer::sum);
  }

  void broke(Aspect aspect, String fault) {
    broken++;
    List<String> known = faults.computeIfAbsent(aspect, some -> new ArrayList<>());
    if (known.size() < MOST_FAULTS) {
      known.add(fault);
    }
  }

  /// How many were found.
  long faults() {
    return broken;
  }

  /// Every aspect that was looked at.
  List<Auditor.Finding> findings() {
    List<Auditor.Finding> findings = new ArrayList<>();
    for (Aspect aspect : Aspect.values()) {
      List<String> broken = faults.getOrDefault(aspect, List.of());
      int times = held.getOrDefault(aspect, 0);
      if (times > 0 || !broken.isEmpty()) {
        findings.add(new Auditor.Finding(aspect, times, List.copyOf(broken)));
      }
    }
    return findings;
  }
}
