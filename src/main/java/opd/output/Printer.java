package opd.output;

import java.time.Instant;
import java.util.List;
import opd.decision.Outcome;
import opd.decision.Response;
import opd.domain.Doctor;
import opd.domain.OpdException;
import opd.domain.RequestId;
import opd.domain.Slot;
import opd.record.StoredEntry;
import opd.report.Report;
import opd.report.ReportCheck;
import opd.service.AuditService.Explanation;
import opd.service.Check;
import opd.service.OwedService.OwedPlaces;
import opd.service.PatientService.PatientTokens;
import opd.service.QueueService.Slip;
import opd.service.QueueService.SlotQueue;
import opd.service.VerificationService.Verified;
import opd.simulation.day.DayResult;
import org.jspecify.annotations.Nullable;

/// Shows results on standard output and errors on standard error.
public interface Printer {
  void answer(Response<? extends Outcome> answer);

  void doctors(List<Doctor> doctors);

  void slots(List<Slot> slots);

  /// One slot with all its counts.
  void slot(Slot slot);

  void patientTokens(List<PatientTokens> patients);

  /// Who was looked for, each with the tokens of today.
  void foundPatients(List<PatientTokens> patients);

  void queues(List<SlotQueue> queues);

  /// Who is owed a place.
  void owed(OwedPlaces owed);

  /// One queue of a stream of them, as it is from that time on.
  void changedQueue(SlotQueue queue, Instant time);

  /// A token for the patient to take home.
  void slip(Slip slip);

  /// One entry of a stream; [#end()] follows the last.
  void entry(StoredEntry entry);

  void end();

  void day(DayResult day);

  /// One of several days, in one line.
  ///
  /// @param repeat the command that plays it again, shown when it failed
  void dayOfMany(DayResult day, String repeat);

  /// After the last of several days.
  ///
  /// @param played how many were, the failed one included
  /// @param wanted how many were asked for
  void days(int played, int wanted, boolean ok);

  void explanation(Explanation explanation);

  void verified(Verified verified);

  /// What was found to be, or not to be, as it should.
  void checks(List<Check> checks);

  /// @param facility its name
  void report(Report report, String facility);

  void reportChecked(ReportCheck check);

  /// Named values that belong to one thing, such as a server's status.
  void properties(Properties properties);

  /// Several things with the same named values.
  void records(List<Properties> records);

  /// A command of a console has ended, and all that it printed stands before this.
  void commandEnd(CommandEnd end);

  /// @param requestId of the request that failed, or null
  void error(OpdException error, @Nullable RequestId requestId);
}
