package opd.replay;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import opd.audit.Encoding;
import opd.domain.AuditKind;
import org.jspecify.annotations.Nullable;

/// A row of the log, with nothing added from other tables but the outcome stored for its request.
///
/// @param rule 1 to 5, or null where none was applied
/// @param previous hash of the entry before in hexadecimal digits, null for the first
/// @param tokenVersion which change of the token it tells of, or null
/// @param outcome null when none is stored, or when the entry does not decide it alone; of a
///   patient's registration only how it begins
public record LoggedEntry(
    long id,
    Instant at,
    AuditKind kind,
    String actor,
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
    @Nullable String outcome) {

  /// The chain that the entry belongs to.
  String subject() {
    return slotId != null
        ? "slot/" + slotId
        : doctor != null ? "doctor/" + doctor : "patient/" + patientId;
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
        requestId,
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
