package opd.decision;

import java.util.Optional;
import opd.domain.Refusal;
import opd.domain.Token;

/// What follows from the wish that a patient be forgotten. It is refused to who is still to be seen
/// or is owed a place: nobody could call such a one.
public final class Erasure {
  private Erasure() {}

  /// @param held a token of the patient that is ACTIVE, or DISPLACED and not made good; if any
  public static Decided<Outcome.Erasure> decide(
      long patientId, Optional<Token> held, String reason) {
    return held.<Decided<Outcome.Erasure>>map(token -> refused(patientId, token))
        .orElseGet(() ->
            Decided.saved(
                NewEntry.ofPatient(patientId, new AuditEvent.PatientErased(reason)),
                new Outcome.PatientSaved(patientId)));
  }

  private static Decided<Outcome.Erasure> refused(long patientId, Token held) {
    return Decided.saved(
        NewEntry.ofPatient(
            patientId,
            new AuditEvent.ErasureRejected(Refusal.HOLDS_TOKEN, held.label(), held.status())),
        new Outcome.PatientRejected(Refusal.HOLDS_TOKEN, patientId, held.label(), held.status()));
  }
}
