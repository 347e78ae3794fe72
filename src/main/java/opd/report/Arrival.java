package opd.report;

import java.time.Instant;
import java.util.Map;
import opd.decision.AuditEvent;
import opd.domain.TokenLabel;
import opd.domain.TokenSource;
import org.jspecify.annotations.Nullable;

/// When a patient came.
final class Arrival {
  private Arrival() {}

  /// As the desk noted it; of who walked in, when the first place of that day was given; null where
  /// nobody knows.
  ///
  /// @param tokens of the day
  static @Nullable Instant of(LoggedToken token, Map<TokenLabel, LoggedToken> tokens) {
    if (token.source() == TokenSource.WALK_IN) {
      LoggedToken first = token;
      LoggedToken before = predecessor(token, tokens);
      while (before != null) {
        first = before;
        before = predecessor(before, tokens);
      }
      return first.givenAt();
    }
    if (token.given().arrivedAt() != null) {
      return token.given().arrivedAt();
    }
    return token.steps().stream()
        .filter(step -> step.event() instanceof AuditEvent.TokenArrived)
        .map(LoggedToken.Step::at)
        .findFirst()
        .orElse(null);
  }

  /// Only one that was given earlier: so the way back has an end.
  private static @Nullable LoggedToken predecessor(
      LoggedToken token, Map<TokenLabel, LoggedToken> tokens) {
    TokenLabel label = token.predecessor();
    LoggedToken before = label == null ? null : tokens.get(label);
    return before == null || before.steps().getFirst().entry() >= token.steps().getFirst().entry()
        ? null
        : before;
  }
}
