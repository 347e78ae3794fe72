package opd.audit;

import java.time.Instant;
import opd.domain.AuditKind;
import opd.domain.SlotLabel;
import opd.domain.TokenLabel;
import org.jspecify.annotations.Nullable;

/// An entry as it stands in the log.
///
/// @param slot null for the entries of doctors and patients
/// @param token null where none is concerned
/// @param patientId null where none is concerned
/// @param rule 1 to 5, or null where none was applied
/// @param facts a JSON object, as it was hashed
/// @param chain `slot/ID`, `doctor/CODE` or `patient/ID`
/// @param number in the chain, from 1
/// @param previous hash of the entry before in hexadecimal digits, null for the first
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
    String hash) {}
