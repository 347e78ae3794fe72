package opd.intake;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/// Tells of each column that means nothing here, once.
final class UnknownColumns {
  private final Consumer<String> warnings;
  private final Set<String> told = new HashSet<>();

  UnknownColumns(Consumer<String> warnings) {
    this.warnings = warnings;
  }

  /// @param name as it stands in the list
  void add(String name, ColumnNames names) {
    if (!names.isPassedOver(name) && told.add(name)) {
      String hint =
          names.similar(name).map(similar -> "; did you mean " + similar + "?").orElse("");
      warnings.accept("column " + ColumnNames.shown(name) + " is not known and was ignored" + hint);
    }
  }

  /// A column that has something in it, but no name.
  ///
  /// @param number from 1
  void addNameless(int number) {
    if (told.add("\0" + number)) {
      warnings.accept("column " + number + " has no name and was ignored");
    }
  }
}
