package opd.intake;

import java.util.Map;

/// A record of the file as it was read, without a look at what its fields mean.
sealed interface RawLine {
  /// The physical line on which the record starts, from 1.
  long line();

  /// @param values by column, without those that are empty
  record Fields(long line, Map<String, String> values) implements RawLine {}

  record Broken(long line, String reason) implements RawLine {}
}
