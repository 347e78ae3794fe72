package opd.output;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Writes times as people read them: in their zone.
public record ZoneText(ZoneId zone) {
  public static final ZoneText UTC = new ZoneText(ZoneOffset.UTC);

  private static final DateTimeFormatter TIME = pattern("HH:mm");
  private static final DateTimeFormatter DAY = pattern("EEE d MMM uuuu");
  private static final DateTimeFormatter SECOND = pattern("MM-dd HH:mm:ss");
  private static final DateTimeFormatter CLOCK = pattern("HH:mm:ss");

  private static DateTimeFormatter pattern(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ROOT);
  }

  /// @param time null for none
  String time(@Nullable Instant time) {
    return time == null ? "" : text(TIME, time);
  }

  /// As `09:00–10:00 UTC`.
  String times(Instant start, Instant end) {
    return time(start) + "–" + time(end) + " " + name(start);
  }

  String day(Instant time) {
    return text(DAY, time);
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
  String name(Instant time) {
    boolean isUtc = zone.getRules().equals(ZoneOffset.UTC.getRules());
    // Names of zones take time to load, so not for the one that has but this name.
    return isUtc ? "UTC" : text(DateTimeFormatter.ofPattern("zzz", Locale.ENGLISH), time);
  }

  private String text(DateTimeFormatter formatter, Instant time) {
    return formatter.format(time.atZone(zone));
  }
}
