package opd.report;

import java.time.format.TextStyle;
import java.util.Comparator;
import java.util.Locale;
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
      case HOUR -> "%02d".formatted(slot.wallTime().getHour());
      case WEEKDAY -> slot.day().getDayOfWeek().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
      case ACTOR -> actor;
    };
  }

  /// The order in which groups are shown: priorities from the highest, days from Monday.
  static Comparator<String> order(Grouping by) {
    return switch (by) {
      case PRIORITY ->
          Comparator.comparingInt((String name) -> -TokenPriority.valueOf(name).rank());
      case WEEKDAY -> Comparator.comparingInt("MonTueWedThuFriSatSun"::indexOf);
      case DOCTOR, SOURCE, HOUR, ACTOR -> Comparator.naturalOrder();
    };
  }
}
