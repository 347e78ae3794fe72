package opd.domain;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads times as people type them: as the clock on a wall shows them, or as ISO-8601.
///
/// @param zone of the clock on the wall
/// @param dates reads a date, or a word such as `tomorrow`
record WallTimes(ZoneId zone, Function<String, LocalDate> dates) {
  private static final Pattern TIME =
      Pattern.compile(
          "(?:([0-9]{4}-[0-9]{2}-[0-9]{2}|[a-z]+)(?:t| +))?"
              + "(?:([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?|([0-9]{2})([0-9]{2}))(b?)");

  /// The moment, for a time of today or of the date that stands before it.
  ///
  /// @throws OpdException INVALID_INPUT when there is no such time
  Instant moment(String text, LocalDate today) {
    Optional<Instant> withOffset = withOffset(text);
    return withOffset.orElseGet(() -> at(matched(text), text, today));
  }

  /// The moment at which something ends: a bare time before that of the beginning is on the next
  /// day, as the session goes over midnight.
  ///
  /// @throws OpdException INVALID_INPUT when there is no such time
  Instant momentAfter(Instant beginning, String text) {
    Optional<Instant> withOffset = withOffset(text);
    if (withOffset.isPresent()) {
      return withOffset.get();
    }
    Matcher matcher = matched(text);
    LocalDate day = beginning.atZone(zone).toLocalDate();
    Instant end = at(matcher, text, day);
    return matcher.group(1) == null && end.isBefore(beginning)
        ? at(matcher, text, day.plusDays(1))
        : end;
  }

  private static Optional<Instant> withOffset(String text) {
    if (!text.matches(".*[T ].*([zZ]|[+-][0-9:]+)")) {
      return Optional.empty();
    }
    try {
      return Optional.of(OffsetDateTime.parse(text.replace(' ', 'T')).toInstant());
    } catch (DateTimeException e) {
      throw none(text);
    }
  }

  private static Matcher matched(String text) {
    Matcher matcher = TIME.matcher(text.toLowerCase(Locale.ROOT).strip());
    if (!matcher.matches()) {
      throw none(text);
    }
    return matcher;
  }

  private Instant at(Matcher typed, String text, LocalDate today) {
    LocalDate date = typed.group(1) == null ? today : dates.apply(typed.group(1));
    boolean hasColon = typed.group(2) != null;
    int hour = Integer.parseInt(hasColon ? typed.group(2) : typed.group(5));
    int minute = Integer.parseInt(hasColon ? typed.group(3) : typed.group(6));
    int second = typed.group(4) == null ? 0 : Integer.parseInt(typed.group(4));
    boolean isMidnight = hour == 24 && minute == 0 && second == 0;
    try {
      LocalDateTime wallTime =
          isMidnight
              ? date.plusDays(1).atStartOfDay()
              : date.atTime(LocalTime.of(hour, minute, second));
      return resolved(wallTime, !typed.group(7).isEmpty());
    } catch (DateTimeException e) {
      throw none(text);
    }
  }

  /// The moment at which the clock shows that time. Where clocks go back it shows it twice.
  ///
  /// @param isSecond whether the second of the two is meant
  Instant resolved(LocalDateTime wallTime, boolean isSecond) {
    List<ZoneOffset> offsets = zone.getRules().getValidOffsets(wallTime);
    if (offsets.isEmpty()) {
      ZoneOffsetTransition gap = zone.getRules().getTransition(wallTime);
      throw new OpdException(
          ErrorCode.INVALID_INPUT,
          "there is no %s on %s (%s): clocks are set ahead then"
              .formatted(wallTime.toLocalTime(), wallTime.toLocalDate(), zone.getId()),
          "the next time that there is: " + gap.getDateTimeAfter().toString().replace('T', ' '));
    }
    if (isSecond && offsets.size() == 1) {
      throw new OpdException(
          ErrorCode.INVALID_INPUT,
          "there is only one %s on %s (%s)"
              .formatted(wallTime.toLocalTime(), wallTime.toLocalDate(), zone.getId()),
          "leave the b out: it means the second of two equal times, when clocks go back");
    }
    return wallTime.toInstant(isSecond ? offsets.getLast() : offsets.getFirst());
  }

  private static OpdException none(String text) {
    return new OpdException(
        ErrorCode.INVALID_INPUT,
        PlainText.quote(text) + " is not a time",
        "give it as 09:00 for today, \"tomorrow 09:00\", 2026-11-22T09:00,"
            + " or with an offset as 2026-11-22T09:00Z");
  }
}
