package opd.domain;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads slots, tokens, times and enum values as people type them.
///
/// @param now decides what "today" is
/// @param zone that a bare time, a short label or a date is meant in
public record Inputs(Instant now, ZoneId zone) {
  private static final Pattern ID = Pattern.compile("[0-9]{1,18}");
  private static final Pattern SHORT_SLOT = Pattern.compile("([A-Z][A-Z0-9]{1,11})-([0-9]{4})");

  /// Today's date in the zone that times are typed in.
  public LocalDate today() {
    return now.atZone(zone).toLocalDate();
  }

  /// The same as it was or will be typed on that day.
  public Inputs on(LocalDate day) {
    return new Inputs(day.atTime(LocalTime.NOON).atZone(zone).toInstant(), zone);
  }

  /// An id, a label, or today's label without its date.
  ///
  /// @throws OpdException INVALID_INPUT for anything else
  public SlotReference slot(String text) {
    if (ID.matcher(text).matches()) {
      return new SlotReference.ById(Long.parseLong(text));
    }
    return slotLabel(text)
        .<SlotReference>map(SlotReference.ByLabel::new)
        .orElseThrow(() ->
            new OpdException(
                ErrorCode.INVALID_INPUT,
                PlainText.quote(text) + " is not a slot",
                "give a label such as RAO-20261122-0900, RAO-0900 for today, or an id"));
  }

  /// An id, a label, or today's label without its date.
  ///
  /// @throws OpdException INVALID_INPUT for anything else
  public TokenReference token(String text) {
    if (ID.matcher(text).matches()) {
      return new TokenReference.ById(Long.parseLong(text));
    }
    int dash = text.lastIndexOf('-');
    Optional<TokenLabel> label =
        dash < 0
            ? Optional.empty()
            : TokenLabel.sequence(text.substring(dash + 1))
                .flatMap(sequence ->
                    slotLabel(text.substring(0, dash)).map(slot -> new TokenLabel(slot, sequence)));
    return label
        .<TokenReference>map(TokenReference.ByLabel::new)
        .orElseThrow(() ->
            new OpdException(
                ErrorCode.INVALID_INPUT,
                PlainText.quote(text) + " is not a token",
                "give a label such as RAO-20261122-0900-07, RAO-0900-07 for today, or an id"));
  }

  private Optional<SlotLabel> slotLabel(String text) {
    String upper = text.toUpperCase(Locale.ROOT);
    Matcher matcher = SHORT_SLOT.matcher(upper);
    if (!matcher.matches()) {
      return SlotLabel.parse(upper);
    }
    String hours = matcher.group(2).substring(0, 2);
    String minutes = matcher.group(2).substring(2);
    try {
      LocalTime start = LocalTime.parse(hours + ":" + minutes);
      return Optional.of(new SlotLabel(new DoctorCode(matcher.group(1)), today(start)));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private Instant today(LocalTime time) {
    return time.atDate(today()).atZone(zone).toInstant();
  }

  /// The day as a range of times, its end excluded.
  public record Day(Instant from, Instant to) {}

  /// The whole of a day in the zone, which need not have 24 hours.
  ///
  /// @param text as typed, or null for today
  /// @throws OpdException INVALID_INPUT when it is no date
  public Day day(@Nullable String text) {
    LocalDate date = text == null ? today() : date(text);
    return new Day(
        date.atStartOfDay(zone).toInstant(), date.plusDays(1).atStartOfDay(zone).toInstant());
  }

  /// ISO-8601, in UTC unless it says otherwise, or `09:00` for today in the zone.
  ///
  /// @throws OpdException INVALID_INPUT for anything else
  public Instant time(String text) {
    try {
      Instant time = parsedTime(text);
      if (hasLabel(time.atOffset(ZoneOffset.UTC).getYear())) {
        return time;
      }
    } catch (DateTimeParseException e) {
      // Said below.
    }
    throw new OpdException(
        ErrorCode.INVALID_INPUT,
        PlainText.quote(text) + " is not a time",
        "give it as 2026-11-22T09:00Z, or 09:00 for today (" + zone.getId() + ")");
  }

  private Instant parsedTime(String text) {
    if (text.length() <= 8 && text.indexOf(':') > 0) {
      return today(LocalTime.parse(text));
    }
    boolean hasOffset = text.matches(".*T.*([zZ]|[+-][0-9:]+)");
    return hasOffset
        ? OffsetDateTime.parse(text).toInstant()
        : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
  }

  /// Labels have four digits for the year; far beyond, there is no time in PostgreSQL either.
  private static boolean hasLabel(int year) {
    return year >= 1 && year <= 9999;
  }

  /// @throws OpdException INVALID_INPUT for anything but an ISO-8601 date, `today` or `tomorrow`
  public LocalDate date(String text) {
    return switch (text) {
      case "today" -> today();
      case "tomorrow" -> today().plusDays(1);
      default -> isoDate(text);
    };
  }

  /// A date as `2026-11-22`.
  ///
  /// @throws OpdException INVALID_INPUT
  public static LocalDate isoDate(String text) {
    try {
      LocalDate date = LocalDate.parse(text);
      if (hasLabel(date.getYear())) {
        return date;
      }
    } catch (DateTimeParseException e) {
      // Said below.
    }
    throw new OpdException(
        ErrorCode.INVALID_INPUT,
        PlainText.quote(text) + " is not a date",
        "give it as 2026-11-22, or say today or tomorrow");
  }

  /// The name of a file, which need not exist.
  ///
  /// @throws OpdException INVALID_INPUT when no file can have the name
  public static Path file(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw OpdException.invalid(PlainText.quote(text) + " is not the name of a file");
    }
  }

  /// A doctor's code, in either case.
  ///
  /// @throws OpdException INVALID_INPUT
  public static DoctorCode doctor(String text) {
    return DoctorCode.parse(text);
  }

  /// An enum value in any case, with `-` or `_`.
  ///
  /// @param what the value's name for the error message
  /// @throws OpdException INVALID_INPUT for anything else
  public static <E extends Enum<E>> E choice(Class<E> type, String what, String text) {
    String wanted = text.strip().toUpperCase(Locale.ROOT).replace('-', '_');
    List<E> values = Arrays.asList(type.getEnumConstants());
    return values.stream()
        .filter(value -> value.name().equals(wanted))
        .findFirst()
        .orElseThrow(() -> {
          List<String> names = values.stream().map(Inputs::typed).toList();
          String choices = "it can be " + String.join(", ", names);
          return new OpdException(
              ErrorCode.INVALID_INPUT,
              "there is no %s %s".formatted(what, PlainText.quote(text)),
              Similar.to(wanted.replace('_', '-'), names)
                  .map(similar -> "did you mean " + similar + "? " + choices)
                  .orElse(choices));
        });
  }

  /// A value of a choice as people type it, such as `follow-up`.
  public static String typed(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// @throws OpdException INVALID_INPUT when it is not a whole number or out of range
  public static int number(String what, String text, int least, int most) {
    try {
      int number = Integer.parseInt(text.strip());
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw OpdException.invalid(
        "%s is %s; it must be a whole number from %d to %d"
            .formatted(what, PlainText.quote(text), least, most));
  }
}
