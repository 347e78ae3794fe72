package opd.simulation.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Numbers where arrows begin. Those of one row that would cover each other are written as one.
final class ArrowNumbers {
  private static final double CHARACTER = 5.2;
  private static final double GAP = 2;

  private final Map<Double, List<Group>> rows = new HashMap<>();
  private final List<Double> order = new ArrayList<>();

  /// @param right where the text ends
  private record Group(String anchor, List<Integer> numbers, double right) {
    double left() {
      return right - CHARACTER * text().length();
    }

    Group and(Group next) {
      List<Integer> both = new ArrayList<>(numbers);
      both.addAll(next.numbers);
      return new Group(anchor, both, next.right);
    }

    /// As `1`, `1, 3` or `4–7`.
    String text() {
      int first = numbers.getFirst();
      int last = numbers.getLast();
      boolean isRun = last - first == numbers.size() - 1;
      return switch (numbers.size()) {
        case 1 -> "" + first;
        case 2 -> first + ", " + last;
        default -> first + (isRun ? "–" : "…") + last;
      };
    }
  }

  /// To be told in the order of the numbers.
  ///
  /// @param x where the arrow begins
  void add(Displacement loss, double x, double y) {
    List<Group> groups =
        rows.computeIfAbsent(
            y,
            row -> {
              order.add(row);
              return new ArrayList<>();
            });
    Group group = new Group(loss.anchor(), List.of(loss.number()), x - GAP);
    while (!groups.isEmpty() && group.left() < groups.getLast().right() + GAP) {
      group = groups.removeLast().and(group);
    }
    groups.add(group);
  }

  List<Timeline.Mark> drawn() {
    List<Timeline.Mark> marks = new ArrayList<>();
    for (double y : order) {
      for (Group group : rows.getOrDefault(y, List.of())) {
        // Not over the slot's own time on the left.
        double right = group.right() + Math.max(0, TimeAxis.LEFT - group.left());
        marks.add(
            new Timeline.Mark(
                group.anchor(), SvgPath.number(right), SvgPath.number(y), group.text()));
      }
    }
    return marks;
  }
}
