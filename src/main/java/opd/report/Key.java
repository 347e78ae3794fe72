package opd.report;

import java.time.DayOfWeek;
import java.util.Comparator;
import opd.domain.SlotLabel;
import opd.domain.TokenPriority;
import opd.domain.TokenSource;
import org.jspecify.annotations.Nullable;

/// Where something that is counted belongs.
///
/// @param priority null for a slot as a whole
/// @param source null for a slot as a whole
/// @param actor null for a slot as a whole
record Key(
    SlotLabel slot,
    @Nullable TokenPriority priority,
    @Nullable TokenSource source,
    @Nullable String actor) {
  private static final String WEEKDAYS = "MonTueWedThuFriSatSun";
  private static final int LETTERS = 3;

  static Key of(LoggedSlot slot) {
    return new Key(slot.label(), null, null, null);
  }

  /// @param actor who decided what is counted
  static Key of(LoggedToken token, String actor) {
    return new Key(token.label().slot(), token.priority(), token.source(), actor);
  }

  static Key of(LoggedSlot slot, LoggedSlot.Refused refused) {
    var claim = refused.event().claim();
    return new Key(slot.label(), claim.priority(), claim.source(), refused.actor());
  }

  /// The group's name, or null where it belongs to none.
  @Nullable String group(Grouping by) {
    return switch (by) {
      case DOCTOR -> slot.doctor().value();
      case PRIORITY -> priority == null ? null : priority.name();
      case SOURCE -> source == null ? null : source.name();
      case HOUR -> twoDigits(slot.wallTime().getHour());
      case WEEKDAY -> weekday(slot.day().getDayOfWeek());
      case ACTOR -> actor;
    };
  }

  // Named for every token some ten times, for which a formatter takes longer than the counting.
  private static String twoDigits(int hour) {
    return hour < 10 ? "0" + hour : "" + hour;
  }

  private static String weekday(DayOfWeek day) {
    int end = LETTERS * day.getValue();
    return WEEKDAYS.substring(end - LETTERS, end);
  }

  /// The order in which groups are shown: priorities from the highest, days from Monday.
  static Comparator<String> order(Grouping by) {
    return switch (by) {
      case PRIORITY ->
          Comparator.comparingInt((String name) -> -TokenPriority.valueOf(name).rank());
      case WEEKDAY -> Comparator.comparingInt(WEEKDAYS::indexOf);
      case DOCTOR, SOURCE, HOUR, ACTOR -> Comparator.naturalOrder();
    };
  }
}
