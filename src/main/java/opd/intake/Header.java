package opd.intake;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import opd.domain.ErrorCode;
import opd.domain.OpdException;

/// Which column stands where in a CSV list.
final class Header {
  private static final int MOST_NAMES_SHOWN = 12;
  private static final int MOST_HINTS = 3;

  /// @param name of the column that is meant, empty where none is
  /// @param isNamed whether anything stands above the column
  private record Column(Optional<String> name, boolean isNamed) {}

  private final List<Column> columns;
  private final int width;

  private Header(List<Column> columns) {
    this.columns = columns;
    int last = columns.size();
    while (last > 0 && !columns.get(last - 1).isNamed()) {
      last--;
    }
    this.width = last;
  }

  /// @param cells as they stand in the header line
  /// @throws OpdException INVALID_INPUT when a column is there twice
  static Header of(List<String> cells, ColumnNames names, UnknownColumns unknown) {
    List<Column> columns = new ArrayList<>();
    Set<String> taken = new HashSet<>();
    for (String cell : cells) {
      String text = CellText.clean(cell);
      Optional<String> name = names.column(text);
      if (name.isPresent() && !taken.add(name.get())) {
        throw OpdException.invalid(
            "the header names the column "
                + name.get()
                + " twice, once as "
                + ColumnNames.shown(text));
      }
      if (name.isEmpty() && !text.isEmpty()) {
        unknown.add(text, names);
      }
      columns.add(new Column(name, !text.isEmpty()));
    }
    return new Header(columns);
  }

  /// Whether the line names every column that the list needs.
  static boolean isComplete(List<String> cells, ColumnNames names) {
    return missing(cells, names).isEmpty();
  }

  private static Optional<String> missing(List<String> cells, ColumnNames names) {
    Set<String> found =
        cells.stream().map(names::column).flatMap(Optional::stream).collect(Collectors.toSet());
    return names.kind().needed().stream()
        .filter(anyOf -> anyOf.stream().noneMatch(found::contains))
        .findFirst()
        .map(anyOf -> String.join(" or ", anyOf));
  }

  /// Why a list that begins with this line cannot be read.
  static OpdException incomplete(List<String> cells, ColumnNames names) {
    List<String> found =
        cells.stream().map(CellText::clean).filter(cell -> !cell.isEmpty()).toList();
    String shown =
        found.stream()
            .limit(MOST_NAMES_SHOWN)
            .map(ColumnNames::shown)
            .collect(Collectors.joining(", "));
    String similar =
        found.stream()
            .filter(name -> names.column(name).isEmpty())
            .limit(MOST_HINTS)
            .flatMap(name ->
                names.similar(name).stream()
                    .map(column ->
                        "did you mean %s by %s? ".formatted(column, ColumnNames.shown(name))))
            .collect(Collectors.joining());
    return new OpdException(
        ErrorCode.INVALID_INPUT,
        "the list has no column %s; its columns are %s%s"
            .formatted(
                missing(cells, names).orElseThrow(),
                shown,
                found.size() > MOST_NAMES_SHOWN ? ", …" : ""),
        similar + names.kind().described());
  }

  /// The number of columns up to the last that has a name.
  int width() {
    return width;
  }

  int columns() {
    return columns.size();
  }

  /// The column at this place, from 0, or empty where none is meant.
  Optional<String> name(int index) {
    return columns.get(index).name();
  }

  boolean isNamed(int index) {
    return columns.get(index).isNamed();
  }
}
