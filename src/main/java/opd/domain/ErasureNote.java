package opd.domain;

import java.time.Instant;

/// What is noted of an erasure outside of the database, so that it can be repeated after an older
/// backup was restored. Neither name nor number is in it.
///
/// @param patient the id, which a backup keeps
/// @param registered hash of the entry of the patient's registration, in hexadecimal digits: after
///   a restore the id may become another's
/// @param erasedAt when
/// @param reason why
public record ErasureNote(long patient, String registered, Instant erasedAt, String reason) {}
