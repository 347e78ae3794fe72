package opd.output.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import opd.decision.Outcome;
import opd.decision.Response;
import opd.decision.SlotBook;
import opd.domain.Doctor;
import opd.domain.OpdException;
import opd.domain.Patient;
import opd.domain.RequestId;
import opd.domain.Slot;
import opd.intake.IntakeResult;
import opd.intake.Tally;
import opd.output.BatchPrinter;
import opd.output.CommandEnd;
import opd.output.Printer;
import opd.output.Properties;
import opd.record.JsonText;
import opd.record.OutcomeJson;
import opd.record.StoredEntry;
import opd.service.AuditService.Explanation;
import opd.service.OwedService;
import opd.service.OwedService.OwedPlaces;
import opd.service.PatientService.PatientTokens;
import opd.service.QueueService.Slip;
import opd.service.QueueService.SlotQueue;
import opd.service.VerificationService.Verified;
import opd.simulation.day.DayResult;
import opd.story.LossReason;
import opd.story.Reason;
import org.jspecify.annotations.Nullable;

/// One compact JSON document a line for each result.
public final class JsonPrinter implements Printer, BatchPrinter {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final PrintWriter out;
  private final PrintWriter err;

  public JsonPrinter(PrintWriter out, PrintWriter err) {
    this.out = out;
    this.err = err;
  }

