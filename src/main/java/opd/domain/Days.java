package opd.domain;

import java.time.LocalDate;

/// Days on the facility's calendar.
///
/// @param last included
public record Days(LocalDate first, LocalDate last) {
  /// The last that there are labels for.
  private static final LocalDate END = LocalDate.of(9999, 12, 31);

  /// A day and all that follow.
  public static Days from(LocalDate day) {
    return new Days(day, END);
  }

  /// One day.
  public static Days of(LocalDate day) {
    return new Days(day, day);
  }
}
