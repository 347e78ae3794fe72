package opd.intake;

import java.time.DayOfWeek;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import opd.domain.ErrorCode;
import opd.domain.OpdException;
import opd.domain.PlainText;

/// Reads days of the week as rosters name them: `Mon,Tue`, `Mon-Fri`, `Monday`.
final class Weekdays {
  private static final int SHORTEST = 3;

  private Weekdays() {}

  /// @throws OpdException INVALID_INPUT
  static Set<DayOfWeek> parse(String text) {
    Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
    for (String word : text.strip().split("[\\s\\p{Z},;/+]+", -1)) {
      String[] range = word.split("[-\u2013]", 2);
      DayOfWeek day = day(range[0], text);
      DayOfWeek last = range.length == 2 ? day(range[1], text) : day;
      for (; day != last; day = day.plus(1)) {
        days.add(day);
      }
      days.add(last);
    }
    return days;
  }

  private static DayOfWeek day(String word, String text) {
    String wanted = word.toUpperCase(Locale.ROOT);
    Optional<DayOfWeek> found =
        wanted.length() < SHORTEST
            ? Optional.empty()
            : Set.of(DayOfWeek.values()).stream()
                .filter(day -> day.name().startsWith(wanted))
                .findFirst();
    return found.orElseThrow(() ->
        new OpdException(
            ErrorCode.INVALID_INPUT,
            "days is " + PlainText.quote(text),
            "write it as Mon,Tue,Wed,Thu,Fri,Sat,Sun, or Mon-Fri"));
  }
}
