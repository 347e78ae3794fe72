package opd.decision;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import opd.domain.SlotStatus;

/// What the rule needs to know of a slot.
///
/// @param capacity at least 1
/// @param active the ACTIVE tokens in the queue's order; never more than the capacity
public record SlotState(SlotStatus status, int capacity, List<ActiveToken> active) {

  /// Takes the tokens in any order.
  public SlotState {
    if (capacity < 1) {
      throw new IllegalArgumentException("a slot has at least 1 place, not " + capacity);
    }
    active = active.stream().sorted(QueueOrder.OF_ACTIVE).toList();
    if (active.size() > capacity) {
      throw new IllegalArgumentException(
          "%d active tokens in %d places".formatted(active.size(), capacity));
    }
  }

  /// Whether no place is free: rule 1 counts the ACTIVE tokens and no others.
  public boolean isFull() {
    return active.size() == capacity;
  }

  /// The token that the patient holds here, if any.
  public Optional<ActiveToken> heldBy(long patientId) {
    return active.stream().filter(token -> token.patientId() == patientId).findFirst();
  }

  /// The tokens in the order in which they would lose their place: the lowest rank first, and among
  /// equals the latest arrival.
  public List<ActiveToken> candidates() {
    return active.reversed();
  }

  /// The state after this token lost or gave up its place.
  public SlotState without(ActiveToken gone) {
    return new SlotState(
        status, capacity, active.stream().filter(token -> !token.equals(gone)).toList());
  }

  /// The state after this token took a place.
  public SlotState with(ActiveToken added) {
    return new SlotState(
        status, capacity, Stream.concat(active.stream(), Stream.of(added)).toList());
  }

  /// The place in the queue, from 1, or 0 when no ACTIVE token has that number.
  public int positionOf(int sequence) {
    for (int index = 0; index < active.size(); index++) {
      if (active.get(index).sequence() == sequence) {
        return index + 1;
      }
    }
    return 0;
  }
}
