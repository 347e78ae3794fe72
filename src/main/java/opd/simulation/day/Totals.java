package opd.simulation.day;

/// How often what happened, counted from the outcomes; a replayed outcome does not count again.
///
/// @param requests requests for a token that were decided: the admitted and the rejected ones
/// @param displaced places lost, to a higher claim or by a slot's cancellation
/// @param cancelled tokens cancelled, those that were given up for another of the patient included
/// @param completed tokens completed, alone or with their slot
/// @param reallocated displaced tokens that got a place again, in their own slot or in another
public record Totals(
    int requests,
    int admitted,
    int displaced,
    int rejected,
    int cancelled,
    int noShow,
    int completed,
    int reallocated) {
  static final Totals NONE = new Totals(0, 0, 0, 0, 0, 0, 0, 0);

  /// With what else was counted.
  Totals and(Figures more) {
    return new Totals(
        requests + more.requests(),
        admitted + more.admitted(),
        displaced + more.displaced(),
        rejected + more.refused(),
        cancelled + more.cancelled(),
        noShow + more.noShow(),
        completed + more.completed(),
        reallocated + more.reallocated());
  }
}
