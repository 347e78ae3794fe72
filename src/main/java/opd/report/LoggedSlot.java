package opd.report;

import java.time.Instant;
import java.util.List;
import opd.decision.AuditEvent;
import opd.domain.SlotLabel;
import opd.domain.SlotStatus;

/// A slot as its chain in the log tells of it, from its opening on.
///
/// @param end as planned in the end, without a delay
/// @param capacity in the end
/// @param status in the end
/// @param delayMinutes in the end
/// @param tokens by number
/// @param refusals requests for a place that were refused, in their order
/// @param changes what happened to the slot itself, its opening first
public record LoggedSlot(
    SlotLabel label,
    Instant start,
    Instant end,
    int capacity,
    SlotStatus status,
    int delayMinutes,
    List<LoggedToken> tokens,
    List<Refused> refusals,
    List<Change> changes) {

  public LoggedSlot {
    tokens = List.copyOf(tokens);
    refusals = List.copyOf(refusals);
    changes = List.copyOf(changes);
  }

  /// Somebody was refused a place.
  ///
  /// @param entry the id of the entry that tells of it
  /// @param request the id of the request, which may have got a place in a later slot
  public record Refused(
      long entry,
      Instant at,
      String actor,
      String request,
      long patient,
      AuditEvent.AllocationRejected event) {
    /// Whether it was a new request, and none for somebody who lost or gave up another place.
    boolean isOfRequest() {
      return event.reallocatedFrom() == null && event.movedFrom() == null;
    }
  }

  /// A change of the slot, and what it was afterwards.
  ///
  /// @param entry the id of the entry that tells of it
  /// @param request the id of the request
  public record Change(
      long entry,
      Instant at,
      String actor,
      String request,
      AuditEvent event,
      SlotStatus status,
      int delayMinutes,
      int capacity) {}
}
