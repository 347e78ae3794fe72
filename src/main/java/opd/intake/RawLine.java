package opd.intake;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A record of the file as it was read, without a look at what its fields mean.
sealed interface RawLine {
  /// The physical line on which the record starts, from 1.
  long line();

  /// @param values by column, without those that are empty
  record Fields(long line, Map<String, String> values) implements RawLine {}

  /// @param field that cannot be read, or null when it is the whole line
  record Broken(long line, @Nullable String field, String reason) implements RawLine {
    static Broken at(long line, String reason) {
      return new Broken(line, null, reason);
    }
  }
}
