package opd.simulation.report;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import opd.domain.SlotLabel;
import opd.domain.TokenLabel;

/// Times, labels and enum values as the page's readers say them.
final class ReportPhrases {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("EEEE d MMMM uuuu", Locale.ENGLISH);

  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH);

  private ReportPhrases() {}

  static String time(Instant at) {
    return TIME.format(at);
  }

  static String time(SlotLabel slot) {
    return TIME.format(slot.wallTime().atOffset(ZoneOffset.UTC)) + (slot.isSecond() ? "b" : "");
  }

  /// Marked where it is on the day before, with its date where it is on any other.
  static String time(Instant at, LocalDate day) {
    LocalDate date = at.atOffset(ZoneOffset.UTC).toLocalDate();
    if (date.equals(day)) {
      return time(at);
    }
    return (date.equals(day.minusDays(1)) ? "eve" : DATE.format(date)) + " " + time(at);
  }

  static String day(LocalDate date) {
    return DAY.format(date);
  }

  /// A slot of the page's day: `RAO 09:00`.
  static String slot(SlotLabel slot) {
    return slot.doctor() + " " + time(slot);
  }

  /// A token of the page's day: `RAO 09:00, number 7`.
  static String token(TokenLabel token) {
    return slot(token.slot()) + ", number " + token.sequence();
  }

  static String of(Enum<?> value) {
    return value.name().replace('_', '-').toLowerCase(Locale.ROOT);
  }

  static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /// Whole minutes, rounded.
  static String minutes(long seconds) {
    return Math.round(Duration.ofSeconds(seconds).toMillis() / 60_000.0) + " min";
  }
}
