package opd.decision;

import opd.domain.Refusal;
import opd.domain.Rule;
import opd.domain.Token;
import org.jspecify.annotations.Nullable;

/// What the rule says to a claim.
public sealed interface Decision {

  /// A place is free (rule 1).
  record Admit() implements Decision {}

  /// The claim takes the place of another (rule 2, or rule 3 for an emergency).
  record Displace(Token victim, Rule rule) implements Decision {}

  /// No place for this claim.
  ///
  /// @param existing the token that the patient already holds, for DUPLICATE_TOKEN; else null
  record Reject(Refusal refusal, @Nullable Token existing) implements Decision {
    /// The rule behind the refusal: the capacity for a full slot, otherwise none.
    public @Nullable Rule rule() {
      return refusal == Refusal.SLOT_FULL ? Rule.CAPACITY : null;
    }
  }
}
