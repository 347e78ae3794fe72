package opd.verify;

import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Compares a row with what the log rebuilds, field by field.
record RowDifferences(Rows row, Consumer<Difference> consumer) {
  void check(String field, @Nullable Object expected, @Nullable Object found) {
    if (!Objects.equals(expected, found)) {
      consumer.accept(Difference.inRow(row.chain(), row.name(), field, expected, found));
    }
  }

  static void withoutEntries(Rows row, Consumer<Difference> consumer) {
    consumer.accept(
        Difference.inRow(row.chain(), row.name(), "row", null, "a row that no entry tells of"));
  }
}
