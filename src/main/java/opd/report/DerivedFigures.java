package opd.report;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// Which of the figures that are worked out from counts are left out of a published report: those
/// of which a count is missing, and those that would tell of fewer than 5 patients themselves.
final class DerivedFigures {
  private static final int HUNDRED = 100;
  private static final double THOUSAND = 1_000;

  private final Report.Row row;
  private final Set<Figure> missing;

  private DerivedFigures(Report.Row row, Set<Figure> missing) {
    this.row = row;
    this.missing = missing;
  }

  /// @param missing the counts that are left out
  static Set<Figure> toHide(Report.Row row, Set<Figure> missing) {
    DerivedFigures derived = new DerivedFigures(row, missing);
    Set<Figure> toHide = new HashSet<>();
    for (Map.Entry<Figure, Long> each : row.values().entrySet()) {
      if (derived.isHidden(each.getKey().formula(), each.getValue())) {
        toHide.add(each.getKey());
      }
    }
    return toHide;
  }

  private boolean isHidden(Formula formula, long value) {
    return switch (formula) {
      case Formula.Sum _, Formula.SumBeside _, Formula.Rest _, Formula.Size _ -> false;
      case Formula.PeakRequests _, Formula.ActorsMedian _ -> false;
      case Formula.PeakHour() -> missing.contains(FigureTable.named("peak.requests"));
      case Formula.Share(var part, var all) -> anyMissing(part, all);
      case Formula.Bound(var part, var all, var _) -> anyMissing(part, all);
      case Formula.Quantile(var lengths, var percent) ->
          lengths.isOfPatients() && !hasEnoughBeyond(lengths, percent);
      case Formula.Within(var lengths, var _) ->
          lengths.isOfPatients()
              && (tellsOfFew(lengths, value) || isFewBesideAnother(lengths, value));
    };
  }

  private boolean anyMissing(Count part, List<Count> all) {
    return Stream.concat(Stream.of(part), all.stream())
        .map(count -> count == Count.SEEN_ON_PLACES ? Count.COMPLETED : count)
        .anyMatch(count -> missing.contains(FigureTable.counting(count)));
  }

  /// Whether at least 5 are longer. Nobody is longer than the longest, which is one patient's.
  private boolean hasEnoughBeyond(Spread lengths, int percent) {
    return size(lengths) * (HUNDRED - percent) >= (long) Publishing.LEAST * HUNDRED;
  }

  /// Whether only a few lie between this bound and another one.
  private boolean isFewBesideAnother(Spread lengths, long permille) {
    return row.values().entrySet().stream()
        .filter(each ->
            each.getKey().formula() instanceof Formula.Within(var others, var _)
                && others == lengths)
        .anyMatch(each ->
            Publishing.isFew(
                Math.abs(within(lengths, each.getValue()) - within(lengths, permille))));
  }

  private long within(Spread lengths, long permille) {
    return Math.round(size(lengths) * permille / THOUSAND);
  }

  private boolean tellsOfFew(Spread lengths, long permille) {
    long within = within(lengths, permille);
    long beyond = size(lengths) - within;
    return size(lengths) < Publishing.LEAST || Publishing.isFew(within) || Publishing.isFew(beyond);
  }

  /// 0 where it is left out.
  private long size(Spread lengths) {
    Figure size = FigureTable.sizeOf(lengths);
    return missing.contains(size) ? 0 : row.values().getOrDefault(size, 0L);
  }
}
