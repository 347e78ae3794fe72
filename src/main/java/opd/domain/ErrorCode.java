package opd.domain;

/// Why a command could not be carried out: bad input, something missing, or a fault around it. The
/// names are part of the command line's contract. A refusal by a rule is not an error: see the
/// rejection codes of `Refusal`.
public enum ErrorCode {
  USAGE,
  INVALID_INPUT,
  AMBIGUOUS,
  NAME_DIFFERS,
  DOCTOR_EXISTS,
  PATIENT_EXISTS,
  SLOT_OVERLAPS,
  DOCTOR_INACTIVE,
  REQUEST_ID_REUSED,
  FACILITY_NOT_FOUND,
  DOCTOR_NOT_FOUND,
  SLOT_NOT_FOUND,
  TOKEN_NOT_FOUND,
  PATIENT_NOT_FOUND,
  DATABASE_UNAVAILABLE,
  DATABASE_BUSY,
  OUTCOME_UNKNOWN,
  CHECK_FAILED,
  ACCESS_DENIED,
  SCHEMA_TOO_OLD,
  SCHEMA_TOO_NEW,
  INTERNAL
}
