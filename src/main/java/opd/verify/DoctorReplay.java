package opd.verify;

import opd.decision.AuditEvent;
import opd.decision.AuditEvent.DoctorAdded;
import opd.decision.AuditEvent.DoctorChanged;
import opd.decision.Outcome;
import opd.domain.DoctorCode;
import opd.domain.OpdException;
import opd.domain.Refusal;
import opd.record.Identity;
import org.jspecify.annotations.Nullable;

/// Runs the chain of one doctor again.
final class DoctorReplay implements ChainReplay {
  private @Nullable String details;
  private boolean isActive = true;

  @Override
  public Replayed step(LoggedEntry entry, AuditEvent event) {
    return switch (event) {
      case DoctorAdded added when details == null -> {
        details = added.details();
        yield saved(entry, added);
      }
      case DoctorChanged changed when details != null -> {
        boolean wasActive = isActive;
        isActive = changed.active();
        String given = changed.details();
        if (given == null) {
          yield saved(entry, changed);
        }
        details = given;
        // A name is mended; whether the doctor takes new slots is another decision.
        yield saved(entry, new DoctorChanged(wasActive, given));
      }
      // Who stood in the queues, other chains tell.
      case AuditEvent.ChangeRejected rejected
          when details != null && rejected.refusal() == Refusal.NOBODY_WAITING ->
          Replayed.of(
              rejected, new ExpectedOutcome.Exactly(new Outcome.NobodyWaiting(code(entry))));
      case AuditEvent _ -> throw new CannotReplay("kind", "an entry about a doctor", entry.kind());
    };
  }

  private Replayed saved(LoggedEntry entry, AuditEvent event) {
    return Replayed.of(
        event, new ExpectedOutcome.Exactly(new Outcome.DoctorSaved(code(entry), isActive)));
  }

  private static DoctorCode code(LoggedEntry entry) {
    try {
      return DoctorCode.parse(entry.doctor() == null ? "" : entry.doctor());
    } catch (OpdException e) {
      throw new CannotReplay("doctor_code", "a doctor's code", entry.doctor());
    }
  }

  void compare(Rows.DoctorRow row, RowDifferences differences) {
    differences.check("name or specialization", details, Identity.of(row.doctor()));
    differences.check("active", isActive, row.doctor().active());
  }
}
