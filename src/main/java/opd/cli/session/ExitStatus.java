package opd.cli.session;

import java.util.Arrays;
import opd.decision.Outcome;
import opd.domain.ErrorCode;

/// The exit codes of the command line's contract.
public enum ExitStatus {
  DONE(0),
  /// A fault of the program itself.
  FAULT(1),
  /// Bad usage or bad input; nothing of it happened.
  BAD_INPUT(2),
  /// The rules refuse it; audited.
  REFUSED(3),
  NOT_FOUND(4),
  /// The database cannot be reached or is busy; nothing happened.
  UNAVAILABLE(5),
  /// The connection broke while committing.
  OUTCOME_UNKNOWN(6),
  CHECK_FAILED(7),
  NOT_SET_UP(8);

  private final int code;

  ExitStatus(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }

  /// The worse of two for a whole of several commands: first what needs somebody to look into it.
  public ExitStatus worse(ExitStatus other) {
    return severity() >= other.severity() ? this : other;
  }

  private int severity() {
    return switch (this) {
      case FAULT -> 8;
      case OUTCOME_UNKNOWN -> 7;
      case UNAVAILABLE -> 6;
      case NOT_SET_UP -> 5;
      case CHECK_FAILED -> 4;
      case BAD_INPUT -> 3;
      case NOT_FOUND -> 2;
      case REFUSED -> 1;
      case DONE -> 0;
    };
  }

  /// @throws IllegalArgumentException for a code that no command ends with
  public static ExitStatus of(int code) {
    return Arrays.stream(values())
        .filter(status -> status.code == code)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("exit code " + code));
  }

  public static ExitStatus of(Outcome outcome) {
    return outcome.isRefused() ? REFUSED : DONE;
  }

  public static ExitStatus of(ErrorCode code) {
    return switch (code) {
      case USAGE,
          INVALID_INPUT,
          AMBIGUOUS,
          NAME_DIFFERS,
          DOCTOR_EXISTS,
          PATIENT_EXISTS,
          SLOT_OVERLAPS,
          DOCTOR_INACTIVE,
          REQUEST_ID_REUSED ->
          BAD_INPUT;
      case FACILITY_NOT_FOUND,
          DOCTOR_NOT_FOUND,
          SLOT_NOT_FOUND,
          TOKEN_NOT_FOUND,
          PATIENT_NOT_FOUND ->
          NOT_FOUND;
      case DATABASE_UNAVAILABLE, DATABASE_BUSY -> UNAVAILABLE;
      case OUTCOME_UNKNOWN -> OUTCOME_UNKNOWN;
      case CHECK_FAILED -> CHECK_FAILED;
      case ACCESS_DENIED, SCHEMA_TOO_OLD, SCHEMA_TOO_NEW -> NOT_SET_UP;
      case INTERNAL -> FAULT;
    };
  }
}
