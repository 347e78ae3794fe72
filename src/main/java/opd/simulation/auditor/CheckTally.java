package opd.simulation.auditor;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// What was found right, how often, and what was found wrong.
final class CheckTally {
  private static final int MOST_FAULTS = 3;

  private final Map<Invariant, Integer> held = new EnumMap<>(Invariant.class);
  private final Map<Invariant, List<String>> faults = new EnumMap<>(Invariant.class);

  private long broken;

  void held(Invariant aspect) {
    held.merge(aspect, 1, Integer::sum);
  }

  void broke(Invariant aspect, String fault) {
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
    for (Invariant aspect : Invariant.values()) {
      List<String> broken = faults.getOrDefault(aspect, List.of());
      int times = held.getOrDefault(aspect, 0);
      if (times > 0 || !broken.isEmpty()) {
        findings.add(new Auditor.Finding(aspect, times, List.copyOf(broken)));
      }
    }
    return findings;
  }
}
