package opd.decision;

import opd.domain.DoctorCode;
import opd.domain.Token;
import org.jspecify.annotations.Nullable;

/// Whom an entry concerns, and with it the chain that it belongs to.
public sealed interface AuditSubject {

  /// The facility itself.
  record OfFacility() implements AuditSubject {}

  /// A doctor, with a chain of its own.
  record OfDoctor(DoctorCode code) implements AuditSubject {}

  /// A patient, by id alone: no name and no phone number is in the log.
  record OfPatient(long patientId) implements AuditSubject {}

  /// A slot, and what of it.
  ///
  /// @param token the token concerned, or null
  /// @param patientId the patient concerned, or null
  record OfSlot(long slotId, @Nullable Token token, @Nullable Long patientId)
      implements AuditSubject {}
}
