package opd.verify;

import java.util.Optional;
import opd.decision.Outcome;
import opd.decision.TokenView;
import opd.domain.Serving;
import opd.record.StoredOutcome;

/// The outcome of a move tells of two slots, of which the chain of one knows the half: the other
/// half is taken as it is stored.
final class TokenMove {
  private TokenMove() {}

  /// Who waits for the place that was left is checked where the token was given up.
  static Outcome.Admitted withStoredWaiting(Outcome.Admitted expected, LoggedEntry entry) {
    return stored(entry) instanceof Outcome.Admitted found
        ? expected.with(found.waiting())
        : expected;
  }

  /// The place and the time of the token that stays where it is.
  static Outcome.Rejected withStoredPlace(Outcome.Rejected expected, LoggedEntry entry) {
    TokenView from = expected.from();
    TokenView asking = stored(entry) instanceof Outcome.Rejected found ? found.from() : null;
    return from == null || asking == null
        ? expected
        : expected.with(new TokenView(from.token(), asking.position(), asking.expectedAt()));
  }

  /// What was noted of the token that asked for a place in another slot, as far as the outcome
  /// tells.
  static Optional<Serving> servingOfAsking(LoggedEntry entry) {
    TokenView from =
        switch (stored(entry)) {
          case Outcome.Admitted admitted -> admitted.from();
          case Outcome.Rejected rejected -> rejected.from();
          case Object _ -> null;
        };
    return Optional.ofNullable(from).map(view -> view.token().serving());
  }

  private static Object stored(LoggedEntry entry) {
    try {
      return entry.request() == null || entry.outcome() == null
          ? Optional.empty()
          : StoredOutcome.read(entry.request().kind(), entry.outcome());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
