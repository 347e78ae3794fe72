package opd.output.json;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import opd.decision.Outcome;
import opd.decision.Response;
import opd.domain.Doctor;
import opd.domain.OpdException;
import opd.domain.RequestId;
import opd.domain.Slot;
import opd.output.CommandEnd;
import opd.output.Printer;
import opd.output.Properties;
import opd.output.RowPrinter;
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

/// Shows what is listed as rows of chosen columns, and all else, which nobody asks it for but
/// errors, by another printer.
public final class ListPrinter implements Printer {
  private final JsonRows rows;
  private final Printer otherwise;

  public ListPrinter(List<String> columns, RowPrinter rows, Printer otherwise) {
    this.rows = new JsonRows(columns, rows);
    this.otherwise = otherwise;
  }

  @Override
  public void doctors(List<Doctor> doctors) {
    doctors.forEach(doctor -> rows.row(PeopleJson.of(doctor)));
    rows.end();
  }

  @Override
  public void slots(List<Slot> slots) {
    OutcomeJson json = AnswerJson.json(Response.People.NONE);
    slots.forEach(slot -> rows.row(json.slot(slot)));
    rows.end();
  }

  /// The labels of today's tokens stand in one cell.
  @Override
  public void foundPatients(List<PatientTokens> patients) {
    patients.forEach(found -> rows.row(PeopleJson.of(found, "today")));
    rows.end();
  }

  @Override
  public void owed(OwedPlaces owed) {
    QueueJson.of(owed).forEach(rows::row);
    rows.end();
  }

  /// A row for each token; one for a patient who has none.
  @Override
  public void patientTokens(List<PatientTokens> patients) {
    for (PatientTokens shown : patients) {
      OutcomeJson json = new OutcomeJson((fields, _) -> PeopleJson.fill(fields, shown.patient()));
      shown.tokens().forEach(view -> rows.row(json.token(view)));
      if (shown.tokens().isEmpty()) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.set("patient", PeopleJson.of(shown.patient()));
        rows.row(node);
      }
    }
    rows.end();
  }

  @Override
  public void queues(List<SlotQueue> queues) {
    for (SlotQueue queue : queues) {
      OutcomeJson json = AnswerJson.json(queue.people());
      queue.tokens().forEach(view -> rows.row(json.token(view)));
    }
    rows.end();
  }

  @Override
  public void entry(StoredEntry entry) {
    rows.row(AuditJson.of(entry));
  }

  @Override
  public void end() {
    rows.end();
  }

  @Override
  public void records(List<Properties> records) {
    records.forEach(record -> rows.row(PropertiesJson.of(record)));
    rows.end();
  }

  @Override
  public void report(Report report, String facility) {
    report.rows().forEach(row -> rows.row(ReportJson.row(report, row)));
    rows.end();
  }

  @Override
  public void reportChecked(ReportCheck check) {
    otherwise.reportChecked(check);
  }

  @Override
  public void answer(Response<? extends Outcome> answer) {
    otherwise.answer(answer);
  }

  @Override
  public void slot(Slot slot) {
    otherwise.slot(slot);
  }

  @Override
  public void changedQueue(SlotQueue queue, Instant time) {
    otherwise.changedQueue(queue, time);
  }

  @Override
  public void slip(Slip slip) {
    otherwise.slip(slip);
  }

  @Override
  public void day(DayResult day) {
    otherwise.day(day);
  }

  @Override
  public void dayOfMany(DayResult day, String repeat) {
    otherwise.dayOfMany(day, repeat);
  }

  @Override
  public void days(int played, int wanted, boolean ok) {
    otherwise.days(played, wanted, ok);
  }

  @Override
  public void explanation(Explanation explanation) {
    otherwise.explanation(explanation);
  }

  @Override
  public void verified(Verified verified) {
    otherwise.verified(verified);
  }

  @Override
  public void checks(List<Check> checks) {
    otherwise.checks(checks);
  }

  @Override
  public void properties(Properties properties) {
    otherwise.properties(properties);
  }

  @Override
  public void commandEnd(CommandEnd end) {
    otherwise.commandEnd(end);
  }

  @Override
  public void error(OpdException error, @Nullable RequestId requestId) {
    otherwise.error(error, requestId);
  }
}
