package opd.domain;

/// Which outcome is stored for a request, and so which fields its JSON has. The names stand in the
/// database and never change.
public enum OutcomeKind {
  ADMITTED,
  REJECTED,
  TOKEN_DONE,
  CHANGE_REJECTED,
  SLOT_DONE,
  SLOT_DELAYED,
  SLOT_MOVED,
  SLOT_REJECTED,
  SLOTS_OPENED,
  DOCTOR_SAVED,
  PATIENT_SAVED,
  PATIENT_REJECTED,
  FACILITY_SAVED,
  SLOT_CHANGED,
  SLOT_REOPENED,
  DOCTOR_LATE,
  DOCTOR_AWAY,
  TOKEN_SERVED,
  NOBODY_WAITING
}
