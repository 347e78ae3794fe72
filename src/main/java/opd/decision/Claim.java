package opd.decision;

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
/// @param displaced the DISPLACED token that asks for a place again, or null
/// @param moved the ACTIVE token that is given up for this place, or null
/// @param options how the place was asked for
/// @param held the ACTIVE tokens that the patient holds, as far as they were looked for
public record Claim(
    long patientId,
    TokenPriority priority,
    TokenSource source,
    @Nullable Token displaced,
    @Nullable Token moved,
    ClaimOptions options,
    List<HeldToken> held) {

  /// A new request.
  public static Claim ofNew(long patientId, TokenPriority priority, TokenSource source) {
    return new Claim(patientId, priority, source, null, null, ClaimOptions.NONE, List.of());
  }

  /// A displaced token's, with the priority that it has.
  public static Claim ofReallocation(Token displaced) {
    return new Claim(
        displaced.patientId(),
        displaced.priority(),
        displaced.source(),
        displaced,
        null,
        ClaimOptions.NONE,
        List.of());
  }

  /// That of a patient who wants another slot, with the priority that the token has.
  public static Claim ofMove(Token moved) {
    return new Claim(
        moved.patientId(),
        moved.priority(),
        moved.source(),
        null,
        moved,
        ClaimOptions.NONE,
        List.of());
  }

  /// The same claim, asked for in this way.
  public Claim with(ClaimOptions asked) {
    return new Claim(patientId, priority, source, displaced, moved, asked, held);
  }

  /// The same with what was given as its reason, or null.
  public Claim because(@Nullable String given) {
    return with(options.because(given));
  }

  /// The same of a patient who holds these tokens.
  public Claim holding(List<HeldToken> tokens) {
    return new Claim(patientId, priority, source, displaced, moved, options, tokens);
  }

  /// The first token that the patient holds at the time of this slot in another one, or null.
  @Nullable TokenLabel heldBeside(Slot slot) {
    return HeldToken.beside(
        slot, held.stream().filter(token -> moved == null || !token.label().equals(moved.label())));
  }

  /// Whether it should have said why it takes somebody's place: a new request of an emergency. A
  /// displaced token, and one that is moved, was asked before.
  boolean isWithoutReason() {
    return displaced == null
        && moved == null
        && priority == TokenPriority.EMERGENCY
        && options.reason() == null;
  }
}
