package opd.decision;

import java.time.Instant;
import opd.domain.Slot;
import opd.domain.TokenLabel;

/// An ACTIVE token that a patient holds, as it was seen without a lock.
///
/// @param start of its slot
/// @param end of its slot, as planned
public record HeldToken(TokenLabel label, Instant start, Instant end) {
  /// Whether its slot is another one and overlaps this one, by planned times.
  boolean overlaps(Slot slot) {
    return !label.slot().equals(slot.label())
        && start.isBefore(slot.end())
        && end.isAfter(slot.start());
  }
}
