package opd.report;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import opd.report.Publishing.Cell;
import opd.report.Publishing.Equation;

/// Works out, as a reader could, what was left out: by solving the equations for the unknown cells.
final class HiddenCells {
  private static final BigInteger ONE = BigInteger.ONE;

  private HiddenCells() {}

  /// The hidden cells of which the equations leave only one value: those that stand alone in an
  /// equation of the reduced echelon form.
  static Set<Cell> thatFollow(List<Equation> equations, Predicate<Cell> isHidden) {
    Map<Cell, Integer> columns = new HashMap<>();
    List<Cell> unknown = new ArrayList<>();
    List<NavigableMap<Integer, BigInteger>> reduced = new ArrayList<>();
    for (Equation equation : equations) {
      NavigableMap<Integer, BigInteger> line = new TreeMap<>();
      for (Cell cell : equation.cells()) {
        if (isHidden.test(cell)) {
          int column =
              columns.computeIfAbsent(
                  cell,
                  unknownCell -> {
                    unknown.add(unknownCell);
                    return unknown.size() - 1;
                  });
          line.merge(column, cell.equals(equation.sum()) ? ONE.negate() : ONE, BigInteger::add);
        }
      }
      line.values().removeIf(value -> value.signum() == 0);
      add(line, reduced);
    }
    Set<Cell> known = new HashSet<>();
    for (NavigableMap<Integer, BigInteger> line : reduced) {
      if (line.size() == 1) {
        known.add(unknown.get(line.firstKey()));
      }
    }
    return known;
  }

  /// Whole numbers all the way: lines are multiplied instead of divided.
  private static void add(
      NavigableMap<Integer, BigInteger> line, List<NavigableMap<Integer, BigInteger>> reduced) {
    NavigableMap<Integer, BigInteger> rest = line;
    for (NavigableMap<Integer, BigInteger> other : reduced) {
      rest = without(rest, other);
    }
    if (rest.isEmpty()) {
      return;
    }
    NavigableMap<Integer, BigInteger> added = rest;
    reduced.replaceAll(other -> without(other, added));
    reduced.add(added);
  }

  /// The line without the unknown that the other one begins with.
  private static NavigableMap<Integer, BigInteger> without(
      NavigableMap<Integer, BigInteger> line, NavigableMap<Integer, BigInteger> other) {
    int column = other.firstKey();
    BigInteger factor = line.get(column);
    if (factor == null) {
      return line;
    }
    BigInteger leading = other.getOrDefault(column, ONE);
    NavigableMap<Integer, BigInteger> result = new TreeMap<>();
    line.forEach((key, value) -> result.put(key, value.multiply(leading)));
    for (Map.Entry<Integer, BigInteger> each : other.entrySet()) {
      result.merge(each.getKey(), each.getValue().multiply(factor).negate(), BigInteger::add);
    }
    result.values().removeIf(value -> value.signum() == 0);
    return result;
  }
}
