package opd.replay;

import opd.domain.Token;
import opd.domain.TokenLabel;
import opd.outcome.Outcome;

/// What an entry says of the outcome that is stored for its request. A request may have entries in
/// several chains; each outcome is shown right by the entry that decided it.
sealed interface ExpectedOutcome {
  /// Other entries say it: the one that this follows from, or those of all the slots that were
  /// opened together, see [OpeningCheck].
  record OfAnother() implements ExpectedOutcome {}

  /// Exactly this one.
  record Exactly(Outcome outcome) implements ExpectedOutcome {}

  /// This one, unless the request was admitted to another slot in its stead.
  record UnlessAdmittedElsewhere(Outcome.Rejected outcome) implements ExpectedOutcome {}

  /// An admission to another slot that makes this token good.
  record Successor(Token displaced, TokenLabel successor) implements ExpectedOutcome {}

  /// This one, unless the patient was registered along the way by a request for a token.
  record UnlessForToken(Outcome.PatientSaved outcome) implements ExpectedOutcome {}
}
