package opd.decision;

import java.util.List;
import opd.domain.Token;
import opd.domain.TokenLabel;
import opd.domain.TokenPriority;
import opd.domain.TokenSource;
import org.jspecify.annotations.Nullable;

/// What an allocation was decided on.
///
/// @param active the ACTIVE tokens counted before the decision
/// @param candidates when the slot was full, its ACTIVE tokens in the order in which they would
///   lose their place; else empty
/// @param options how the place was asked for
/// @param holds a token that the patient held at the same time with another doctor, or null
public record ClaimFacts(
    TokenPriority priority,
    TokenSource source,
    int capacity,
    int active,
    List<Candidate> candidates,
    ClaimOptions options,
    @Nullable TokenLabel holds) {

  /// Of a patient who held no other token.
  public ClaimFacts(
      TokenPriority priority,
      TokenSource source,
      int capacity,
      int active,
      List<Candidate> candidates) {
    this(priority, source, capacity, active, candidates, ClaimOptions.NONE, null);
  }

  /// Why the place was asked for, or null where nobody said.
  public @Nullable String reason() {
    return options.reason();
  }

  /// Somebody who may lose the place.
  ///
  /// @param sequence of the token in its slot, from 1
  /// @param called whether the patient was called in
  public record Candidate(int sequence, TokenPriority priority, boolean called) {
    /// Somebody who was not called in.
    public Candidate(int sequence, TokenPriority priority) {
      this(sequence, priority, false);
    }

    static Candidate of(Token token) {
      return new Candidate(token.sequence(), token.priority(), token.serving().isCalled());
    }
  }

  /// What a decision was made on: capacity, places taken, the incoming rank, and in a full slot who
  /// would lose the place, in the order of rules 2, 3 and 5.
  public static ClaimFacts of(SlotBook book, Claim claim) {
    List<Candidate> candidates =
        book.isFull() ? book.candidates().stream().map(Candidate::of).toList() : List.of();
    return new ClaimFacts(
        claim.priority(),
        claim.source(),
        book.slot().capacity(),
        book.active().size(),
        candidates,
        claim.options(),
        null);
  }

  /// The same without what concerns only the patient who claims.
  public ClaimFacts withoutHeld() {
    return holding(null);
  }

  /// The same of a patient who holds this token, or null for none.
  ClaimFacts holding(@Nullable TokenLabel token) {
    return new ClaimFacts(priority, source, capacity, active, candidates, options, token);
  }
}
