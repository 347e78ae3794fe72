package opd.domain;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One patient's place in one slot.
///
/// @param reallocatedFrom the displaced token of another slot that this one makes good, or null
public record Token(
    long id,
    TokenLabel label,
    long patientId,
    TokenPriority priority,
    TokenSource source,
    TokenStatus status,
    @Nullable TokenLabel reallocatedFrom,
    Instant createdAt) {

  /// The number in the order of admission (rule 5).
  public int sequence() {
    return label.sequence();
  }

  /// The same token, reclassified (rule 4).
  public Token withStatus(TokenStatus changed) {
    return new Token(id, label, patientId, priority, source, changed, reallocatedFrom, createdAt);
  }

  /// The same token with the id that the database gave it.
  public Token withId(long known) {
    return new Token(known, label, patientId, priority, source, status, reallocatedFrom, createdAt);
  }
}
