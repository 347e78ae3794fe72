package opd.store.connection;

import opd.domain.ErrorCode;
import opd.domain.FacilityName;
import opd.domain.FacilityRole;
import opd.domain.OpdException;
import opd.domain.PlainText;
import org.jspecify.annotations.Nullable;

/// Turns a fault that could not be retried away into an error for a person. What the server wrote
/// is left out: it quotes rows, and rows hold names and phone numbers.
public final class FaultMessages {
  private FaultMessages() {}

  public static OpdException error(Fault fault, DatabaseSettings settings) {
    return switch (fault.kind()) {
      case BUSY ->
          error(
              ErrorCode.DATABASE_BUSY,
              "the database is busy: others held what this command needed",
              "nothing happened; try again",
              fault);
      case FULL ->
          error(
              ErrorCode.DATABASE_BUSY,
              "the database at " + settings.place() + " takes no more connections at the moment",
              "nothing happened; try again, or ask the administrator to raise max_connections or the"
                  + " limit of this login",
              fault);
      case STARTING ->
          error(
              ErrorCode.DATABASE_UNAVAILABLE,
              "the database at " + settings.place() + " is starting or stopping",
              "nothing happened; try again in a while",
              fault);
      case UNREACHABLE ->
          error(
              ErrorCode.DATABASE_UNAVAILABLE,
              "the database at " + settings.place() + " cannot be reached",
              "check that the server runs and that host and port are right",
              fault);
      case LOST ->
          error(
              ErrorCode.DATABASE_UNAVAILABLE,
              "the connection to the database at " + settings.place() + " was lost",
              "nothing happened; try again when the server is back",
              fault);
      case LOST_BY_TRANSACTION_BOUND -> ended("transaction_timeout", fault, settings);
      case LOST_BY_IDLE_TRANSACTION_BOUND ->
          ended("idle_in_transaction_session_timeout", fault, settings);
      case LOST_BY_IDLE_SESSION_BOUND -> ended("idle_session_timeout", fault, settings);
      case NO_SESSION -> (OpdException) fault.cause();
      case ENCODING ->
          error(
              ErrorCode.INVALID_INPUT,
              "the database at " + settings.place() + " cannot store a character of this text",
              "nothing happened; its encoding should be UTF8: ask the administrator for a database made"
                  + " with ENCODING 'UTF8'",
              fault);
      case TIMED_OUT ->
          error(
              ErrorCode.DATABASE_BUSY,
              "the database took too long to answer",
              "nothing happened; try again, or allow more time with --timeout",
              fault);
      case DISK_FULL ->
          error(
              ErrorCode.DATABASE_UNAVAILABLE,
              "the database server's disk is full",
              "nothing happened; make room on the server's disk, then try again",
              fault);
      case DISK_READ_ONLY ->
          error(
              ErrorCode.DATABASE_UNAVAILABLE,
              "the database server's disk cannot be written",
              "nothing happened; have the disk looked at: systems make one read only when it fails",
              fault);
      case READ_ONLY ->
          error(
              ErrorCode.DATABASE_UNAVAILABLE,
              "the database at "
                  + settings.place()
                  + " takes no changes: it is a standby or read only",
              "connect to the primary server",
              fault);
      case NOT_FOUND -> facilityNotFound(settings.facility());
      case NO_DATABASE ->
          error(
              ErrorCode.ACCESS_DENIED,
              "there is no such database at " + settings.place(),
              "check the URL, or make the database first: createdb",
              fault);
      case NO_RIGHT ->
          error(
              ErrorCode.ACCESS_DENIED,
              "the database user lacks a right that this command needs",
              "ask the administrator for membership in the role "
                  + settings.facility().role(FacilityRole.DESK)
                  + ", or use the facility's owner for 'opd db migrate'",
              fault);
      case NOT_LET_IN ->
          error(
              ErrorCode.ACCESS_DENIED,
              "the database at " + settings.place() + " does not let this user in from here",
              "check OPD_DB_USER and the server's pg_hba.conf; if it demands encryption, add"
                  + " ?sslmode=verify-full to the URL",
              fault);
      case WRONG_PASSWORD, NO_LOGIN ->
          error(
              ErrorCode.ACCESS_DENIED,
              "the database at " + settings.place() + " did not accept user and password",
              "set them in the URL, in OPD_DB_USER and OPD_DB_PASSWORD, or in ~/.pgpass",
              fault);
      case UNSAFE ->
          TlsFailure.in(fault.cause()).orElseThrow().error(settings.place(), fault.cause());
      case GUARD -> guard(fault);
      case OTHER ->
          error(
              ErrorCode.INTERNAL,
              "the database refused a statement of this program (SQLSTATE " + fault.state() + ")",
              "this is a fault of the program; please report it",
              fault);
    };
  }

