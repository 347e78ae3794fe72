package opd.output.text;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.zone.ZoneRules;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Writes times as people read them: in their zone.
///
/// @param zones gives the zone, which need not be known before the first time is shown
public record ZoneText(Supplier<ZoneId> zones) {
  public static final ZoneText UTC = new ZoneText(ZoneOffset.UTC);

  public ZoneText(ZoneId zone) {
    this(() -> zone);
  }

  private static final DateTimeFormatter TIME = pattern("HH:mm");
  private static final DateTimeFormatter WITH_OFFSET = pattern("HH:mmxxx");
  // The locale's names would have to be loaded, which every command would wait for.
  private static final DateTimeFormatter DAY =
      new DateTimeFormatterBuilder()
          .appendText(ChronoField.DAY_OF_WEEK, numbered("Mon Tue Wed Thu Fri Sat Sun"))
          .appendLiteral(' ')
          .appendValue(ChronoField.DAY_OF_MONTH)
          .appendLiteral(' ')
          .appendText(
              ChronoField.MONTH_OF_YEAR,
              numbered("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"))
          .appendPattern(" uuuu")
          .toFormatter(Locale.ROOT);
  private static final DateTimeFormatter SECOND = pattern("MM-dd HH:mm:ss");
  private static final DateTimeFormatter MINUTE = pattern("uuuu-MM-dd HH:mm");
  private static final DateTimeFormatter CLOCK = pattern("HH:mm:ss");

  private static DateTimeFormatter pattern(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ROOT);
  }

  private static Map<Long, String> numbered(String names) {
    Map<Long, String> byNumber = new HashMap<>();
    for (String name : names.split(" ", -1)) {
      byNumber.put(byNumber.size() + 1L, name);
    }
    return byNumber;
  }

  /// @param time null for none
  String time(@Nullable Instant time) {
    return time == null ? "" : text(TIME, time);
  }

  /// As `09:00–10:00 UTC`.
  String times(Instant start, Instant end) {
    return range(start, end) + " " + name(start);
  }

  /// As `09:00–10:00`; with offsets where clocks are set meanwhile, or show one of the times twice.
  String range(Instant start, Instant end) {
    ZoneRules rules = zones.get().getRules();
    boolean isPlain =
        rules.getOffset(start).equals(rules.getOffset(end)) && !isDoubled(start) && !isDoubled(end);
    return isPlain
        ? time(start) + "–" + time(end)
        : text(WITH_OFFSET, start) + "–" + text(WITH_OFFSET, end);
  }

  private boolean isDoubled(Instant time) {
    LocalDateTime wallTime = time.atZone(zones.get()).toLocalDateTime();
    return zones.get().getRules().getValidOffsets(wallTime).size() > 1;
  }

  String day(Instant time) {
    return text(DAY, time);
  }

  /// With the date, without seconds.
  String minute(Instant time) {
    return text(MINUTE, time);
  }

  /// With month and day, without the year.
  String second(Instant time) {
    return text(SECOND, time);
  }

  /// The time of the day with its seconds.
  String clock(Instant time) {
    return text(CLOCK, time);
  }

  /// What people call the zone at that time of the year: `IST`, or `GMT-03:00` where it has no
  /// name.
  public String name(Instant time) {
    boolean isUtc = zones.get().getRules().equals(ZoneOffset.UTC.getRules());
    // Loading the names of zones takes time, which UTC does not need.
    return isUtc ? "UTC" : text(DateTimeFormatter.ofPattern("zzz", Locale.ENGLISH), time);
  }

  private String text(DateTimeFormatter formatter, Instant time) {
    return formatter.format(time.atZone(zones.get()));
  }
}
