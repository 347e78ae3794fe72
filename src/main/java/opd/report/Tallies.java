package opd.report;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

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

  Tally total() {
    return total;
  }

  Map<String, Tally> groups() {
    return groups;
  }

  Tally.Levers levers() {
    return levers;
  }
}
