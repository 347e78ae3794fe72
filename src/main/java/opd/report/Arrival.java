package opd.report;

import java.time.Instant;
import opd.decision.AuditEvent;
import opd.domain.TokenLabel;
import opd.domain.TokenSource;
import org.jspecify.annotations.Nullable;

/// When a patient came.
final class Arrival {
  private Arrival() {}

  /// As the desk noted it; of who walked in, when the first place of that day was given; null where
  /// nobody knows.
  static @Nullable Instant of(LoggedToken token, DayTokens tokens) {
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
    for (LoggedToken.Step step : token.steps()) {
      if (step.event() instanceof AuditEvent.TokenArrived) {
        return step.at();
      }
    }
    return null;
  }

  /// Only one that was given earlier: so the way back has an end.
  private static @Nullable LoggedToken predecessor(LoggedToken token, DayTokens tokens) {
    TokenLabel label = token.predecessor();
    LoggedToken before = label == null ? null : tokens.find(label);
    return before == null || before.steps().getFirst().entry() >= token.steps().getFirst().entry()
        ? null
        : before;
  }
}
