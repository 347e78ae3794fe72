package opd.decision;

import java.util.Comparator;
import java.util.List;
import opd.domain.Slot;
import opd.domain.Token;
import opd.domain.TokenLabel;
import opd.domain.TokenPriority;
import opd.domain.TokenSource;
import org.jspecify.annotations.Nullable;

/// A request for a place. The rule looks at the patient and the priority alone; the source decides
/// nothing.
///
/// @param displaced the DISPLACED token that asks for a place again, or null for a new request
/// @param reason why the place is needed, or null; a displaced token keeps that of its first
///   request
/// @param held the ACTIVE tokens that the patient holds, as far as they were looked for
public record Claim(
    long patientId,
    TokenPriority priority,
    TokenSource source,
    @Nullable Token displaced,
    @Nullable String reason,
    List<HeldToken> held) {

  /// A new request.
  public static Claim ofNew(long patientId, TokenPriority priority, TokenSource source) {
    return new Claim(patientId, priority, source, null, null, List.of());
  }

  /// A displaced token's, with the priority that it has.
  public static Claim ofReallocation(Token displaced) {
    return new Claim(
        displaced.patientId(),
        displaced.priority(),
        displaced.source(),
        displaced,
        null,
        List.of());
  }

  /// The same with what was given as its reason, or null.
  public Claim because(@Nullable String given) {
    return new Claim(patientId, priority, source, displaced, given, held);
  }

  /// The same of a patient who holds these tokens.
  public Claim holding(List<HeldToken> tokens) {
    return new Claim(patientId, priority, source, displaced, reason, tokens);
  }

  /// The first token that the patient holds at the time of this slot in another one, or null.
  @Nullable TokenLabel heldBeside(Slot slot) {
    return held.stream()
        .filter(token -> token.overlaps(slot))
        .map(HeldToken::label)
        .min(Comparator.comparing(TokenLabel::slot).thenComparingInt(TokenLabel::sequence))
        .orElse(null);
  }

  /// Whether it should have said why it takes somebody's place: a new request of an emergency. A
  /// displaced token was asked before.
  boolean isWithoutReason() {
    return displaced == null && priority == TokenPriority.EMERGENCY && reason == null;
  }
}
