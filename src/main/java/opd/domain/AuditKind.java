package opd.domain;

/// What an audit entry tells of. The names stand in the database and never change.
public enum AuditKind {
  FACILITY_SET,
  DOCTOR_ADDED,
  DOCTOR_CHANGED,
  PATIENT_REGISTERED,
  PATIENT_CHANGED,
  PATIENT_ERASED,
  SLOT_OPENED,
  SLOT_DELAYED,
  SLOT_CANCELLED,
  SLOT_COMPLETED,
  TOKEN_ALLOCATED,
  TOKEN_DISPLACED,
  ALLOCATION_REJECTED,
  TOKEN_CANCELLED,
  TOKEN_NO_SHOW,
  TOKEN_COMPLETED,
  TOKEN_REINSTATED,
  TOKEN_REALLOCATED,
  CHANGE_REJECTED,
  SLOT_CHANGED,
  SLOT_REOPENED,
  CHANGE_UNDONE,
  TOKEN_ARRIVED,
  TOKEN_CALLED,
  TOKEN_PARKED,
  TOKEN_RETURNED;

  /// Whether such an entry tells of a change of the facility, doctor, patient or slot itself.
  public boolean changesSubject() {
    return switch (this) {
      case FACILITY_SET,
          DOCTOR_ADDED,
          DOCTOR_CHANGED,
          PATIENT_REGISTERED,
          PATIENT_CHANGED,
          PATIENT_ERASED ->
          true;
      case SLOT_OPENED, SLOT_DELAYED, SLOT_CANCELLED, SLOT_COMPLETED -> true;
      case TOKEN_ALLOCATED, TOKEN_DISPLACED, TOKEN_CANCELLED, TOKEN_NO_SHOW -> false;
      case TOKEN_COMPLETED, TOKEN_REINSTATED, TOKEN_REALLOCATED -> false;
      case ALLOCATION_REJECTED, CHANGE_REJECTED -> false;
      case SLOT_CHANGED, SLOT_REOPENED -> true;
      case CHANGE_UNDONE -> false;
      case TOKEN_ARRIVED, TOKEN_CALLED, TOKEN_PARKED, TOKEN_RETURNED -> false;
    };
  }

  /// Whether such an entry tells that nothing was changed.
  public boolean isRefusal() {
    return switch (this) {
      case ALLOCATION_REJECTED, CHANGE_REJECTED -> true;
      case SLOT_CHANGED, SLOT_REOPENED, CHANGE_UNDONE -> false;
      case TOKEN_ARRIVED, TOKEN_CALLED, TOKEN_PARKED, TOKEN_RETURNED -> false;
      case FACILITY_SET,
          DOCTOR_ADDED,
          DOCTOR_CHANGED,
          PATIENT_REGISTERED,
          PATIENT_CHANGED,
          PATIENT_ERASED ->
          false;
      case SLOT_OPENED, SLOT_DELAYED, SLOT_CANCELLED, SLOT_COMPLETED -> false;
      case TOKEN_ALLOCATED, TOKEN_DISPLACED, TOKEN_CANCELLED, TOKEN_NO_SHOW -> false;
      case TOKEN_COMPLETED, TOKEN_REINSTATED, TOKEN_REALLOCATED -> false;
    };
  }
}
