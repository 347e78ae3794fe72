package opd.output.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import opd.decision.Outcome;
import opd.decision.Response;
import opd.decision.Warning;
import opd.domain.Doctor;
import opd.domain.OpdException;
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
import opd.service.OwedService.OwedPlaces;
import opd.service.PatientService.PatientTokens;
import opd.service.QueueService.Slip;
import opd.service.QueueService.SlotQueue;
import opd.service.VerificationService.Verified;
import opd.simulation.day.DayResult;
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
    AnswerJson.of(answer).forEach(this::answerLine);
  }

  private void answerLine(ObjectNode node) {
    line(AnswerJson.warn(node, inputWarnings));
  }

  @Override
  public void results(List<IntakeResult> results) {
    results.forEach(result -> out.println(AnswerJson.of(result)));
    out.flush();
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
    slots.forEach(slot -> line(AnswerJson.json(Response.People.NONE).slot(slot)));
  }

  @Override
  public void slot(Slot slot) {
    slots(List.of(slot));
  }

  @Override
  public void foundPatients(List<PatientTokens> patients) {
    patients.forEach(found -> answerLine(PeopleJson.of(found, "today")));
  }

  @Override
  public void patientTokens(List<PatientTokens> patients) {
    patients.forEach(shown -> answerLine(PeopleJson.of(shown, "tokens")));
  }

  @Override
  public void queues(List<SlotQueue> queues) {
    queues.forEach(queue -> line(QueueJson.of(queue)));
  }

  @Override
  public void owed(OwedPlaces owed) {
    QueueJson.of(owed).forEach(this::line);
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
    line(PropertiesJson.of(checks));
  }

  @Override
  public void properties(Properties properties) {
    line(PropertiesJson.of(properties));
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

  private void line(JsonNode node) {
    out.println(JsonText.of(node));
    out.flush();
  }
}
