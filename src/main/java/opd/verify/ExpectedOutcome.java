package opd.verify;

import java.util.List;
import opd.decision.Outcome;
import opd.decision.TokenView;
import opd.domain.Slot;
import opd.domain.Token;
import opd.domain.TokenLabel;
import org.jspecify.annotations.Nullable;

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

  /// The slot's cancellation with these tokens displaced, some of which were made good elsewhere:
  /// which, the entries that follow tell.
  record Moving(Slot slot, List<TokenView> tokens) implements ExpectedOutcome {}

  /// The cancellation of the slot, which tells of no other place for this token.
  record Unplaced(Token displaced) implements ExpectedOutcome {}

  /// An admission to another slot that makes this token good, alone or with others of a cancelled
  /// slot.
  record Successor(Token displaced, TokenLabel successor) implements ExpectedOutcome {}

  /// An admission to another slot, for which this token was given up.
  ///
  /// @param waiting who waits for the place that it left
  record MovedTo(Token given, TokenLabel successor, List<TokenView> waiting)
      implements ExpectedOutcome {}

  /// This one; who waits for the place that was left, the entry of that slot tells.
  record Moved(Outcome.Admitted outcome) implements ExpectedOutcome {}

  /// This one; where the token that asked stands in its own queue, no entry tells.
  record NotMoved(Outcome.Rejected outcome) implements ExpectedOutcome {}

  /// The call of a patient for whom another's turn may have been ended, which that one's entry
  /// shows.
  ///
  /// @param previous that one, or null
  record Called(Outcome.Served outcome, @Nullable TokenLabel previous) implements ExpectedOutcome {}

  /// The call of whoever was next, if anybody was, for which this token's turn was ended.
  record Ended(TokenView previous) implements ExpectedOutcome {}

  /// This one, unless the patient was registered along the way by a request for a token.
  record UnlessForToken(Outcome.PatientSaved outcome) implements ExpectedOutcome {}
}
