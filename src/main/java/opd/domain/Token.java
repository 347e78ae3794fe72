package opd.domain;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One patient's place in one slot.
///
/// @param reallocatedFrom the displaced token of another slot that this one makes good, or null
/// @param reallocatedTo the token of another slot that makes this one good, or null
public record Token(
    long id,
    TokenLabel label,
    long patientId,
    TokenPriority priority,
    TokenSource source,
    TokenStatus status,
    @Nullable TokenLabel reallocatedFrom,
    @Nullable TokenLabel reallocatedTo,
    Instant createdAt) {

  /// One that nothing has made good.
  public Token(
      long id,
      TokenLabel label,
      long patientId,
      TokenPriority priority,
      TokenSource source,
      TokenStatus status,
      @Nullable TokenLabel reallocatedFrom,
      Instant createdAt) {
    this(id, label, patientId, priority, source, status, reallocatedFrom, null, createdAt);
  }

  /// The number in the order of admission (rule 5).
  public int sequence() {
    return label.sequence();
  }

  /// The same token, reclassified (rule 4).
  public Token withStatus(TokenStatus changed) {
    return new Token(
        id, label, patientId, priority, source, changed, reallocatedFrom, reallocatedTo, createdAt);
  }

  /// The same token with the id that the database gave it.
  public Token withId(long known) {
    return new Token(
        known,
        label,
        patientId,
        priority,
        source,
        status,
        reallocatedFrom,
        reallocatedTo,
        createdAt);
  }

  /// The same token, made good by another, or by none.
  public Token withSuccessor(@Nullable TokenLabel successor) {
    return new Token(
        id, label, patientId, priority, source, status, reallocatedFrom, successor, createdAt);
  }

  /// Whether a token of another slot makes it good: then that is the one to change.
  public boolean isReallocated() {
    return reallocatedTo != null;
  }
}
