package opd.intake;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import opd.domain.ErrorCode;
import opd.domain.OpdException;
import opd.domain.PlainText;
import opd.domain.Similar;

/// What a CSV header must have.
final class Header {
  private Header() {}

  /// @param warnings told of each column that means nothing here
  /// @throws OpdException INVALID_INPUT when a column is missing or stands there twice
  static void check(List<String> names, Consumer<String> warnings) {
    if (Set.copyOf(names).size() != names.size()) {
      throw OpdException.invalid("the header names a column twice");
    }
    for (String needed : List.of(Columns.PHONE, Columns.PRIORITY, Columns.SOURCE)) {
      if (!names.contains(needed)) {
        throw missing(needed);
      }
    }
    if (!names.contains(Columns.SLOT) && !names.contains(Columns.DOCTOR)) {
      throw missing("slot or doctor");
    }
    names.stream()
        .filter(name -> !Columns.KNOWN.contains(name))
        .forEach(name -> warnings.accept(unknown(name)));
  }

  static String unknown(String name) {
    String hint =
        Similar.to(name, Columns.KNOWN)
            .map(similar -> "; did you mean " + similar + "?")
            .orElse("");
    return "column " + PlainText.quote(name) + " is not known and was ignored" + hint;
  }

  private static OpdException missing(String column) {
    return new OpdException(
        ErrorCode.INVALID_INPUT,
        "the list has no column " + column,
        "columns: slot or doctor, phone, name, priority, source, and optionally member, request_id");
  }
}
