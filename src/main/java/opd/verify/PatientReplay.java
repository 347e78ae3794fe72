package opd.verify;

import opd.decision.AuditEvent;
import opd.decision.AuditEvent.PatientChanged;
import opd.decision.AuditEvent.PatientRegistered;
import opd.decision.Outcome;
import org.jspecify.annotations.Nullable;

/// Runs the chain of one patient again.
final class PatientReplay implements ChainReplay {
  private @Nullable String identity;

  @Override
  public Replayed step(LoggedEntry entry, AuditEvent event) {
    if (entry.patientId() == null) {
      throw new CannotReplay("patient_id", "a number", null);
    }
    var saved = new Outcome.PatientSaved(entry.patientId());
    return switch (event) {
      case PatientRegistered registered when identity == null -> {
        identity = registered.identity();
        yield Replayed.of(registered, new ExpectedOutcome.UnlessForToken(saved));
      }
      case PatientChanged changed when identity != null -> {
        identity = changed.identity();
        yield Replayed.of(changed, new ExpectedOutcome.Exactly(saved));
      }
      case AuditEvent _ -> throw new CannotReplay("kind", "an entry about a patient", entry.kind());
    };
  }

  void compare(Rows.PatientRow row, RowDifferences differences) {
    differences.check("digest of name, phone and member", identity, row.identity());
  }
}
