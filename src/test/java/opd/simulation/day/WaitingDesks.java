package opd.simulation.day;

import java.sql.SQLException;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import opd.testing.Prompt;

/// Desks that wait for a lock.
///
/// @param forWhom each of them, and a desk that holds the lock; -1 where that is none that runs
record WaitingDesks(Map<Integer, Integer> forWhom) {
  private static final int NONE_OF_THEM = -1;

  /// @param byPort the desks that run, by where the server sees them come from
  static WaitingDesks of(Prompt prompt, Map<Integer, Integer> byPort) throws SQLException {
    if (byPort.isEmpty()) {
      return new WaitingDesks(Map.of());
    }
    String ports = byPort.keySet().stream().map(String::valueOf).collect(Collectors.joining(", "));
    String query =
        """
        with desk as materialized (
          select client_port, pg_blocking_pids(pid) as blockers from pg_stat_activity where client_port in (%s))
        select desk.client_port || ' ' || coalesce(other.client_port, 0)
          from desk left join pg_stat_activity other on other.pid = any (blockers)
         where cardinality(blockers) > 0\
        """
            .formatted(ports);
    return new WaitingDesks(
        prompt.column(query).stream()
            .map(row -> row.split(" "))
            .collect(
                Collectors.toMap(
                    row -> Objects.requireNonNull(byPort.get(Integer.valueOf(row[0]))),
                    row -> byPort.getOrDefault(Integer.valueOf(row[1]), NONE_OF_THEM),
                    Math::max)));
  }

  int size() {
    return forWhom.size();
  }

  /// Whether some of them wait for each other, so that none would ever go on.
  boolean isCircle() {
    return forWhom.keySet().stream().anyMatch(this::comesBack);
  }

  private boolean comesBack(int start) {
    Integer desk = start;
    for (int step = 0; step < size() && desk != null; step++) {
      desk = forWhom.get(desk);
    }
    return desk != null && forWhom.containsKey(desk);
  }
}
