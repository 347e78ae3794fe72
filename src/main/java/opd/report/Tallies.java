package opd.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What was counted of all, and of each group.
final class Tallies {
  private final Optional<Grouping> by;
  private final Tally total = new Tally();
  private final Map<String, Tally> groups;
  private final Tally.Levers levers = new Tally.Levers();

  Tallies(Optional<Grouping> by) {
    this.by = by;
    this.groups = by.map(Key::order).<Map<String, Tally>>map(TreeMap::new).orElseGet(TreeMap::new);
  }

  void add(Key key, Count what) {
    add(key, what, 1);
  }

  void add(Key key, Count what, long more) {
    at(key, tally -> tally.add(what, more));
  }

  void add(Key key, Spread what, long length) {
    at(key, tally -> tally.add(what, length));
  }

  void request(Key key, int hour) {
    at(key, tally -> tally.request(hour));
  }

  private void at(Key key, Consumer<Tally> counting) {
    counting.accept(total);
    String group = by.map(key::group).orElse(null);
    if (group != null) {
      counting.accept(groups.computeIfAbsent(group, some -> new Tally()));
    }
  }

  /// The figures of each group, and of all last.
  List<Report.Row> rows() {
    List<Report.Row> rows = new ArrayList<>();
    groups.forEach((group, tally) -> rows.add(row(group, tally)));
    rows.add(row(null, total));
    return rows;
  }

  private Report.Row row(@Nullable String group, Tally tally) {
    boolean hasSlots = group == null || by.orElseThrow().groupsSlots();
    Map<Figure, Long> values = new HashMap<>();
    for (Figure figure : FigureTable.ALL) {
      if (hasSlots || !figure.isOfSlots()) {
        figure.value(tally, levers).ifPresent(value -> values.put(figure, value));
      }
    }
    return new Report.Row(group, values, Set.of());
  }

  Tally.Levers levers() {
    return levers;
  }
}
