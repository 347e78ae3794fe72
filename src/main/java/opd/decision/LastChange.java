package opd.decision;

import opd.domain.TokenStatus;
import org.jspecify.annotations.Nullable;

/// How a token came to its present status.
///
/// @param event that told of it
/// @param number of its entry in the slot's chain
/// @param before what the token was until then; null for a token that is as it was given
public record LastChange(AuditEvent event, long number, @Nullable TokenStatus before) {

  /// What an undo makes of the token again; null where it can take nothing back, as the change was
  /// none that ends a token's way, or a part of another.
  @Nullable TokenStatus undone() {
    boolean isByItself =
        switch (event) {
          case AuditEvent.TokenCancelled cancelled ->
              !cancelled.replaced() && cancelled.movedTo() == null;
          case AuditEvent.TokenNoShow _ -> true;
          case AuditEvent.TokenCompleted completed -> !completed.withSlot();
          case AuditEvent.FacilitySet _,
              AuditEvent.DoctorAdded _,
              AuditEvent.DoctorChanged _,
              AuditEvent.PatientRegistered _,
              AuditEvent.PatientChanged _,
              AuditEvent.PatientErased _,
              AuditEvent.ErasureRejected _,
              AuditEvent.SlotOpened _,
              AuditEvent.SlotDelayed _,
              AuditEvent.SlotCancelled _,
              AuditEvent.SlotCompleted _,
              AuditEvent.SlotChanged _,
              AuditEvent.SlotReopened _,
              AuditEvent.TokenAllocated _,
              AuditEvent.TokenDisplaced _,
              AuditEvent.AllocationRejected _,
              AuditEvent.TokenReinstated _,
              AuditEvent.TokenReallocated _,
              AuditEvent.ChangeUndone _,
              AuditEvent.ChangeRejected _,
              AuditEvent.TokenArrived _,
              AuditEvent.TokenCalled _,
              AuditEvent.TokenParked _,
              AuditEvent.TokenReturned _ ->
              false;
        };
    return isByItself ? before : null;
  }
}
