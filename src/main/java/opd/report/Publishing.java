package opd.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import opd.domain.TokenPriority;

/// Leaves out of a report what might tell of single patients: counts of 1 to 4, and as many others
/// that the missing ones cannot be worked out by adding and subtracting, neither from the figures
/// of all groups together nor from those that add up in a row. Where several are missing, they have
/// to be 5 together as well. What is worked out from counts goes with them, see [DerivedFigures].
final class Publishing {
  static final int LEAST = 5;

  /// Figures of which the first is the sum of the others, in every row.
  private static final List<List<String>> SUMS =
      List.of(
          List.of("requests", "admitted", "refused"),
          List.of(
              "refused",
              "refusedBy.SLOT_FULL",
              "refusedBy.SLOT_CLOSED",
              "refusedBy.DUPLICATE_TOKEN"),
          List.of("refusedPatients", "refusedPlaced", "turnedAway"),
          List.of("reallocated", "owedMinutes.count"),
          byLeadTime("completed", "completed"),
          byLeadTime("noShow", "noShow"),
          byLeadTime("cancelled", "cancelled"),
          List.of("called", "calledWithoutArrival", "waitSeconds.count"));

  /// The same for places, where none was moved or made good in another slot.
  private static final List<String> GIVEN = byLeadTime("admitted", "given");

  private final List<Report.Row> rows;
  private final List<Set<Figure>> hidden = new ArrayList<>();
  private final List<Equation> equations = new ArrayList<>();

  /// A count of a row.
  record Cell(int row, Figure figure) {}

  /// Counts of which the first is the sum of the others.
  record Equation(List<Cell> cells) {
    Cell sum() {
      return cells.getFirst();
    }

    List<Cell> parts() {
      return cells.subList(1, cells.size());
    }
  }

  private Publishing(List<Report.Row> rows, Optional<Grouping> by) {
    this.rows = rows;
    for (int row = 0; row < rows.size(); row++) {
      hidden.add(new HashSet<>());
      int in = row;
      SUMS.forEach(sum -> equation(sum.stream().map(name -> cell(in, name)).toList()));
      equationWhereItHolds(GIVEN.stream().map(name -> cell(in, name)).toList());
    }
    int all = rows.size() - 1;
    for (Figure figure : FigureTable.ALL) {
      if (figure.formula().isAdditive()) {
        equation(
            Stream.iterate(all, row -> row >= 0, row -> row - 1)
                .map(row -> new Cell(row, figure))
                .toList());
      }
    }
    if (by.equals(Optional.of(Grouping.PRIORITY))) {
      emergencies(all);
    }
  }

  /// By priority the same number stands in several places.
  private void emergencies(int all) {
    for (int row = 0; row < all; row++) {
      if (TokenPriority.EMERGENCY.name().equals(rows.get(row).group())) {
        equation(List.of(cell(all, "emergencies"), cell(row, "admitted")));
        equationWhereItHolds(List.of(cell(all, "emergenciesCompleted"), cell(row, "completed")));
        equationWhereItHolds(List.of(cell(all, "emergenciesNoShow"), cell(row, "noShow")));
      }
    }
  }

  private static List<String> byLeadTime(String name, String part) {
    List<String> sum = new ArrayList<>(List.of(name));
    for (LeadTime lead : LeadTime.values()) {
      sum.add("leadTime." + lead.field + "." + part);
    }
    return sum;
  }

  /// What need not be equal, and mostly is: whoever takes it for equal must not find out more.
  private void equationWhereItHolds(List<Cell> cells) {
    long parts = cells.stream().skip(1).mapToLong(this::value).sum();
    if (parts == value(cells.getFirst())) {
      equation(cells);
    }
  }

  private static Cell cell(int row, String figure) {
    return new Cell(row, FigureTable.named(figure));
  }

  private void equation(List<Cell> cells) {
    if (cells.size() > 1 && cells.stream().allMatch(this::hasValue)) {
      equations.add(new Equation(cells));
    }
  }

  /// The rows, with what is to be left out of them.
  static List<Report.Row> of(List<Report.Row> rows, Optional<Grouping> by) {
    Publishing publishing = new Publishing(rows, by);
    publishing.hideSmall();
    boolean isSafe = false;
    while (!isSafe) {
      isSafe = !publishing.hideMore();
    }
    List<Report.Row> published = new ArrayList<>();
    for (int row = 0; row < rows.size(); row++) {
      Report.Row full = rows.get(row);
      Set<Figure> missing = publishing.hidden.get(row);
      missing.addAll(DerivedFigures.toHide(full, missing));
      published.add(new Report.Row(full.group(), full.values(), missing));
    }
    return published;
  }

  private boolean hasValue(Cell cell) {
    return rows.get(cell.row()).values().containsKey(cell.figure());
  }

  private long value(Cell cell) {
    return rows.get(cell.row()).values().getOrDefault(cell.figure(), 0L);
  }

  private boolean isHidden(Cell cell) {
    return hidden.get(cell.row()).contains(cell.figure());
  }

  private void hideSmall() {
    for (int row = 0; row < rows.size(); row++) {
      for (Map.Entry<Figure, Long> each : rows.get(row).values().entrySet()) {
        if (each.getKey().formula().countsPatients() && isFew(each.getValue())) {
          hidden.get(row).add(each.getKey());
        }
      }
    }
  }

  /// Nobody is nobody that could be found out.
  static boolean isFew(long patients) {
    return patients > 0 && patients < LEAST;
  }

  /// Hides a count more wherever what is hidden is too little or can be worked out.
  ///
  /// @return whether any was
  private boolean hideMore() {
    Set<Cell> known = HiddenCells.thatFollow(equations, this::isHidden);
    boolean isAny = false;
    for (Equation equation : equations) {
      List<Cell> missing = equation.cells().stream().filter(this::isHidden).toList();
      boolean isTooLittle =
          !missing.isEmpty()
              && !isHidden(equation.sum())
              && missing.stream().mapToLong(this::value).sum() < LEAST;
      if (isTooLittle || missing.stream().anyMatch(known::contains)) {
        Optional<Cell> next = next(equation);
        next.ifPresent(cell -> hidden.get(cell.row()).add(cell.figure()));
        isAny = isAny || next.isPresent();
      }
    }
    return isAny;
  }

  /// The smallest part that is shown, else the sum.
  private Optional<Cell> next(Equation equation) {
    return equation.parts().stream()
        .filter(cell -> !isHidden(cell))
        .min(Comparator.comparingLong(this::value))
        .or(() -> Optional.of(equation.sum()).filter(cell -> !isHidden(cell)));
  }
}
