package opd.decision;

import opd.domain.TokenStatus;
import org.jspecify.annotations.Nullable;

/// How a token came to its present status.
///
/// @param event that told of it
/// @param number of its entry in the slot's chain
/// @param before what the token was until then; null for a token that is as it was given
public record LastChange(AuditEvent.StatusChange event, long number, @Nullable TokenStatus before) {

  /// What an undo makes of the token again; null where it can take nothing back, as the change was
  /// none that ends a token's way, or a part of another.
  @Nullable TokenStatus undone() {
    boolean isByItself =
        switch (event) {
          case AuditEvent.TokenCancelled cancelled ->
              !cancelled.replaced() && cancelled.movedTo() == null;
          case AuditEvent.TokenNoShow _ -> true;
          case AuditEvent.TokenCompleted completed -> !completed.withSlot();
          case AuditEvent.TokenAllocated _,
              AuditEvent.TokenReinstated _,
              AuditEvent.TokenDisplaced _,
              AuditEvent.ChangeUndone _ ->
              false;
        };
    return isByItself ? before : null;
  }
}
