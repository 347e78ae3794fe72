package opd.record;

import java.time.Instant;
import opd.domain.AuditKind;
import opd.domain.SlotLabel;
import opd.domain.TokenLabel;
import org.jspecify.annotations.Nullable;

/// An entry as it stands in the log.
///
/// @param slot null for the entries of doctors, patients and the facility
/// @param token null where none is concerned
/// @param patientId null where none is concerned
/// @param rule 1 to 5, or null where none was applied
/// @param facts a JSON object, as it was hashed
/// @param chain `slot/ID`, `doctor/CODE`, `patient/ID` or `facility`
/// @param number in the chain, from 1
/// @param previous hash of the entry before in hexadecimal digits, null for the first
/// @param login of the database that wrote it: an actor is what a desk says of itself
/// @param requestDigest of the command and its arguments, in hexadecimal digits; null when the
///   request was removed, as only the database's owner can
public record StoredEntry(
    long id,
    Instant at,
    AuditKind kind,
    String actor,
    String requestId,
    @Nullable SlotLabel slot,
    @Nullable TokenLabel token,
    @Nullable Long patientId,
    @Nullable Integer rule,
    String facts,
    String chain,
    long number,
    @Nullable String previous,
    String hash,
    String login,
    @Nullable String requestDigest) {}
