package opd.simulation.plan;

import java.util.List;

/// A hospital's day: how large it is, how people behave, and what is known to happen.
public record Scenario(Sizes sizes, Rates rates, List<Incident> incidents) {
  public Scenario {
    incidents = List.copyOf(incidents);
  }

  public static Scenario of(Sizes sizes) {
    return new Scenario(sizes, Rates.STANDARD, List.of());
  }
}
