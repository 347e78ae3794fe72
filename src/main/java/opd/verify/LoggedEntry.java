package opd.verify;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import opd.domain.AuditKind;
import opd.domain.OutcomeKind;
import opd.record.Encoding;
import org.jspecify.annotations.Nullable;

/// A row of the log, with nothing added from other tables but what is stored for its request.
///
/// @param rule 1 to 5, or null where none was applied
/// @param previous hash of the entry before in hexadecimal digits, null for the first
/// @param tokenVersion which change of the token it tells of, or null
/// @param subjectVersion which change of the slot, doctor, patient or facility itself it tells of,
///   or null
/// @param transactionId of the transaction that wrote it
/// @param request what is stored for its request, or null
/// @param outcome null when none is stored, or when the entry does not decide it alone
public record LoggedEntry(
    long id,
    Instant at,
    AuditKind kind,
    String actor,
    String login,
    String requestId,
    @Nullable String doctor,
    @Nullable Long slotId,
    @Nullable Long tokenId,
    @Nullable Long patientId,
    @Nullable Integer rule,
    String facts,
    String chain,
    long number,
    @Nullable String previous,
    String hash,
    @Nullable Integer tokenVersion,
    @Nullable Integer subjectVersion,
    long transactionId,
    @Nullable StoredRequest request,
    @Nullable String outcome) {

  /// What is stored of a request besides its outcome.
  ///
  /// @param digest of the command and its arguments, in hexadecimal digits
  /// @param transactionId of the transaction that stored it
  public record StoredRequest(String digest, OutcomeKind kind, long transactionId) {}

  /// The chain that the entry belongs to.
  String subject() {
    if (slotId != null) {
      return "slot/" + slotId;
    }
    if (doctor != null) {
      return "doctor/" + doctor;
    }
    return patientId == null ? Rows.FACILITY : "patient/" + patientId;
  }

  /// Whether an outcome of this kind is stored for its request.
  boolean isOf(OutcomeKind kind) {
    return request != null && request.kind() == kind;
  }

  /// The hash that the entry must have, computed without the database.
  ///
  /// @param slotLabel null for the entries of doctors and patients
  /// @param sequence of the token concerned, or null
  String computedHash(@Nullable String slotLabel, @Nullable Integer sequence) {
    return Encoding.sha256Hex(
        Long.toString(number),
        previous,
        Long.toString(ChronoUnit.MICROS.between(Instant.EPOCH, at)),
        kind.name(),
        actor,
        login,
        requestId,
        request == null ? null : request.digest(),
        doctor,
        slotLabel,
        text(sequence),
        text(patientId),
        text(rule),
        facts);
  }

  private static @Nullable String text(@Nullable Object value) {
    return value == null ? null : value.toString();
  }
}
