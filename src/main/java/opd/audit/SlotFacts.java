package opd.audit;

import opd.domain.Slot;
import opd.domain.SlotLabel;

/// A slot that was recommended to a patient, as it was at that moment.
///
/// @param free the places that could be had without displacing anybody
public record SlotFacts(SlotLabel label, int free) {
  public static SlotFacts of(Slot slot) {
    return new SlotFacts(slot.label(), slot.free());
  }
}
