package opd.intake;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import opd.domain.ErrorCode;
import opd.domain.OpdException;
import opd.domain.PlainText;

/// Reads dates in lists. `today` is none there: the same list would be for another day tomorrow.
final class ListDates {
  // Programs that know no dates without a time add midnight.
  private static final Pattern DATE =
      Pattern.compile("([1-9][0-9]{3}-[0-9]{2}-[0-9]{2})([T ]00:00(:00(\\.0+)?)?)?");

  private ListDates() {}

  static Optional<LocalDate> optional(LineFields fields, String column) {
    return fields.optional(column).map(text -> date(column, text));
  }

  /// @throws OpdException INVALID_INPUT
  private static LocalDate date(String column, String text) {
    Matcher date = DATE.matcher(text);
    try {
      if (date.matches()) {
        return LocalDate.parse(date.group(1));
      }
    } catch (DateTimeParseException e) {
      // Said below.
    }
    throw new OpdException(
        ErrorCode.INVALID_INPUT,
        "%s is %s, which is no date".formatted(column, PlainText.quote(text)),
        "write it as 2026-11-22: other ways to write a date mean different days to different people");
  }
}
