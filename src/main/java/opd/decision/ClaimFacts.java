package opd.decision;

import java.util.List;
import opd.domain.TokenPriority;
import opd.domain.TokenSource;

/// What an allocation was decided on.
///
/// @param active the ACTIVE tokens counted before the decision
/// @param candidates when the slot was full, its ACTIVE tokens in the order in which they would
///   lose their place; else empty
public record ClaimFacts(
    TokenPriority priority,
    TokenSource source,
    int capacity,
    int active,
    List<ActiveToken> candidates) {

  /// What a decision was made on: capacity, places taken, the incoming rank, and in a full slot who
  /// would lose the place, in the order of rules 2, 3 and 5.
  public static ClaimFacts of(SlotState slot, TokenPriority priority, TokenSource source) {
    List<ActiveToken> candidates = slot.isFull() ? slot.candidates() : List.of();
    return new ClaimFacts(priority, source, slot.capacity(), slot.active().size(), candidates);
  }
}
