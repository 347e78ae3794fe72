package opd.simulation.plan;

import java.time.LocalTime;
import opd.domain.TokenPriority;

/// Something that a scenario fixes, where everything else is left to chance.
public sealed interface Incident {
  /// UTC.
  LocalTime at();

  /// The doctor's number in the hospital, from 1.
  int doctor();

  /// The doctor's current or next slot is delayed.
  ///
  /// @param minutes 1 to 600
  record Delay(LocalTime at, int doctor, int minutes) implements Incident {}

  /// The doctor goes away: all slots that have not ended are cancelled.
  record Leave(LocalTime at, int doctor) implements Incident {}

  /// Patients come at once and ask for the doctor's current or next slot.
  ///
  /// @param count 1 to 1,000
  record Arrivals(LocalTime at, int doctor, int count, TokenPriority priority)
      implements Incident {}
}
