package opd.record;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.ZoneOffset;
import java.util.List;
import opd.decision.AuditEvent;
import opd.decision.AuditEvent.AllocationRejected;
import opd.decision.AuditEvent.ChangeRejected;
import opd.decision.AuditEvent.DoctorAdded;
import opd.decision.AuditEvent.DoctorChanged;
import opd.decision.AuditEvent.PatientChanged;
import opd.decision.AuditEvent.PatientRegistered;
import opd.decision.AuditEvent.SlotCancelled;
import opd.decision.AuditEvent.SlotCompleted;
import opd.decision.AuditEvent.SlotDelayed;
import opd.decision.AuditEvent.SlotOpened;
import opd.decision.AuditEvent.TokenAllocated;
import opd.decision.AuditEvent.TokenCancelled;
import opd.decision.AuditEvent.TokenCompleted;
import opd.decision.AuditEvent.TokenDisplaced;
import opd.decision.AuditEvent.TokenNoShow;
import opd.decision.AuditEvent.TokenReallocated;
import opd.decision.AuditEvent.TokenReinstated;
import opd.decision.ChangeFacts;
import opd.decision.ClaimFacts;
import opd.decision.SlotFacts;
import opd.domain.SlotLabel;
import opd.domain.TokenStatus;
import org.jspecify.annotations.Nullable;

/// The facts of an event as the JSON object that is stored and hashed. Fields are in a fixed order,
/// and those without a value are left out.
public final class FactsJson {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private FactsJson() {}

  /// The text that is stored and hashed.
  public static String text(AuditEvent event) {
    return JsonText.of(of(event));
  }

  static ObjectNode of(AuditEvent event) {
    return switch (event) {
      case AuditEvent.FacilitySet set ->
          object()
              .put("region", set.region())
              .put("zone", set.zone())
              .put("clock", set.clock().name())
              .put("phoneKeyDigest", set.phoneKeyDigest());
      case DoctorAdded(String details) -> object().put("details", details);
      case DoctorChanged(boolean active, var details) ->
          put(object().put("active", active), "details", details);
      case PatientRegistered(String identity) -> object().put("identity", identity);
      case PatientChanged(String identity) -> object().put("identity", identity);
      case AuditEvent.PatientErased(String reason) -> object().put("reason", reason);
      case AuditEvent.ErasureRejected(var refusal, var holds, var status) ->
          object()
              .put("code", refusal.name())
              .put("wish", AuditEvent.ErasureRejected.CHANGE)
              .put("holds", holds.toString())
              .put("tokenStatus", status.name());
      case SlotOpened opened -> ofOpened(opened);
      case SlotDelayed(int minutes, int minutesBefore) ->
          object().put("minutes", minutes).put("minutesBefore", minutesBefore);
      case SlotCancelled cancelled -> ofCancelled(cancelled);
      case SlotCompleted(List<Integer> sequences) -> object().set("tokens", numbers(sequences));
      case TokenAllocated allocated -> ofAllocated(allocated);
      case TokenDisplaced displaced -> put(object(), "by", displaced.by());
      case AllocationRejected rejected -> ofRejected(rejected);
      case TokenCancelled cancelled -> ofCancelled(cancelled);
      case TokenNoShow _ -> object();
      case TokenCompleted(boolean withSlot) -> withSlot ? object().put("withSlot", true) : object();
      case TokenReinstated reinstated ->
          put(ofClaim(reinstated.claim()), "displaced", reinstated.displaced());
      case TokenReallocated reallocated -> put(object(), "successor", reallocated.successor());
      case ChangeRejected rejected -> ofChangeRejected(rejected);
      case AuditEvent.SlotChanged changed ->
          object()
              .put("capacity", changed.capacity())
              .put("capacityBefore", changed.capacityBefore())
              .put("end", changed.end().toString())
              .put("endBefore", changed.endBefore().toString())
              .set("tokens", numbers(changed.sequences()));
      case AuditEvent.SlotReopened reopened -> ofReopened(reopened);
      case AuditEvent.TokenArrived(boolean again) -> flag(object(), "again", again);
      case AuditEvent.TokenParked(boolean again, var reason) ->
          put(flag(object(), "again", again), "reason", reason);
      case AuditEvent.TokenReturned(boolean again) -> flag(object(), "again", again);
      case AuditEvent.TokenCalled called -> ofCalled(called);
      case AuditEvent.ChangeUndone undone ->
          put(
              put(
                  object()
                      .put("undoes", undone.undoes())
                      .put("before", undone.before().name())
                      .put("status", undone.status().name()),
                  "reason",
                  undone.reason()),
              "holds",
              undone.holds());
    };
  }

  /// Label and day are told where UTC does not tell them: the log never asks a zone.
  private static ObjectNode ofOpened(SlotOpened opened) {
    SlotLabel label = opened.label();
    ObjectNode facts =
        object()
            .put("doctor", label.doctor().value())
            .put("start", opened.start().toString())
            .put("end", opened.end().toString())
            .put("capacity", opened.capacity());
    SlotLabel inUtc = SlotLabel.of(label.doctor(), opened.start(), ZoneOffset.UTC);
    put(facts, "label", label.equals(inUtc) ? null : label);
    return put(facts, "day", label.day().equals(inUtc.day()) ? null : label.day());
  }

