package opd.decision;

import opd.domain.Token;
import opd.domain.TokenPriority;
import opd.domain.TokenSource;
import org.jspecify.annotations.Nullable;

/// A request for a place. The rule looks at the patient and the priority alone; the source decides
/// nothing.
///
/// @param displaced the DISPLACED token that asks for a place again, or null
/// @param moved the ACTIVE token that is given up for this place, or null
public record Claim(
    long patientId,
    TokenPriority priority,
    TokenSource source,
    @Nullable Token displaced,
    @Nullable Token moved,
    ClaimOptions options) {

  /// A new request.
  public static Claim ofNew(long patientId, TokenPriority priority, TokenSource source) {
    return new Claim(patientId, priority, source, null, null, ClaimOptions.NONE);
  }

  /// A displaced token's, with the priority that it has.
  public static Claim ofReallocation(Token displaced) {
    return new Claim(
        displaced.patientId(),
        displaced.priority(),
        displaced.source(),
        displaced,
        null,
        ClaimOptions.NONE);
  }

  /// That of a patient who wants another slot, with the priority that the token has.
  public static Claim ofMove(Token moved) {
    return new Claim(
        moved.patientId(), moved.priority(), moved.source(), null, moved, ClaimOptions.NONE);
  }

  /// The same claim, asked for in this way.
  public Claim with(ClaimOptions asked) {
    return new Claim(patientId, priority, source, displaced, moved, asked);
  }
}
