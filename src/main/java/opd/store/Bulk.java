package opd.store;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/// Writes many rows with few statements.
final class Bulk {
  // Enough that the statement's own cost no longer counts, few enough for the driver's 65,535
  // values.
  private static final int ROWS_AT_ONCE = 500;

  private Bulk() {}

  /// Gives the rows to the statement in parts, and checks that each row was written.
  ///
  /// @param statement writes the rows that it is given and returns how many it wrote
  static <T> void inParts(List<T> rows, ToIntFunction<List<T>> statement) {
    for (List<T> part : parts(rows)) {
      int written = statement.applyAsInt(part);
      if (written != part.size()) {
        throw new IllegalStateException(written + " rows written of " + part.size());
      }
    }
  }

  static <T> List<List<T>> parts(List<T> rows) {
    List<List<T>> parts = new ArrayList<>();
    for (int from = 0; from < rows.size(); from += ROWS_AT_ONCE) {
      parts.add(rows.subList(from, Math.min(from + ROWS_AT_ONCE, rows.size())));
    }
    return parts;
  }
}
