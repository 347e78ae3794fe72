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
        ? "the slot was cancelled" + cancellation.map(slot -> ": " + slot.reason()).orElse("")
        : displaced.by() + " took the place";
  }
}
