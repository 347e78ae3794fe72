package opd.output.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import opd.decision.Outcome;
import opd.decision.Response;
import opd.decision.SlotBook;
import opd.decision.Warning;
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
import opd.report.Report;
import opd.report.ReportCheck;
import opd.report.ReportJson;
import opd.service.AuditService.Explanation;
import opd.service.Check;
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
  private final Collection<Warning> inputWarnings;

  public JsonPrinter(PrintWriter out, PrintWriter err) {
    this(out, err, Set.of());
  }

  /// @param inputWarnings about what was typed, added to what the answers themselves warn of
  public JsonPrinter(PrintWriter out, PrintWriter err, Collection<Warning> inputWarnings) {
    this.out = out;
    this.err = err;
    this.inputWarnings = inputWarnings;
  }

  @Override
  public void answer(Response<? extends Outcome> answer) {
    switch (answer.outcome()) {
      case Outcome.DoctorSaved saved -> {
        Doctor doctor = answer.people().doctors().get(saved.code());
        ObjectNode node = PeopleJson.of(doctor).put("active", saved.active());
        if (!saved.active()) {
          addOpenSlots(node, answer.people());
        }
        answerLine(withRequest(node, answer));
      }
      case Outcome.PatientSaved saved ->
          answerLine(
              withRequest(
                  PeopleJson.of(answer.people().patients().get(saved.patientId())), answer));
      case Outcome.FacilitySaved saved ->
          answerLine(withRequest(json(answer.people()).of(saved), answer));
      case Outcome.SlotsOpened opened -> {
        OutcomeJson json = json(answer.people());
        opened.slots().forEach(slot -> answerLine(withRequest(json.slot(slot), answer)));
      }
      case Outcome.Admitted admitted -> answerLine(decided(answer, Reason.of(admitted)));
      case Outcome.Rejected rejected -> answerLine(decided(answer, Reason.of(rejected)));
      case Outcome.ChangeRejected rejected -> answerLine(decided(answer, Reason.of(rejected)));
      case Outcome.SlotRejected rejected -> answerLine(decided(answer, Reason.of(rejected)));
      case Outcome.PatientRejected rejected -> answerLine(decided(answer, Reason.of(rejected)));
      case Outcome.TokenDone _,
          Outcome.SlotDone _,
          Outcome.SlotDelayed _,
          Outcome.SlotMoved _,
          Outcome.DoctorLate _,
          Outcome.DoctorAway _ ->
          answerLine(withRequest(json(answer.people()).of(answer.outcome()), answer));
      case Outcome.NobodyWaiting nobody -> answerLine(decided(answer, Reason.of(nobody)));
      case Outcome.SlotChanged _, Outcome.SlotReopened _, Outcome.Served _ ->
          answerLine(withRequest(json(answer.people()).of(answer.outcome()), answer));
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

  private void answerLine(ObjectNode node) {
    line(warn(node, inputWarnings));
  }

  private static ObjectNode warn(ObjectNode node, Collection<Warning> warnings) {
    if (!warnings.isEmpty()) {
      ArrayNode array = node.withArray("warnings");
      warnings.forEach(warning -> array.add(warning.name()));
    }
    return node;
  }

  @Override
  public void results(List<IntakeResult> results) {
    results.forEach(result -> out.println(batchLine(result)));
    out.flush();
  }

  static ObjectNode batchLine(IntakeResult result) {
    ObjectNode node = JSON.objectNode().put("line", result.line());
    switch (result) {
      case IntakeResult.Invalid(long _, var field, var error) ->
          node.put("outcome", "INVALID")
              .put("code", error.code().name())
              .put("field", field)
              .put("reason", error.getMessage())
              .put("hint", error.hint());
      case IntakeResult.Decided(long _, var answer, var warnings) -> {
        String reason =
            switch (answer.outcome()) {
              case Outcome.Admitted admitted -> Reason.of(admitted);
              case Outcome.Rejected rejected -> Reason.of(rejected);
            };
        node.setAll(decided(answer, reason));
        warn(node, warnings);
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
    doctors.forEach(doctor -> line(PeopleJson.of(doctor)));
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
  public void foundPatients(List<PatientTokens> patients) {
    patients.forEach(found -> answerLine(patient(found, "today")));
  }

  @Override
  public void patientTokens(List<PatientTokens> patients) {
    patients.forEach(shown -> answerLine(patient(shown, "tokens")));
  }

  /// @param field which has the tokens
  static ObjectNode patient(PatientTokens shown, String field) {
    ObjectNode node = PeopleJson.of(shown.patient());
    OutcomeJson json = new OutcomeJson((fields, _) -> PeopleJson.fill(fields, shown.patient()));
    ArrayNode tokens = node.putArray(field);
    shown.tokens().forEach(view -> tokens.add(json.token(view)));
    return node;
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
    owed.owed().forEach(each -> line(owed(json, each)));
  }

  static ObjectNode owed(OutcomeJson json, OwedService.Owed owed) {
    ObjectNode node = JSON.objectNode();
    node.set("token", json.token(owed.token()));
    node.put("since", owed.since().toString());
    node.put(
        "why",
        owed.event()
            .map(loss -> LossReason.of(loss.displacement(), loss.cancellation()))
            .orElse(null));
    return node.set("place", owed.place().<JsonNode>map(json::slot).orElse(JSON.nullNode()));
  }

  /// The token: a program makes its own slip of it.
  @Override
  public void slip(Slip slip) {
    line(
        new OutcomeJson((fields, _) -> PeopleJson.fill(fields, slip.patient()))
            .token(slip.token()));
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
  public void report(Report report, String facility) {
    line(ReportJson.of(report, facility));
  }

  @Override
  public void reportChecked(ReportCheck check) {
    line(ReportJson.of(check));
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
  public void checks(List<Check> checks) {
    ObjectNode node = JSON.objectNode().put("ok", checks.stream().allMatch(Check::ok));
    ArrayNode array = node.putArray("checks");
    for (Check check : checks) {
      ObjectNode each =
          array
              .addObject()
              .put("name", check.name())
              .put("ok", check.ok())
              .put("found", check.found())
              .put("expected", check.expected());
      if (check.remedy() != null) {
        each.put("remedy", check.remedy());
      }
    }
    line(node);
  }

  @Override
  public void properties(Properties properties) {
    line(node(properties));
  }

  static ObjectNode node(Properties properties) {
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
    return node;
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
            .put("message", message(error))
            .put("hint", error.hint());
    return requestId == null ? fields : fields.put("requestId", requestId.value());
  }

  private static String message(OpdException error) {
    return error.mistakes().isEmpty()
        ? error.getMessage()
        : error.getMessage() + ": " + String.join("; ", error.mistakes());
  }

  static OutcomeJson json(Response.People people) {
    return new OutcomeJson((fields, patientId) -> {
      Patient patient = people.patients().get(patientId);
      if (patient != null) {
        PeopleJson.fill(fields, patient);
      }
    });
  }

  private void line(JsonNode node) {
    out.println(JsonText.of(node));
    out.flush();
  }
}
