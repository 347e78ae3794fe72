package opd.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
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
    total.add(what, more);
    Tally own = own(key);
    if (own != null) {
      own.add(what, more);
    }
  }

  void add(Key key, Spread what, long length) {
    total.add(what, length);
    Tally own = own(key);
    if (own != null) {
      own.add(what, length);
    }
  }

  void request(Key key, int hour) {
    total.request(hour);
    Tally own = own(key);
    if (own != null) {
      own.request(hour);
    }
  }

  /// Of the group that it belongs to; null where it belongs to none.
  private @Nullable Tally own(Key key) {
    String group = by.map(key::group).orElse(null);
    return group == null ? null : groups.computeIfAbsent(group, some -> new Tally());
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