  private static ObjectNode ofAllocated(TokenAllocated allocated) {
    ObjectNode facts = ofClaim(allocated.claim());
    put(facts, "displaced", allocated.displaced());
    put(facts, "reallocatedFrom", allocated.reallocatedFrom());
    put(facts, "movedFrom", allocated.movedFrom());
    return put(facts, "arrivedAt", allocated.arrivedAt());
  }

  private static ObjectNode ofRejected(AllocationRejected rejected) {
    ObjectNode facts = object().put("code", rejected.refusal().name());
    facts.put("slotStatus", rejected.status().name());
    facts.setAll(ofClaim(rejected.claim()));
    put(facts, "existing", rejected.existing());
    SlotFacts next = rejected.next();
    if (next != null) {
      facts.set("next", ofSlot(next));
    }
    put(facts, "reallocatedFrom", rejected.reallocatedFrom());
    return put(facts, "movedFrom", rejected.movedFrom());
  }

  private static ObjectNode ofSlot(SlotFacts slot) {
    ObjectNode facts = object().put("slot", slot.label().toString());
    SlotLabel inUtc = SlotLabel.of(slot.label().doctor(), slot.start(), ZoneOffset.UTC);
    put(facts, "start", slot.label().equals(inUtc) ? null : slot.start());
    facts
        .put("end", slot.end().toString())
        .put("capacity", slot.capacity())
        .put("status", slot.status().name())
        .put("delayMinutes", slot.delayMinutes());
    ObjectNode counts = facts.putObject("counts");
    for (TokenStatus status : TokenStatus.values()) {
      counts.put(status.name(), slot.counts().of(status));
    }
    return facts;
  }

  private static ObjectNode ofCancelled(SlotCancelled cancelled) {
    ObjectNode facts = object().put("reason", cancelled.reason());
    facts.set("tokens", numbers(cancelled.sequences()));
    if (cancelled.moving()) {
      facts.put("moving", true);
    }
    return put(facts, "cover", cancelled.cover());
  }

  private static ObjectNode ofCancelled(TokenCancelled cancelled) {
    ObjectNode facts = object().put("before", cancelled.before().name());
    put(facts, "reason", cancelled.reason());
    put(facts, "movedTo", cancelled.movedTo());
    return cancelled.replaced() ? facts.put("replaced", true) : facts;
  }

  private static ObjectNode ofReopened(AuditEvent.SlotReopened reopened) {
    ObjectNode facts =
        object()
            .put("reason", reopened.reason())
            .put("before", reopened.before().name())
            .put("status", reopened.status().name())
            .set("tokens", numbers(reopened.sequences()));
    return reopened.erased().isEmpty() ? facts : facts.set("erased", numbers(reopened.erased()));
  }

  private static ObjectNode ofChangeRejected(ChangeRejected rejected) {
    ObjectNode facts =
        object().put("code", rejected.refusal().name()).put("wish", rejected.change());
    put(facts, "tokenStatus", rejected.token());
    put(facts, "slotStatus", rejected.slot());
    return put(facts, rejected.facts());
  }

  private static ObjectNode put(ObjectNode facts, ChangeFacts more) {
    put(facts, "existing", more.existing());
    if (more.capacity() != null) {
      facts.put("capacity", more.capacity());
    }
    if (more.active() != null) {
      facts.put("active", more.active());
    }
    if (more.erased()) {
      facts.put("erased", true);
    }
    put(facts, "reason", more.reason());
    put(facts, "to", more.to());
    flag(facts, "present", more.present());
    return put(facts, "room", more.room());
  }

  private static ObjectNode ofCalled(AuditEvent.TokenCalled called) {
    ObjectNode facts = put(object(), "room", called.room()).put("calls", called.calls());
    flag(facts, "next", called.isNext());
    flag(facts, "present", called.isPresent());
    if (!called.passed().isEmpty()) {
      ArrayNode passed = facts.putArray("passed");
      for (AuditEvent.Passed each : called.passed()) {
        passed.addObject().put("sequence", each.sequence()).put("why", each.why().name());
      }
    }
    return put(facts, "previous", called.previous());
  }

  private static ObjectNode flag(ObjectNode facts, String name, boolean isSet) {
    return isSet ? facts.put(name, true) : facts;
  }

  private static ObjectNode ofClaim(ClaimFacts claim) {
    ObjectNode facts =
        object()
            .put("priority", claim.priority().name())
            .put("source", claim.source().name())
            .put("capacity", claim.capacity())
            .put("active", claim.active());
    if (!claim.candidates().isEmpty()) {
      ArrayNode candidates = facts.putArray("candidates");
      for (ClaimFacts.Candidate candidate : claim.candidates()) {
        flag(
            candidates
                .addObject()
                .put("sequence", candidate.sequence())
                .put("priority", candidate.priority().name()),
            "called",
            candidate.called());
      }
    }
    put(facts, "reason", claim.reason());
    put(facts, "holds", claim.holds());
    if (claim.options().orNext()) {
      facts.put("orNext", true);
    }
    return put(facts, "to", claim.options().to());
  }

  private static ObjectNode object() {
    return JSON.objectNode();
  }

  private static ArrayNode numbers(List<Integer> values) {
    ArrayNode array = JSON.arrayNode(values.size());
    values.forEach(array::add);
    return array;
  }

  private static ObjectNode put(ObjectNode facts, String name, @Nullable Object value) {
    return value == null ? facts : facts.put(name, value.toString());
  }
}
