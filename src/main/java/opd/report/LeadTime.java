package opd.report;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;

/// How many days before the slot's day a place was given, by the facility's calendar.
enum LeadTime {
  SAME_DAY(
      "sameDay",
      "same day",
      "given on the day",
      Count.SAME_DAY_GIVEN,
      Count.SAME_DAY_CANCELLED,
      Count.SAME_DAY_NO_SHOW,
      Count.SAME_DAY_COMPLETED),
  WEEK(
      "week",
      "1 to 6 days",
      "given 1 to 6 days before",
      Count.WEEK_GIVEN,
      Count.WEEK_CANCELLED,
      Count.WEEK_NO_SHOW,
      Count.WEEK_COMPLETED),
  LONGER(
      "longer",
      "7 days or more",
      "given 7 days before or more",
      Count.LONGER_GIVEN,
      Count.LONGER_CANCELLED,
      Count.LONGER_NO_SHOW,
      Count.LONGER_COMPLETED);

  private static final int WEEK_DAYS = 7;

  final String field;
  final String words;
  // What the definition says of its tokens.
  final String definition;
  final Count given;
  final Count cancelled;
  final Count noShow;
  final Count completed;

  LeadTime(
      String field,
      String words,
      String definition,
      Count given,
      Count cancelled,
      Count noShow,
      Count completed) {
    this.field = field;
    this.words = words;
    this.definition = definition;
    this.given = given;
    this.cancelled = cancelled;
    this.noShow = noShow;
    this.completed = completed;
  }

  /// One that was given after the slot's day counts as given on it.
  static LeadTime of(LocalDate given, LocalDate day) {
    long days = ChronoUnit.DAYS.between(given, day);
    if (days <= 0) {
      return SAME_DAY;
    }
    return days < WEEK_DAYS ? WEEK : LONGER;
  }
}
