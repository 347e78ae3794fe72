package opd.domain;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
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

/// Reads slots, tokens, times and enum values as people type them. Labels and dates are those of
/// the facility's calendar, whatever zone a person reads times in.
///
/// @param now by the facility's clock
/// @param today the date in the facility's zone
/// @param facilityZone whose calendar labels and dates are of
/// @param zone that a time without an offset is meant in
public record Inputs(Instant now, LocalDate today, ZoneId facilityZone, ZoneId zone) {
  private static final String ID_PREFIX = "id:";
  private static final Pattern ID = Pattern.compile("[0-9]{1,18}");
  private static final Pattern SHORT_SLOT =
      Pattern.compile("([A-Z][A-Z0-9]{1,11})-([0-9]{2})([0-9]{2})(B?)");

  /// The same at a later moment.
  public Inputs at(Instant later) {
    LocalDate date = later.atZone(facilityZone).toLocalDate();
    return new Inputs(later, date, facilityZone, zone);
  }

  /// The same as it was or will be typed on that day.
  public Inputs on(LocalDate day) {
    return new Inputs(now, day, facilityZone, zone);
  }

  /// A label, today's label without its date, or `id:12`.
  ///
  /// @throws OpdException INVALID_INPUT for anything else
  public SlotReference slot(String text) {
    return slot(text, today);
  }

  /// A label, the label without its date of that day, or `id:12`.
  ///
  /// @throws OpdException INVALID_INPUT for anything else, and for a label of another day
  public SlotReference slotOn(LocalDate day, String text) {
    SlotReference slot = slot(text, day);
    if (slot instanceof SlotReference.ByLabel(var label) && !label.day().equals(day)) {
      throw new OpdException(
          ErrorCode.INVALID_INPUT,
          label + " is not a slot of " + day,
          "leave the date out of the label, or --date");
    }
    return slot;
  }

  private static SlotReference slot(String text, LocalDate day) {
    return id(text)
        .<SlotReference>map(SlotReference.ById::new)
        .or(() -> slotLabel(text, day).map(SlotReference.ByLabel::new))
        .orElseThrow(() ->
            PlainText.isNot(
                "a slot",
                text,
                "give a label such as RAO-20261122-0900, RAO-0900 for today,"
                    + " or an id as "
                    + ID_PREFIX
                    + (isNumber(text) ? text : "12")));
  }

  /// A label, today's label without its date, or `id:9`.
  ///
  /// @throws OpdException INVALID_INPUT for anything else
  public TokenReference token(String text) {
    int dash = text.lastIndexOf('-');
    Optional<TokenLabel> label =
        dash < 0
            ? Optional.empty()
            : TokenLabel.sequence(text.substring(dash + 1))
                .flatMap(sequence ->
                    slotLabel(text.substring(0, dash), today)
                        .map(slot -> new TokenLabel(slot, sequence)));
    return id(text)
        .<TokenReference>map(TokenReference.ById::new)
        .or(() -> label.map(TokenReference.ByLabel::new))
        .orElseThrow(() -> isNumber(text) ? bareNumber(text) : noToken(text, "9"));
  }

  private static OpdException noToken(String text, String id) {
    return PlainText.isNot(
        "a token",
        text,
        "give a label such as RAO-20261122-0900-07, RAO-0900-07 for today, or an id as "
            + ID_PREFIX
            + id);
  }

  /// Ids stand in no table, so a bare number would hit strangers.
  private static OpdException bareNumber(String text) {
    return new OpdException(
        ErrorCode.INVALID_INPUT,
        "the number " + text + " alone is not a token",
        "give its slot, too, such as RAO-0900-%s, or an id as %s%s;"
                .formatted(text.length() < 2 ? "0" + text : text, ID_PREFIX, text)
            + " in a console choose the slot first: use RAO-0900");
  }

  private static boolean isNumber(String text) {
    return ID.matcher(text).matches();
  }

  private static Optional<Long> id(String text) {
    String number =
        text.regionMatches(true, 0, ID_PREFIX, 0, ID_PREFIX.length())
            ? text.substring(ID_PREFIX.length())
            : "";
    return isNumber(number) ? Optional.of(Long.parseLong(number)) : Optional.empty();
  }

  private static Optional<SlotLabel> slotLabel(String text, LocalDate day) {
    String upper = text.toUpperCase(Locale.ROOT);
    Matcher matcher = SHORT_SLOT.matcher(upper);
    if (!matcher.matches()) {
      return SlotLabel.parse(upper);
    }
    int hour = Integer.parseInt(matcher.group(2));
    int minute = Integer.parseInt(matcher.group(3));
    return hour < 24 && minute < 60
        ? Optional.of(
            new SlotLabel(
                new DoctorCode(matcher.group(1)),
                day.atTime(hour, minute),
                !matcher.group(4).isEmpty()))
        : Optional.empty();
  }

  /// A day as typed, or today for null.
  ///
  /// @throws OpdException INVALID_INPUT when it is no date
  public LocalDate day(@Nullable String text) {
    return text == null ? today : date(text);
  }

  /// A time as the clock on the wall shows it, of today or of a date before it (`09:00`, `0900`,
  /// `tomorrow 9:00`, `2026-11-22T09:00`, `24:00`), or ISO-8601 with its offset. The second of two
  /// equal times, when clocks go back, ends in `b`.
  ///
  /// @throws OpdException INVALID_INPUT for anything else, and for a time that there is not
  public Instant time(String text) {
    return checked(text, wallTimes().moment(text, today));
  }

  /// When something ends: a bare time is of the day on which it begins, or of the next where that
  /// is over before the beginning.
  ///
  /// @throws OpdException as [#time]
  public Instant end(Instant beginning, String text) {
    return checked(text, wallTimes().momentAfter(beginning, text));
  }

  private WallTimes wallTimes() {
    return new WallTimes(zone, this::date);
  }

  private static Instant checked(String text, Instant time) {
    if (!hasLabel(time.atOffset(ZoneOffset.UTC).getYear())) {
      throw OpdException.invalid(PlainText.quote(text) + " is too far from today");
    }
    return time;
  }

  /// Labels have four digits for the year; far beyond, there is no time in PostgreSQL either.
  private static boolean hasLabel(int year) {
    return year >= 1 && year <= 9999;
  }

  /// @throws OpdException INVALID_INPUT for anything but an ISO-8601 date, `today`, `tomorrow` or
  ///   `yesterday`
  public LocalDate date(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "today" -> today;
      case "tomorrow" -> today.plusDays(1);
      case "yesterday" -> today.minusDays(1);
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
        "give it as 2026-11-22, or say today, tomorrow or yesterday");
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
