package opd.verify;

import java.util.Optional;
import opd.decision.Outcome;
import opd.decision.TokenView;
import opd.domain.OutcomeKind;
import opd.record.StoredOutcome;

/// The outcome of a call for which another patient's turn was ended tells of two tokens, perhaps of
/// two slots: each one's entry shows its part right.
final class ServedOutcome {
  private ServedOutcome() {}

  /// Whose turn was ended is checked where it was.
  static Outcome.Served withStoredPrevious(Outcome.Served expected, LoggedEntry entry) {
    return stored(entry)
        .map(found ->
            new Outcome.Served(
                expected.token(), expected.passed(), found.previous(), found.isNext()))
        .orElse(expected);
  }

  /// Whether the token's turn was ended by it.
  static boolean hasEnded(LoggedEntry entry, TokenView view) {
    return stored(entry)
        .map(Outcome.Served::previous)
        .filter(previous -> previous.token().label().equals(view.token().label()))
        .isPresent();
  }

  private static Optional<Outcome.Served> stored(LoggedEntry entry) {
    String outcome = entry.outcome();
    if (outcome == null || !entry.isOf(OutcomeKind.TOKEN_SERVED)) {
      return Optional.empty();
    }
    try {
      return StoredOutcome.read(OutcomeKind.TOKEN_SERVED, outcome) instanceof Outcome.Served served
          ? Optional.of(served)
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
