package opd.output.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.List;
import opd.decision.Outcome;
import opd.decision.Response;
import opd.decision.SlotBook;
import opd.decision.Warning;
import opd.domain.Patient;
import opd.intake.IntakeResult;
import opd.record.OutcomeJson;
import opd.story.Reason;

/// What became of requests, as JSON.
final class AnswerJson {
  private AnswerJson() {}

  /// The lines of an answer: one for each slot that was opened, else one.
  static List<ObjectNode> of(Response<? extends Outcome> answer) {
    OutcomeJson json = json(answer.people());
    List<ObjectNode> lines =
        switch (answer.outcome()) {
          case Outcome.SlotsOpened opened -> opened.slots().stream().map(json::slot).toList();
          case Outcome.DoctorSaved saved -> List.of(doctor(saved, answer.people()));
          case Outcome.PatientSaved saved ->
              List.of(PeopleJson.of(answer.people().patients().get(saved.patientId())));
          case Outcome outcome -> List.of(withReason(json.of(outcome), outcome));
        };
    lines.forEach(line -> addRequest(line, answer));
    return lines;
  }

  private static ObjectNode doctor(Outcome.DoctorSaved saved, Response.People people) {
    ObjectNode node =
        PeopleJson.of(people.doctors().get(saved.code())).put("active", saved.active());
    if (!saved.active()) {
      addOpenSlots(node, people);
    }
    return node;
  }

  /// What goes on of a doctor who takes no new slots.
  private static void addOpenSlots(ObjectNode node, Response.People people) {
    OutcomeJson json = json(people);
    ArrayNode slots = node.putArray("slots");
    ArrayNode tokens = node.putArray("tokens");
    for (SlotBook book : people.open()) {
      slots.add(json.slot(book.slot()));
      book.views().forEach(view -> tokens.add(json.token(view)));
    }
  }

  /// Says in a sentence why it was decided so, where a rule or a state decided it.
  private static ObjectNode withReason(ObjectNode node, Outcome outcome) {
    return switch (outcome) {
      case Outcome.Admitted admitted -> node.put("reason", Reason.of(admitted));
      case Outcome.Rejected rejected -> node.put("reason", Reason.of(rejected));
      case Outcome.ChangeRejected rejected -> node.put("reason", Reason.of(rejected));
      case Outcome.SlotRejected rejected -> node.put("reason", Reason.of(rejected));
      case Outcome.PatientRejected rejected -> node.put("reason", Reason.of(rejected));
      case Outcome.NobodyWaiting nobody -> node.put("reason", Reason.of(nobody));
      case Outcome.TokenDone _, Outcome.Served _ -> node;
      case Outcome.SlotDone _, Outcome.SlotDelayed _, Outcome.SlotMoved _ -> node;
      case Outcome.SlotChanged _, Outcome.SlotReopened _, Outcome.SlotsOpened _ -> node;
      case Outcome.DoctorSaved _, Outcome.DoctorLate _, Outcome.DoctorAway _ -> node;
      case Outcome.PatientSaved _, Outcome.FacilitySaved _ -> node;
    };
  }

  private static void addRequest(ObjectNode node, Response<? extends Outcome> answer) {
    node.put("requestId", answer.requestId().value()).put("replayed", answer.replayed());
    if (answer.isDryRun()) {
      node.put("dryRun", true);
    }
  }

  /// Adds the warnings to those that the node has.
  static ObjectNode warn(ObjectNode node, Collection<Warning> warnings) {
    if (!warnings.isEmpty()) {
      ArrayNode array = node.withArray("warnings");
      warnings.forEach(warning -> array.add(warning.name()));
    }
    return node;
  }

  /// Of a line of a list.
  static ObjectNode of(IntakeResult result) {
    ObjectNode node = JsonNodeFactory.instance.objectNode().put("line", result.line());
    switch (result) {
      case IntakeResult.Invalid(long _, var field, var error) ->
          node.put("outcome", "INVALID")
              .put("code", error.code().name())
              .put("field", field)
              .put("reason", error.getMessage())
              .put("hint", error.hint());
      case IntakeResult.Decided(long _, var answer, var warnings) -> {
        node.setAll(of(answer).getFirst());
        warn(node, warnings);
      }
    }
    return node;
  }

  /// What writes outcomes with what is known of these patients.
  static OutcomeJson json(Response.People people) {
    return new OutcomeJson((fields, patientId) -> {
      Patient patient = people.patients().get(patientId);
      if (patient != null) {
        PeopleJson.fill(fields, patient);
      }
    });
  }
}
