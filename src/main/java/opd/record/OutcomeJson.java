package opd.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import opd.decision.Allocation;
import opd.decision.Outcome;
import opd.decision.TokenView;
import opd.decision.Warning;
import opd.domain.Refusal;
import opd.domain.Serving;
import opd.domain.Slot;
import opd.domain.Token;
import opd.domain.TokenLabel;
import opd.domain.TokenStatus;
import org.jspecify.annotations.Nullable;

/// Writes outcomes and what they consist of as JSON objects, with the field names of the command
/// line's contract. Whether names and phone numbers are in it is the caller's choice.
public final class OutcomeJson {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /// Adds what is known of a patient to the object that holds the id.
  public interface PatientFields {
    /// @param patient the object, which holds the id
    void add(ObjectNode patient, long patientId);
  }

  private final PatientFields patientFields;
  private final boolean isShown;

  /// For people and programs.
  ///
  /// @param patientFields what is added to each patient
  public OutcomeJson(PatientFields patientFields) {
    this(patientFields, true);
  }

  private OutcomeJson(PatientFields patientFields, boolean isShown) {
    this.patientFields = patientFields;
    this.isShown = isShown;
  }

  /// For the tables: without names, and without what is null unless something happened.
  public static OutcomeJson stored() {
    return new OutcomeJson((patient, patientId) -> {}, false);
  }

