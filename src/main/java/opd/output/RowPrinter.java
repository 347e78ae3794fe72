package opd.output;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Shows rows under a heading of columns, which it knows.
public interface RowPrinter {
  /// @param cells texts, numbers, booleans and nulls, one for each column
  void row(List<@Nullable Object> cells);

  /// No row follows, at least for now. The heading is shown also where there was none.
  void end();
}
