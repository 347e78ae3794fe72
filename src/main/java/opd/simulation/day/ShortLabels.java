package opd.simulation.day;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;

/// Lets a script say `RAO-0900-03` for the token `RAO-20300107-0900-03`, whatever its date.
public record ShortLabels(LocalDate date) {
  private static final Pattern SHORT = Pattern.compile("\\b([A-Z][A-Z0-9]{1,11})-([0-9]{4})\\b");

  /// The text with the date put into each label that has none.
  public String expand(String text) {
    String day = DateTimeFormatter.BASIC_ISO_DATE.format(date);
    return SHORT.matcher(text).replaceAll("$1-" + day + "-$2");
  }
}
