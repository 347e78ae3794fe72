package opd.verify;

import opd.decision.AuditEvent;
import org.jspecify.annotations.Nullable;

/// Runs one chain of the log again, entry by entry.
sealed interface ChainReplay permits SlotReplay, DoctorReplay, PatientReplay, FacilityReplay {
  /// What the entry must say, given those before it. Of its own word only what people asked for is
  /// taken: who asked for what, where and why.
  ///
  /// @throws CannotReplay when it cannot follow those before it
  Replayed step(LoggedEntry entry, AuditEvent event);

  /// The label of the chain's slot, as its first entry has it, or null.
  default @Nullable String slotLabel() {
    return null;
  }

  /// The number that the token got, or null when no entry gave it one.
  default @Nullable Integer sequence(long tokenId) {
    return null;
  }
}
