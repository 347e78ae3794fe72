package opd.report;

import java.time.Instant;
import java.time.LocalDate;
import opd.decision.AuditEvent;
import org.jspecify.annotations.Nullable;

/// An entry of a slot's chain, with what a report reads of it.
///
/// @param day of the slot
/// @param id in the order in which entries were written, which no two chains share
/// @param tokenId the token that it concerns, or null
/// @param patientId the patient that it concerns, or null
/// @param number in its chain, from 1
/// @param hash of the entry in hexadecimal digits
/// @param transaction the number of the one that wrote it
public record LogEntry(
    LocalDate day,
    long id,
    Instant at,
    String actor,
    String requestId,
    @Nullable Long tokenId,
    @Nullable Long patientId,
    AuditEvent event,
    String chain,
    long number,
    String hash,
    long transaction) {}
