package opd.domain;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.Optional;

/// A slot's name for people and scripts: doctor, date and start in UTC, as `RAO-20261122-0900`.
/// Unique, because the starts of a doctor's slots are.
public record SlotLabel(DoctorCode doctor, Instant start) implements Comparable<SlotLabel> {
  private static final DateTimeFormatter START =
      DateTimeFormatter.ofPattern("uuuuMMdd-HHmm", Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT)
          .withZone(ZoneOffset.UTC);

  /// The full label, or empty when the text has another shape.
  public static Optional<SlotLabel> parse(String text) {
    int dash = text.indexOf('-');
    if (dash < 0) {
      return Optional.empty();
    }
    try {
      Instant start = Instant.from(START.parse(text.substring(dash + 1)));
      return Optional.of(new SlotLabel(DoctorCode.parse(text.substring(0, dash)), start));
    } catch (DateTimeParseException | OpdException e) {
      return Optional.empty();
    }
  }

  /// The UTC day that the slot belongs to.
  public LocalDate day() {
    return start.atOffset(ZoneOffset.UTC).toLocalDate();
  }

  @Override
  public int compareTo(SlotLabel other) {
    int byStart = start.compareTo(other.start);
    return byStart != 0 ? byStart : doctor.compareTo(other.doctor);
  }

  @Override
  public String toString() {
    return doctor + "-" + START.format(start);
  }
}
