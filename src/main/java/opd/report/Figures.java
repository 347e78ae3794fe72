package opd.report;

import static opd.report.Figure.Unit.COUNT;
import static opd.report.Figure.Unit.PERCENT;
import static opd.report.Figures.count;
import static opd.report.Figures.percent;

import java.util.List;

/// Makes figures of the usual kinds.
final class Figures {
  private Figures() {}

  static Figure count(String name, String words, String text, Count what) {
    return count(name, words, text, new Formula.Sum(List.of(what)));
  }

  static Figure count(String name, String words, String text, Formula formula) {
    return new Figure(name, words, COUNT, false, text, formula);
  }

  static Figure ofSlots(String name, String words, String text, Count what) {
    return new Figure(name, words, COUNT, true, text, new Formula.Sum(List.of(what)));
  }

  static Figure percent(
      String name, String words, boolean isOfSlots, String text, Formula formula) {
    return new Figure(name, words, PERCENT, isOfSlots, text, formula);
  }

  /// @param text what one of the lengths is
  static List<Figure> spread(
      String name, String words, Figure.Unit unit, boolean isOfSlots, String text, Spread lengths) {
    return List.of(
        new Figure(
            name + ".count",
            words + ": how many",
            COUNT,
            isOfSlots,
            "How many: " + text + ".",
            new Formula.Size(lengths)),
        quantile(
            name + ".median",
            words + ": median",
            unit,
            isOfSlots,
            "Their median",
            lengths,
            Formula.MEDIAN),
        quantile(
            name + ".p90",
            words + ": 90 %",
            unit,
            isOfSlots,
            "What nine in ten of them do not exceed",
            lengths,
            Formula.NINE_TENTHS),
        quantile(
            name + ".longest",
            words + ": longest",
            unit,
            isOfSlots,
            "The longest",
            lengths,
            Formula.LONGEST));
  }

  private static Figure quantile(
      String name,
      String words,
      Figure.Unit unit,
      boolean isOfSlots,
      String text,
      Spread lengths,
      int percent) {
    return new Figure(
        name, words, unit, isOfSlots, text + ".", new Formula.Quantile(lengths, percent));
  }
}
