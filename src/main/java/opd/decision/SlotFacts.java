package opd.decision;

import java.time.Instant;
import opd.domain.Slot;
import opd.domain.SlotLabel;
import opd.domain.SlotStatus;
import opd.domain.StatusCounts;

/// A slot that was recommended to a patient, as it was at that moment: everything but its id, which
/// may differ from database to database and would be in the hash.
public record SlotFacts(
    SlotLabel label,
    Instant start,
    Instant end,
    int capacity,
    SlotStatus status,
    int delayMinutes,
    StatusCounts counts) {
  /// All of the slot but its id.
  public static SlotFacts of(Slot slot) {
    return new SlotFacts(
        slot.label(),
        slot.start(),
        slot.end(),
        slot.capacity(),
        slot.status(),
        slot.delayMinutes(),
        slot.counts());
  }

  /// The slot that these facts rebuild, as it was at that moment.
  public Slot withId(long id) {
    return new Slot(id, label, start, end, capacity, status, delayMinutes, counts);
  }
}
