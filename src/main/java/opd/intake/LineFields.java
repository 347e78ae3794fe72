package opd.intake;

import java.util.Map;
import java.util.Optional;
import opd.domain.ErrorCode;
import opd.domain.OpdException;
import org.jspecify.annotations.Nullable;

/// The fields of a line on their way to be understood. Which one was asked for last is the one that
/// is wrong, if it proves to be.
final class LineFields {
  private final Map<String, String> values;
  private @Nullable String last;

  LineFields(Map<String, String> values) {
    this.values = values;
  }

  Optional<String> optional(String column) {
    last = column;
    return Optional.ofNullable(values.get(column));
  }

  /// @throws OpdException INVALID_INPUT when it is empty
  String required(String column) {
    return optional(column)
        .orElseThrow(
            () -> new OpdException(ErrorCode.INVALID_INPUT, "column " + column + " is empty"));
  }

  /// Null when none was asked for.
  @Nullable String last() {
    return last;
  }

  /// A value of a choice as people write it: `Follow Up` is `follow-up`.
  String choice(String column) {
    return choiceOf(required(column));
  }

  Optional<String> optionalChoice(String column) {
    return optional(column).map(LineFields::choiceOf);
  }

  private static String choiceOf(String text) {
    return text.replaceAll("[\\s\\p{Z}]+", "-");
  }
}
