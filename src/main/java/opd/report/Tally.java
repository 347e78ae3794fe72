package opd.report;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/// What was counted of one group, or of all.
final class Tally {
  private static final int HOURS = 24;

  // Each an array of one number, which is counted up in its place.
  private final Map<Count, long[]> counts = new EnumMap<>(Count.class);
  private final Map<Spread, Lengths> lengths = new EnumMap<>(Spread.class);
  private final long[] requestsByHour = new long[HOURS];

  void add(Count what, long more) {
    counts.computeIfAbsent(what, some -> new long[1])[0] += more;
  }

  void add(Spread what, long length) {
    lengths.computeIfAbsent(what, some -> new Lengths()).add(length);
  }

  void request(int hour) {
    requestsByHour[hour]++;
  }

  long of(Count what) {
    long[] count = counts.get(what);
    return count == null ? 0 : count[0];
  }

  Lengths of(Spread what) {
    return lengths.getOrDefault(what, new Lengths());
  }

  /// The hour with the most requests, the earliest of several; -1 without any.
  int peakHour() {
    int peak = -1;
    long most = 0;
    for (int hour = 0; hour < HOURS; hour++) {
      if (requestsByHour[hour] > most) {
        most = requestsByHour[hour];
        peak = hour;
      }
    }
    return peak;
  }

  long requestsAt(int hour) {
    return requestsByHour[hour];
  }

  /// How many emergencies each of those has given who gave a place at all, and how many of them
  /// took one from somebody.
  static final class Levers {
    private final Map<String, long[]> byActor = new HashMap<>();

    void gave(String actor, boolean isEmergency, boolean isDisplacing) {
      long[] own = byActor.computeIfAbsent(actor, some -> new long[2]);
      own[0] += isEmergency ? 1 : 0;
      own[1] += isEmergency && isDisplacing ? 1 : 0;
    }

    int actors() {
      return byActor.size();
    }

    /// @param which 0 for the emergencies, 1 for those that took a place
    long median(int which) {
      Lengths all = new Lengths();
      byActor.values().forEach(own -> all.add(own[which]));
      return all.quantile(Formula.MEDIAN);
    }
  }
}
