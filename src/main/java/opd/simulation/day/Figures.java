package opd.simulation.day;

/// What a manager asks about a priority, a doctor, or the whole of a generated day.
///
/// @param requests requests for a token that were decided
/// @param displaced places lost, to a higher claim or by a slot's cancellation
/// @param displacedTwice patients who lost a place twice or more often
/// @param reallocated displaced tokens that got a place again
/// @param completed patients who were seen
/// @param idleSeconds of slots that were not cancelled: time from their beginning until their end,
///   as they took place, in which no patient was with the doctor; 0 for a priority
/// @param overtimeSeconds how much longer doctors saw patients than until the planned end of their
///   last slot, all doctors together; 0 for a priority
/// @param places offered by the slots that were not cancelled; 0 for a priority, which has none
public record Figures(
    int requests,
    int admitted,
    int refused,
    int displaced,
    int displacedTwice,
    int reallocated,
    int cancelled,
    int noShow,
    int completed,
    int places,
    Waits waits,
    long idleSeconds,
    long overtimeSeconds) {

  /// Patients seen for each hundred places, rounded; more than 100 where places that became free
  /// were given again; 0 without places.
  public int utilisationPercent() {
    return places == 0 ? 0 : Math.toIntExact(Math.round(100.0 * completed / places));
  }
}
