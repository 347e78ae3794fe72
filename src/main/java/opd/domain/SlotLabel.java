package opd.domain;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A slot's name for people and scripts: doctor, date and start as the clock on the facility's wall
/// shows it, as `RAO-20261122-0900`. Unique, because the starts of a doctor's slots are. It is
/// given once, by the database when the slot is opened, and never worked out again: Java and
/// PostgreSQL disagree about odd zones.
///
/// @param wallTime of the start, on a whole minute
/// @param isSecond whether it is the second of two equal wall times, when clocks go back; its name
///   ends in `b`
public record SlotLabel(DoctorCode doctor, LocalDateTime wallTime, boolean isSecond)
    implements Comparable<SlotLabel> {
  private static final DateTimeFormatter WALL_TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd-HHmm", Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);
  private static final DateTimeFormatter SHORT = DateTimeFormatter.ofPattern("HHmm", Locale.ROOT);

  /// What the database would call a slot of the doctor's that begins then, but for odd zones.
  public static SlotLabel of(DoctorCode doctor, Instant start, ZoneId zone) {
    LocalDateTime wallTime = start.atZone(zone).toLocalDateTime();
    List<ZoneOffset> offsets = zone.getRules().getValidOffsets(wallTime);
    boolean isSecond =
        offsets.size() > 1 && zone.getRules().getOffset(start).equals(offsets.getLast());
    return new SlotLabel(doctor, wallTime, isSecond);
  }

  /// The full label, or empty when the text has another shape.
  public static Optional<SlotLabel> parse(String text) {
    int dash = text.indexOf('-');
    if (dash < 0) {
      return Optional.empty();
    }
    boolean isSecond = text.endsWith("b") || text.endsWith("B");
    String time = text.substring(dash + 1, isSecond ? text.length() - 1 : text.length());
    try {
      return Optional.of(
          new SlotLabel(
              DoctorCode.parse(text.substring(0, dash)),
              LocalDateTime.parse(time, WALL_TIME),
              isSecond));
    } catch (DateTimeParseException | OpdException e) {
      return Optional.empty();
    }
  }

  /// The day that the slot belongs to.
  public LocalDate day() {
    return wallTime.toLocalDate();
  }

  /// The label without its date, as people say it on its day: `RAO-0900`.
  public String shortText() {
    return doctor + "-" + SHORT.format(wallTime) + suffix();
  }

  private String suffix() {
    return isSecond ? "b" : "";
  }

  /// By wall time: of one doctor's slots nearly the order of their starts, but where clocks go
  /// back.
  @Override
  public int compareTo(SlotLabel other) {
    // Composed comparators would be classes that the JVM makes in every process.
    int byTime = wallTime.compareTo(other.wallTime);
    int byTurn = Boolean.compare(isSecond, other.isSecond);
    return byTime != 0 ? byTime : byTurn != 0 ? byTurn : doctor.compareTo(other.doctor);
  }

  /// Not the record's own, for which the JVM makes classes in every process: every allocation
  /// compares labels.
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SlotLabel label && compareTo(label) == 0;
  }

  @Override
  public int hashCode() {
    return Objects.hash(doctor.value(), wallTime, isSecond);
  }

  @Override
  public String toString() {
    return doctor + "-" + WALL_TIME.format(wallTime) + suffix();
  }
}
