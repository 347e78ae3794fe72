package opd.report;

import java.time.Instant;
import opd.decision.AuditEvent;
import org.jspecify.annotations.Nullable;

/// An entry of a slot's chain, with what a report reads of it.
///
/// @param id in the order in which entries were written, which no two chains share
/// @param tokenId the token that it concerns, or null
/// @param patientId the patient that it concerns, or null
/// @param number in its chain, from 1
/// @param hash of the entry in hexadecimal digits
public record LogEntry(
    long id,
    Instant at,
    String actor,
    String requestId,
    @Nullable Long tokenId,
    @Nullable Long patientId,
    AuditEvent event,
    String chain,
    long number,
    String hash) {}
