package opd.report;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import opd.domain.TokenLabel;
import org.jspecify.annotations.Nullable;

/// A day as it happened: its slots, with all that the log tells of them.
///
/// @param slots by their labels
public record LoggedDay(LocalDate date, List<LoggedSlot> slots) {
  public LoggedDay {
    slots = List.copyOf(slots);
  }

  /// The day's figures by doctor, those of all last.
  ///
  /// @param zone of the facility
  public List<Report.Row> byDoctor(ZoneId zone) {
    Tallies tallies = new Tallies(Optional.of(Grouping.DOCTOR));
    new DayCount(this, zone, tallies).count();
    return tallies.rows();
  }

  /// When the patient of a token of the day came; null where nobody noted it.
  public Map<TokenLabel, @Nullable Instant> arrivals() {
    DayTokens tokens = new DayTokens(this);
    Map<TokenLabel, @Nullable Instant> arrivals = new HashMap<>();
    for (LoggedSlot slot : slots) {
      slot.tokens().forEach(token -> arrivals.put(token.label(), Arrival.of(token, tokens)));
    }
    return arrivals;
  }
}
