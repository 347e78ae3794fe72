package opd.report;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// All figures that there are, under the headings that they are shown. The names in JSON and CSV,
/// the heads of tables and `opd help figures` are made from it.
public final class FigureTable {

  /// Figures that belong together.
  public record Section(String heading, List<Figure> figures) {}

  /// In the order in which they are shown.
  public static final List<Section> SECTIONS =
      List.of(
          RequestFigures.demand(),
          RequestFigures.price(),
          RequestFigures.lever(),
          PlaceFigures.ends(),
          PlaceFigures.lead(),
          PlaceFigures.slots(),
          ServingFigures.serving());

  /// The same without headings.
  public static final List<Figure> ALL =
      SECTIONS.stream().flatMap(section -> section.figures().stream()).toList();

  private static final Map<String, Figure> BY_NAME =
      ALL.stream().collect(Collectors.toUnmodifiableMap(Figure::name, Function.identity()));

  private FigureTable() {}

  /// @throws IllegalArgumentException when there is none of this name
  public static Figure named(String name) {
    Figure figure = BY_NAME.get(name);
    if (figure == null) {
      throw new IllegalArgumentException(name);
    }
    return figure;
  }

  /// The figure that is this count.
  static Figure counting(Count count) {
    return with(new Formula.Sum(List.of(count)));
  }

  /// How many of these lengths there are.
  static Figure sizeOf(Spread lengths) {
    return with(new Formula.Size(lengths));
  }

  private static Figure with(Formula formula) {
    return ALL.stream()
        .filter(figure -> figure.formula().equals(formula))
        .findFirst()
        .orElseThrow();
  }
}
