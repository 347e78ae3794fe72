package opd.story;

import java.util.Optional;
import opd.decision.AuditEvent;

/// Says in a few words how a token lost its place.
public final class LossReason {
  private LossReason() {}

  /// @param cancellation of the slot, if the place was lost with it
  public static String of(
      AuditEvent.TokenDisplaced displaced, Optional<AuditEvent.SlotCancelled> cancellation) {
    return displaced.by() == null
        ? cancellation
            .map(slot -> "the slot was cancelled: " + slot.reason())
            .orElse("the slot has fewer places")
        : displaced.by() + " took the place";
  }
}
