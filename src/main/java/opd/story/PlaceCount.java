package opd.story;

import opd.decision.AuditEvent;
import opd.domain.TokenStatus;

/// Counts a slot's places along its entries.
final class PlaceCount {
  private int capacity;
  private int active;
  private boolean isOpen;

  void count(AuditEvent event) {
    switch (event) {
      case AuditEvent.SlotOpened opened -> {
        capacity = opened.capacity();
        isOpen = true;
      }
      case AuditEvent.SlotCancelled _, AuditEvent.SlotCompleted _ -> isOpen = false;
      case AuditEvent.TokenAllocated _, AuditEvent.TokenReinstated _ -> active++;
      case AuditEvent.TokenDisplaced _, AuditEvent.TokenNoShow _ -> active--;
      case AuditEvent.TokenCompleted _ -> active--;
      case AuditEvent.TokenCancelled cancelled ->
          active -= cancelled.before() == TokenStatus.ACTIVE ? 1 : 0;
      case AuditEvent.ChangeUndone undone ->
          active += undone.status() == TokenStatus.ACTIVE ? 1 : 0;
      case AuditEvent.SlotChanged changed -> capacity = changed.capacity();
      case AuditEvent.SlotReopened _ -> isOpen = true;
      case AuditEvent.SlotDelayed _, AuditEvent.TokenReallocated _ -> {}
      case AuditEvent.AllocationRejected _, AuditEvent.ChangeRejected _ -> {}
      case AuditEvent.ServingEvent _, AuditEvent.OutsideSlots _ -> {}
    }
  }

  boolean isOpen() {
    return isOpen;
  }

  boolean hasFree() {
    return isOpen && active < capacity;
  }
}
