package opd.verify;

import opd.decision.AuditEvent;
import opd.decision.AuditEvent.ErasureRejected;
import opd.decision.AuditEvent.PatientChanged;
import opd.decision.AuditEvent.PatientErased;
import opd.decision.AuditEvent.PatientRegistered;
import opd.decision.Outcome;
import org.jspecify.annotations.Nullable;

/// Runs the chain of one patient again, up to the erasure: nothing may follow that.
final class PatientReplay implements ChainReplay {
  private @Nullable String identity;
  private boolean isErased;

  @Override
  public Replayed step(LoggedEntry entry, AuditEvent event) {
    if (entry.patientId() == null) {
      throw new CannotReplay("patient_id", "a number", null);
    }
    if (isErased) {
      throw new CannotReplay("kind", "no entry after the patient was erased", entry.kind());
    }
    long id = entry.patientId();
    var saved = new Outcome.PatientSaved(id);
    return switch (event) {
      case PatientRegistered registered when identity == null -> {
        identity = registered.identity();
        yield Replayed.of(registered, new ExpectedOutcome.UnlessForToken(saved));
      }
      case PatientChanged changed when identity != null -> {
        identity = changed.identity();
        yield Replayed.of(changed, new ExpectedOutcome.Exactly(saved));
      }
      case PatientErased erased when identity != null -> {
        identity = null;
        isErased = true;
        yield Replayed.of(erased, new ExpectedOutcome.Exactly(saved));
      }
      case ErasureRejected rejected when identity != null ->
          Replayed.of(
              rejected,
              new ExpectedOutcome.Exactly(
                  new Outcome.PatientRejected(
                      rejected.refusal(), id, rejected.holds(), rejected.status())));
      case AuditEvent _ -> throw new CannotReplay("kind", "an entry about a patient", entry.kind());
    };
  }

  void compare(Rows.PatientRow row, RowDifferences differences) {
    differences.check("digest of name, phone and member", identity, row.identity());
  }
}
