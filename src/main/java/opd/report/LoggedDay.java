package opd.report;

import java.time.LocalDate;
import java.util.List;

/// A day as it happened: its slots, with all that the log tells of them.
///
/// @param slots in the order of their chains
public record LoggedDay(LocalDate date, List<LoggedSlot> slots) {
  public LoggedDay {
    slots = List.copyOf(slots);
  }
}
