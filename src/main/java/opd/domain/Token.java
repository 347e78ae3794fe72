package opd.domain;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One patient's place in one slot.
///
/// @param reallocatedFrom the displaced token of another slot that this one makes good, or null
/// @param reallocatedTo the token of another slot that makes this one good, or null
/// @param serving who is here, called or away, as far as it was noted
public record Token(
    long id,
    TokenLabel label,
    long patientId,
    TokenPriority priority,
    TokenSource source,
    TokenStatus status,
    @Nullable TokenLabel reallocatedFrom,
    @Nullable TokenLabel reallocatedTo,
    Instant createdAt,
    Serving serving) {

  /// One of which nothing was noted.
  public Token(
      long id,
      TokenLabel label,
      long patientId,
      TokenPriority priority,
      TokenSource source,
      TokenStatus status,
      @Nullable TokenLabel reallocatedFrom,
      @Nullable TokenLabel reallocatedTo,
      Instant createdAt) {
    this(
        id,
        label,
        patientId,
        priority,
        source,
        status,
        reallocatedFrom,
        reallocatedTo,
        createdAt,
        Serving.NONE);
  }

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

  /// The same token, reclassified (rule 4). Who loses the place loses the call with it.
  public Token withStatus(TokenStatus changed) {
    return new Token(
        id,
        label,
        patientId,
        priority,
        source,
        changed,
        reallocatedFrom,
        reallocatedTo,
        createdAt,
        changed == TokenStatus.DISPLACED ? serving.displaced() : serving);
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
        createdAt,
        serving);
  }

  /// The same token, made good by another, or by none.
  public Token withSuccessor(@Nullable TokenLabel successor) {
    return new Token(
        id,
        label,
        patientId,
        priority,
        source,
        status,
        reallocatedFrom,
        successor,
        createdAt,
        serving);
  }

  /// The same token, of which something else was noted.
  public Token withServing(Serving noted) {
    return new Token(
        id,
        label,
        patientId,
        priority,
        source,
        status,
        reallocatedFrom,
        reallocatedTo,
        createdAt,
        noted);
  }

  /// Whether a token of another slot makes it good: then that is the one to change.
  public boolean isReallocated() {
    return reallocatedTo != null;
  }
}
