package opd.domain;

import java.time.LocalDate;

/// Days on the facility's calendar.
///
/// @param last included
public record Days(LocalDate first, LocalDate last) {
  /// One day.
  public static Days of(LocalDate day) {
    return new Days(day, day);
  }
}