  /// The outcome without reason and request id.
  public ObjectNode of(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Admitted admitted -> admitted(admitted);
      case Outcome.Rejected rejected -> rejected(rejected);
      case Outcome.TokenDone done ->
          warnings(
              holds(
                  othersWaiting(
                      tokens(done().set("token", token(done.token())), "waiting", done.waiting()),
                      done.othersWaiting()),
                  done.holds()),
              done.warnings());
      case Outcome.Served served -> served(served);
      case Outcome.NobodyWaiting nobody ->
          refused(Refusal.NOBODY_WAITING.name()).put("doctor", nobody.doctor().value());
      case Outcome.ChangeRejected rejected -> changeRejected(rejected);
      case Outcome.SlotDone done ->
          tokens(done().set("slot", slot(done.slot())), "tokens", done.tokens());
      case Outcome.SlotDelayed delayed -> delayed(delayed);
      case Outcome.SlotMoved moved -> {
        ObjectNode node = done().set("slot", slot(moved.slot()));
        tokens(node, "tokens", moved.tokens());
        tokens(node, "moved", moved.moved());
        yield tokens(node, "unplaced", moved.unplaced());
      }
      case Outcome.SlotChanged changed -> {
        ObjectNode node = done().set("slot", slot(changed.slot()));
        node.put("capacityBefore", changed.capacityBefore());
        node.put("endBefore", changed.endBefore().toString());
        tokens(node, "tokens", changed.tokens());
        tokens(node, "waiting", changed.waiting());
        yield warnings(node, changed.warnings());
      }
      case Outcome.SlotReopened reopened -> {
        ObjectNode node = done().set("slot", slot(reopened.slot()));
        node.put("statusBefore", reopened.before().name());
        tokens(node, "tokens", reopened.tokens());
        yield tokens(node, "waiting", reopened.waiting());
      }
      case Outcome.DoctorLate late -> late(late);
      case Outcome.DoctorAway away -> away(away);
      case Outcome.SlotRejected rejected ->
          refused(rejected.refusal().name()).set("slot", slot(rejected.slot()));
      case Outcome.SlotsOpened opened -> {
        ObjectNode node = JSON.objectNode();
        ArrayNode slots = node.putArray("slots");
        opened.slots().forEach(slot -> slots.add(slot(slot)));
        yield node;
      }
      case Outcome.DoctorSaved saved ->
          JSON.objectNode().put("doctor", saved.code().value()).put("active", saved.active());
      case Outcome.PatientSaved saved ->
          JSON.objectNode().set("patient", patient(saved.patientId()));
      case Outcome.PatientRejected rejected -> {
        ObjectNode node = refused(rejected.refusal().name());
        node.set("patient", patient(rejected.patientId()));
        yield node.put("holds", rejected.holds().toString())
            .put("status", rejected.status().name());
      }
      case Outcome.FacilitySaved(String region, String zone, var clock) ->
          JSON.objectNode().put("region", region).put("zone", zone).put("clock", clock.name());
    };
  }

  private ObjectNode admitted(Outcome.Admitted admitted) {
    ObjectNode node = JSON.objectNode().put("outcome", "ADMITTED");
    node.set("token", token(admitted.token()));
    node.set("displaced", tokenOrNull(admitted.displaced()));
    node.put("rule", admitted.rule().number());
    node.set(
        "facts",
        JSON.objectNode()
            .put("capacity", admitted.capacity())
            .put("active", admitted.activeBefore()));
    ArrayNode warnings = node.putArray("warnings");
    admitted.warnings().forEach(warning -> warnings.add(warning.name()));
    holds(othersWaiting(node, admitted.othersWaiting()), admitted.holds());
    from(node, admitted.from());
    return admitted.isMoved() ? tokens(node, "waiting", admitted.waiting()) : node;
  }

  private ObjectNode rejected(Outcome.Rejected rejected) {
    ObjectNode node = refused(rejected.refusal().name());
    node.put("rule", rejected.rule() == null ? null : rejected.rule().number());
    node.put("priority", rejected.priority().name());
    node.set("slot", slot(rejected.slot()));
    node.set("existing", tokenOrNull(rejected.existing()));
    Slot next = rejected.next();
    node.set("next", next == null ? JSON.nullNode() : slot(next));
    return from(node, rejected.from());
  }

  private ObjectNode changeRejected(Outcome.ChangeRejected rejected) {
    ObjectNode node = refused(rejected.refusal().name());
    node.set("token", token(rejected.token()));
    TokenView existing = rejected.existing();
    return existing == null ? node : node.set("existing", token(existing));
  }

  private ObjectNode served(Outcome.Served served) {
    ObjectNode node = done().set("token", tokenOrNull(served.token()));
    ArrayNode passed = node.putArray("passed");
    for (Outcome.Passed each : served.passed()) {
      ObjectNode one = passed.addObject();
      one.set("token", token(each.token()));
      one.put("why", each.why().name());
    }
    return served.isNext() ? node.set("previous", tokenOrNull(served.previous())) : node;
  }

  /// Absent while there is none, as it was before there were any.
  private ObjectNode othersWaiting(ObjectNode node, List<TokenView> others) {
    return others.isEmpty() ? node : tokens(node, "othersWaiting", others);
  }

  private static ObjectNode holds(ObjectNode node, @Nullable TokenLabel token) {
    return token == null ? node : node.put("holds", token.toString());
  }

  private static ObjectNode warnings(ObjectNode node, List<Warning> warnings) {
    if (!warnings.isEmpty()) {
      ArrayNode array = node.putArray("warnings");
      warnings.forEach(warning -> array.add(warning.name()));
    }
    return node;
  }

  private ObjectNode from(ObjectNode node, @Nullable TokenView from) {
    return from == null ? node : node.set("from", token(from));
  }

  private ObjectNode late(Outcome.DoctorLate late) {
    ObjectNode node = done();
    ArrayNode slots = node.putArray("slots");
    ArrayNode tokens = node.putArray("tokens");
    for (Outcome.SlotDelayed part : late.slots()) {
      slots.add(
          slot(part.slot())
              .put("delayMinutesBefore", part.minutesBefore())
              .put("at", part.at().toString()));
      for (TokenView view : part.tokens()) {
        tokens.add(token(view).put("expectedBefore", text(part.expectedBefore(view))));
      }
    }
    node.putArray("moved");
    node.putArray("unplaced");
    return node;
  }

  private ObjectNode away(Outcome.DoctorAway away) {
    ObjectNode node = done();
    ArrayNode slots = node.putArray("slots");
    ArrayNode tokens = node.putArray("tokens");
    ArrayNode moved = node.putArray("moved");
    ArrayNode unplaced = node.putArray("unplaced");
    for (Outcome.SlotMoved part : away.slots()) {
      slots.add(slot(part.slot()));
      part.tokens().forEach(view -> tokens.add(token(view)));
      for (TokenView view : part.moved()) {
        ObjectNode one = moved.addObject();
        one.put("from", text(view.token().reallocatedFrom()));
        one.set("token", token(view));
      }
      // Who is in neither list got nothing: told to people, and not stored twice.
      if (isShown) {
        part.unplaced().forEach(view -> unplaced.add(token(view)));
      }
    }
    return node;
  }

  private ObjectNode delayed(Outcome.SlotDelayed delayed) {
    ObjectNode node = done().set("slot", slot(delayed.slot()));
    node.put("delayMinutesBefore", delayed.minutesBefore());
    node.put("at", delayed.at().toString());
    ArrayNode array = node.putArray("tokens");
    delayed
        .tokens()
        .forEach(view ->
            array.add(token(view).put("expectedBefore", text(delayed.expectedBefore(view)))));
    return node;
  }

  private ObjectNode tokens(ObjectNode node, String field, List<TokenView> views) {
    ArrayNode array = node.putArray(field);
    views.forEach(view -> array.add(token(view)));
    return node;
  }

  private static ObjectNode done() {
    return JSON.objectNode().put("outcome", "DONE");
  }

  private static ObjectNode refused(String code) {
    return JSON.objectNode().put("outcome", "REJECTED").put("code", code);
  }

  private JsonNode tokenOrNull(@Nullable TokenView view) {
    return view == null ? JSON.nullNode() : token(view);
  }

  /// A token with its place in the queue, if it has one.
  public ObjectNode token(TokenView view) {
    Token token = view.token();
    ObjectNode node = JSON.objectNode();
    if (token.id() == Allocation.UNWRITTEN) {
      // Of a dry run: it will never have one.
      node.putNull("id");
    } else {
      node.put("id", token.id());
    }
    node.put("label", token.label().toString());
    node.put("slot", token.label().slot().toString());
    node.put("doctor", token.label().slot().doctor().value());
    node.set("patient", patient(token.patientId()));
    node.put("priority", token.priority().name());
    node.put("source", token.source().name());
    node.put("sequence", token.sequence());
    node.put("status", token.status().name());
    node.put("position", view.position());
    node.put("expectedAt", text(view.expectedAt()));
    node.put("reallocatedFrom", text(token.reallocatedFrom()));
    if (isShown || token.isReallocated()) {
      node.put("reallocatedTo", text(token.reallocatedTo()));
    }
    node.put("createdAt", token.createdAt().toString());
    return serving(node, token.serving());
  }

  /// Each absent while nothing of it happened.
  private static ObjectNode serving(ObjectNode node, Serving serving) {
    putUnlessNull(node, "arrivedAt", serving.arrivedAt());
    putUnlessNull(node, "calledAt", serving.calledAt());
    if (serving.calls() > 0) {
      node.put("calls", serving.calls());
    }
    putUnlessNull(node, "room", serving.room());
    putUnlessNull(node, "parkedAt", serving.parkedAt());
    return node;
  }

  private static void putUnlessNull(ObjectNode node, String name, @Nullable Object value) {
    if (value != null) {
      node.put(name, value.toString());
    }
  }

  private ObjectNode patient(long patientId) {
    ObjectNode node = JSON.objectNode().put("id", patientId);
    patientFields.add(node, patientId);
    return node;
  }

  /// A slot with its counts.
  public ObjectNode slot(Slot slot) {
    ObjectNode node = JSON.objectNode().put("id", slot.id());
    node.put("label", slot.label().toString());
    node.put("doctor", slot.label().doctor().value());
    node.put("start", slot.start().toString());
    node.put("end", slot.end().toString());
    node.put("capacity", slot.capacity());
    node.put("status", slot.status().name());
    node.put("delayMinutes", slot.delayMinutes());
    ObjectNode counts = node.putObject("counts");
    for (TokenStatus status : TokenStatus.values()) {
      counts.put(status.name(), slot.counts().of(status));
    }
    return node.put("free", slot.free());
  }

  private static @Nullable String text(@Nullable Object value) {
    return value == null ? null : value.toString();
  }
}
