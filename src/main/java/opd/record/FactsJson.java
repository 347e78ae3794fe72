package opd.record;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import opd.decision.ClaimFacts;
import opd.decision.SlotFacts;
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
      case DoctorChanged(boolean active) -> object().put("active", active);
      case PatientRegistered(String identity) -> object().put("identity", identity);
      case PatientChanged(String identity) -> object().put("identity", identity);
      case AuditEvent.PatientErased(String reason) -> object().put("reason", reason);
      case AuditEvent.ErasureRejected(var refusal, var holds, var status) ->
          object()
              .put("code", refusal.name())
              .put("wish", AuditEvent.ErasureRejected.CHANGE)
              .put("holds", holds.toString())
              .put("tokenStatus", status.name());
      case SlotOpened opened ->
          object()
              .put("doctor", opened.doctor())
              .put("start", opened.start().toString())
              .put("end", opened.end().toString())
              .put("capacity", opened.capacity());
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
    };
  }

  private static ObjectNode ofAllocated(TokenAllocated allocated) {
    ObjectNode facts = ofClaim(allocated.claim());
    put(facts, "displaced", allocated.displaced());
    return put(facts, "reallocatedFrom", allocated.reallocatedFrom());
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
    return put(facts, "reallocatedFrom", rejected.reallocatedFrom());
  }

  private static ObjectNode ofSlot(SlotFacts slot) {
    ObjectNode facts =
        object()
            .put("slot", slot.label().toString())
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
    return cancelled.moving() ? facts.put("moving", true) : facts;
  }

  private static ObjectNode ofCancelled(TokenCancelled cancelled) {
    ObjectNode facts = object().put("before", cancelled.before().name());
    put(facts, "reason", cancelled.reason());
    return cancelled.replaced() ? facts.put("replaced", true) : facts;
  }

  private static ObjectNode ofChangeRejected(ChangeRejected rejected) {
    ObjectNode facts =
        object().put("code", rejected.refusal().name()).put("wish", rejected.change());
    put(facts, "tokenStatus", rejected.token());
    return facts.put("slotStatus", rejected.slot().name());
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
        candidates
            .addObject()
            .put("sequence", candidate.sequence())
            .put("priority", candidate.priority().name());
      }
    }
    return facts;
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
