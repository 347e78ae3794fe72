package opd.decision;

import java.util.Optional;
import opd.domain.Refusal;
import opd.domain.Rule;
import opd.domain.Token;
import opd.domain.TokenPriority;

/// Decides who gets a place. The whole of it stands here, and every path that gives a place asks
/// it.
public final class AllocationRule {
  private AllocationRule() {}

  /// Applies the rules in their order: a closed slot, a patient who sits there already, a free
  /// place, a lower claim to displace, and else a full book.
  public static Decision decide(SlotBook book, Claim claim) {
    if (!book.isOpen()) {
      return new Decision.Reject(Refusal.SLOT_CLOSED, null);
    }
    Optional<Token> existing = book.heldBy(claim.patientId());
    if (existing.isPresent()) {
      return new Decision.Reject(Refusal.DUPLICATE_TOKEN, existing.get());
    }
    if (!book.isFull()) {
      return new Decision.Admit();
    }
    return decideWhenFull(book.candidates().getFirst(), claim.priority());
  }

  private static Decision decideWhenFull(Token lowest, TokenPriority claim) {
    // Rule 3 to the letter: an emergency displaces even another emergency, the latest of them.
    if (claim == TokenPriority.EMERGENCY) {
      return new Decision.Displace(lowest, Rule.EMERGENCY);
    }
    // Who was called in makes way for an emergency only.
    if (claim.outranks(lowest.priority()) && !lowest.serving().isCalled()) {
      return new Decision.Displace(lowest, Rule.HIGHER_PRIORITY);
    }
    return new Decision.Reject(Refusal.SLOT_FULL, null);
  }
}