  /// There is no facility of this name in the database.
  public static OpdException facilityNotFound(FacilityName facility) {
    return new OpdException(
        ErrorCode.FACILITY_NOT_FOUND,
        "there is no facility " + facility + " in this database",
        "check --facility, or make it with 'opd --facility " + facility + " db migrate'");
  }

  /// The command's time ended while the database had not answered; nothing happened.
  ///
  /// @param refusal what was answered to an earlier try, or null
  static OpdException timeIsOver(@Nullable Fault refusal, DatabaseSettings settings) {
    return refusal != null
        ? error(refusal, settings)
        : new OpdException(
            ErrorCode.DATABASE_BUSY,
            "the database at " + settings.place() + " did not answer within the time",
            "nothing happened; try again, or allow more time with --timeout");
  }

  private static OpdException ended(String setting, Fault fault, DatabaseSettings settings) {
    return error(
        ErrorCode.DATABASE_BUSY,
        "the database at " + settings.place() + " ended the work: its " + setting + " is too short",
        "nothing happened; try again, or ask the administrator to raise " + setting,
        fault);
  }

  /// The application checks first and explains; these are the races that only the database sees.
  private static OpdException guard(Fault fault) {
    String constraint = fault.constraint() == null ? "unknown" : fault.constraint();
    return switch (constraint) {
      case "doctor_pkey" ->
          new OpdException(
              ErrorCode.DOCTOR_EXISTS,
              "a doctor with this code exists already",
              null,
              fault.cause());
      case "slot_does_not_overlap_another_of_its_doctor", "slot_label_is_unique" ->
          new OpdException(
              ErrorCode.SLOT_OVERLAPS,
              "another slot of this doctor takes some of that time",
              "see 'opd slot list --doctor'",
              fault.cause());
      case "patient_phone_and_member_are_unique" ->
          new OpdException(
              ErrorCode.PATIENT_EXISTS,
              "another patient has this phone and member number already",
              null,
              fault.cause());
      case "token_patient_is_not_erased" ->
          new OpdException(
              ErrorCode.PATIENT_NOT_FOUND,
              "the patient was erased at this moment",
              "nothing happened; with a name, the number is registered anew",
              fault.cause());
      case "facility_is_fixed" ->
          new OpdException(
              ErrorCode.INVALID_INPUT,
              "region and zone of a facility are fixed when its first slot is opened",
              "leave --region and --zone out",
              fault.cause());
      case "token_is_within_ones_work",
          "request_is_within_ones_work",
          "audit_entry_is_within_ones_work" ->
          new OpdException(
              ErrorCode.ACCESS_DENIED,
              "the login of a consulting room calls patients in and ends their turns, and no more",
              "nothing happened; the rest is done at the desk",
              fault.cause());
      case "audit_entry_is_of_now" ->
          error(
              ErrorCode.DATABASE_BUSY,
              "the transaction lasted longer than a minute",
              "nothing happened; try again",
              fault);
      default ->
          error(
              ErrorCode.INTERNAL,
              "the database stopped this program from breaking a rule (" + constraint + ")",
              "nothing happened; this is a fault of the program, please report it",
              fault);
    };
  }

  private static OpdException error(ErrorCode code, String message, String hint, Fault fault) {
    String said =
        fault.ofPooler().map(sentence -> "; it says " + PlainText.quote(sentence)).orElse("");
    return new OpdException(code, message + said, hint, fault.cause());
  }
}