  @Override
  public void answer(Response<? extends Outcome> answer) {
    switch (answer.outcome()) {
      case Outcome.DoctorSaved saved -> {
        Doctor doctor = answer.people().doctors().get(saved.code());
        ObjectNode node = doctor(doctor).put("active", saved.active());
        if (!saved.active()) {
          addOpenSlots(node, answer.people());
        }
        line(withRequest(node, answer));
      }
      case Outcome.PatientSaved saved ->
          line(withRequest(patient(answer.people().patients().get(saved.patientId())), answer));
      case Outcome.FacilitySaved saved ->
          line(withRequest(json(answer.people()).of(saved), answer));
      case Outcome.SlotsOpened opened -> {
        OutcomeJson json = json(answer.people());
        opened.slots().forEach(slot -> line(withRequest(json.slot(slot), answer)));
      }
      case Outcome.Admitted admitted -> line(decided(answer, Reason.of(admitted)));
      case Outcome.Rejected rejected -> line(decided(answer, Reason.of(rejected)));
      case Outcome.ChangeRejected rejected -> line(decided(answer, Reason.of(rejected)));
      case Outcome.SlotRejected rejected -> line(decided(answer, Reason.of(rejected)));
      case Outcome.TokenDone _,
          Outcome.SlotDone _,
          Outcome.SlotDelayed _,
          Outcome.SlotMoved _,
          Outcome.DoctorLate _,
          Outcome.DoctorAway _ ->
          line(withRequest(json(answer.people()).of(answer.outcome()), answer));
      case Outcome.NobodyWaiting nobody -> line(decided(answer, Reason.of(nobody)));
      case Outcome.SlotChanged _, Outcome.SlotReopened _, Outcome.Served _ ->
          line(withRequest(json(answer.people()).of(answer.outcome()), answer));
    }
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

  private static ObjectNode decided(Response<? extends Outcome> answer, String reason) {
    return withRequest(json(answer.people()).of(answer.outcome()).put("reason", reason), answer);
  }

  private static ObjectNode withRequest(ObjectNode node, Response<? extends Outcome> answer) {
    node.put("requestId", answer.requestId().value()).put("replayed", answer.replayed());
    return answer.isDryRun() ? node.put("dryRun", true) : node;
  }

  @Override
  public void results(List<IntakeResult> results) {
    results.forEach(result -> out.println(batchLine(result)));
    out.flush();
  }

  private static ObjectNode batchLine(IntakeResult result) {
    ObjectNode node = JSON.objectNode().put("line", result.line());
    switch (result) {
      case IntakeResult.Invalid(long _, var error) ->
          node.put("outcome", "INVALID")
              .put("code", error.code().name())
              .put("reason", error.getMessage())
              .put("hint", error.hint());
      case IntakeResult.Decided(long _, var answer) -> {
        String reason =
            switch (answer.outcome()) {
              case Outcome.Admitted admitted -> Reason.of(admitted);
              case Outcome.Rejected rejected -> Reason.of(rejected);
            };
        node.setAll(decided(answer, reason));
      }
    }
    return node;
  }

  @Override
  public void end(Tally tally) {
    out.flush();
  }

  @Override
  public void doctors(List<Doctor> doctors) {
    doctors.forEach(doctor -> line(doctor(doctor)));
  }

  @Override
  public void slots(List<Slot> slots) {
    slots.forEach(slot -> line(json(Response.People.NONE).slot(slot)));
  }

  @Override
  public void slot(Slot slot) {
    slots(List.of(slot));
  }

  @Override
  public void patients(List<Patient> patients) {
    patients.forEach(patient -> line(patient(patient)));
  }

  @Override
  public void patientTokens(List<PatientTokens> patients) {
    for (PatientTokens shown : patients) {
      ObjectNode node = patient(shown.patient());
      OutcomeJson json = new OutcomeJson((fields, _) -> fill(fields, shown.patient()));
      ArrayNode tokens = node.putArray("tokens");
      shown.tokens().forEach(view -> tokens.add(json.token(view)));
      line(node);
    }
  }

  @Override
  public void queues(List<SlotQueue> queues) {
    for (SlotQueue queue : queues) {
      OutcomeJson json = json(queue.people());
      ObjectNode node = JSON.objectNode();
      node.set("slot", json.slot(queue.slot()));
      ArrayNode tokens = node.putArray("tokens");
      queue.tokens().forEach(view -> tokens.add(json.token(view)));
      line(node);
    }
  }

  @Override
  public void owed(OwedPlaces owed) {
    OutcomeJson json = json(owed.people());
    for (OwedService.Owed each : owed.owed()) {
      ObjectNode node = JSON.objectNode();
      node.set("token", json.token(each.token()));
      node.put("since", each.since().toString());
      node.put(
          "why",
          each.event()
              .map(loss -> LossReason.of(loss.displacement(), loss.cancellation()))
              .orElse(null));
      node.set("place", each.place().<JsonNode>map(json::slot).orElse(JSON.nullNode()));
      line(node);
    }
  }

  /// The token: a program makes its own slip of it.
  @Override
  public void slip(Slip slip) {
    line(new OutcomeJson((fields, _) -> fill(fields, slip.patient())).token(slip.token()));
  }

  @Override
  public void changedQueue(SlotQueue queue, Instant time) {
    queues(List.of(queue));
  }

  @Override
  public void explanation(Explanation explanation) {
    line(AuditJson.of(explanation));
  }

  @Override
  public void verified(Verified verified) {
    line(AuditJson.of(verified));
  }

  @Override
  public void entry(StoredEntry entry) {
    line(AuditJson.of(entry));
  }

  @Override
  public void end() {
    out.flush();
  }

  @Override
  public void dayOfMany(DayResult day, String repeat) {
    line(DayJson.line(day, repeat));
  }

  @Override
  public void days(int played, int wanted, boolean ok) {
    line(JSON.objectNode().put("days", wanted).put("played", played).put("ok", ok));
  }

  @Override
  public void day(DayResult day) {
    line(DayJson.of(day));
  }

  @Override
  public void properties(Properties properties) {
    ObjectNode node = JSON.objectNode();
    properties
        .values()
        .forEach((name, value) -> {
          switch (value) {
            case null -> node.putNull(name);
            case Boolean flag -> node.put(name, flag);
            case Integer number -> node.put(name, number);
            case Long number -> node.put(name, number);
            case List<?> texts -> {
              ArrayNode array = node.putArray(name);
              texts.forEach(text -> array.add(text.toString()));
            }
            default -> node.put(name, value.toString());
          }
        });
    line(node);
  }

  @Override
  public void records(List<Properties> records) {
    records.forEach(this::properties);
  }

  @Override
  public void commandEnd(CommandEnd end) {
    ObjectNode node = JSON.objectNode().put("line", end.line()).put("exit", end.exit());
    node.set("error", end.error() == null ? null : fields(end.error(), end.requestId()));
    line(node);
  }

  @Override
  public void error(OpdException error, @Nullable RequestId requestId) {
    ObjectNode node = JSON.objectNode();
    node.set("error", fields(error, requestId));
    err.println(JsonText.of(node));
    err.flush();
  }

  private static ObjectNode fields(OpdException error, @Nullable RequestId requestId) {
    ObjectNode fields =
        JSON.objectNode()
            .put("code", error.code().name())
            .put("message", error.getMessage())
            .put("hint", error.hint());
    return requestId == null ? fields : fields.put("requestId", requestId.value());
  }

  private static OutcomeJson json(Response.People people) {
    return new OutcomeJson((fields, patientId) -> {
      Patient patient = people.patients().get(patientId);
      if (patient != null) {
        fill(fields, patient);
      }
    });
  }

  private static ObjectNode patient(@Nullable Patient patient) {
    ObjectNode node = JSON.objectNode();
    return patient == null ? node : fill(node.put("id", patient.id()), patient);
  }

  private static ObjectNode fill(ObjectNode fields, Patient patient) {
    return fields
        .put("name", patient.name().value())
        .put("phone", patient.key().phone().e164())
        .put("member", patient.key().member());
  }

  private static ObjectNode doctor(@Nullable Doctor doctor) {
    ObjectNode node = JSON.objectNode();
    return doctor == null
        ? node
        : node.put("code", doctor.code().value())
            .put("name", doctor.name().value())
            .put("specialization", doctor.specialization())
            .put("active", doctor.active());
  }

  private void line(JsonNode node) {
    out.println(JsonText.of(node));
    out.flush();
  }
}
