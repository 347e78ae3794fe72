package opd.simulation.plan;

import java.time.ZoneId;
import java.util.List;

/// A hospital's day: how large it is, how people behave, and what is known to happen.
///
/// @param zone of the clock on the hospital's wall, by which the day is planned
public record Scenario(Sizes sizes, Rates rates, List<Incident> incidents, ZoneId zone) {
  public static final ZoneId STANDARD_ZONE = ZoneId.of("UTC");

  public Scenario {
    incidents = List.copyOf(incidents);
  }

  public static Scenario of(Sizes sizes) {
    return new Scenario(sizes, Rates.STANDARD, List.of(), STANDARD_ZONE);
  }

  /// The same hospital elsewhere.
  public Scenario in(ZoneId other) {
    return new Scenario(sizes, rates, incidents, other);
  }
}
