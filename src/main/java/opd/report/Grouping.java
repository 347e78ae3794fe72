package opd.report;

import java.util.Locale;

/// By what a report's figures are told apart.
public enum Grouping {
  DOCTOR,
  PRIORITY,
  SOURCE,
  /// The hour in which the slot begins, on the facility's clock.
  HOUR,
  /// The day of the week of the slot.
  WEEKDAY,
  /// Who decided, as the entry tells.
  ACTOR;

  /// As the command line and JSON write it.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Whether a slot as a whole belongs to one of the groups: its places have no priority and nobody
  /// who decided them.
  public boolean groupsSlots() {
    return switch (this) {
      case DOCTOR, HOUR, WEEKDAY -> true;
      case PRIORITY, SOURCE, ACTOR -> false;
    };
  }
}
