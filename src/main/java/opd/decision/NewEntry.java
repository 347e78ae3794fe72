package opd.decision;

import java.util.function.UnaryOperator;
import opd.domain.DoctorCode;
import opd.domain.Token;

/// An entry as the application writes it. Number, time and hashes come from the database.
public record NewEntry(AuditSubject subject, AuditEvent event) {

  /// An entry in the chain of the facility itself.
  public static NewEntry ofFacility(AuditEvent event) {
    return new NewEntry(new AuditSubject.OfFacility(), event);
  }

  /// An entry in the chain of a doctor.
  public static NewEntry ofDoctor(DoctorCode code, AuditEvent event) {
    return new NewEntry(new AuditSubject.OfDoctor(code), event);
  }

  /// An entry in the chain of a patient.
  public static NewEntry ofPatient(long patientId, AuditEvent event) {
    return new NewEntry(new AuditSubject.OfPatient(patientId), event);
  }

  /// An entry in the chain of a slot that concerns the slot as a whole.
  public static NewEntry ofSlot(long slotId, AuditEvent event) {
    return new NewEntry(new AuditSubject.OfSlot(slotId, null, null), event);
  }

  /// An entry in the chain of a slot that refused a patient (rule 1).
  public static NewEntry ofRefusal(long slotId, long patientId, AuditEvent event) {
    return new NewEntry(new AuditSubject.OfSlot(slotId, null, patientId), event);
  }

  /// An entry in the chain of a token's slot.
  public static NewEntry ofToken(long slotId, Token token, AuditEvent event) {
    return new NewEntry(new AuditSubject.OfSlot(slotId, token, token.patientId()), event);
  }

  /// The same entry, its token changed.
  public NewEntry with(UnaryOperator<Token> change) {
    return switch (subject) {
      case AuditSubject.OfSlot(var slotId, var token, var patientId) when token != null ->
          new NewEntry(new AuditSubject.OfSlot(slotId, change.apply(token), patientId), event);
      case AuditSubject.OfSlot _, AuditSubject.OfDoctor _ -> this;
      case AuditSubject.OfPatient _, AuditSubject.OfFacility _ -> this;
    };
  }
}
