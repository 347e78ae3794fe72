package opd.verify;

import opd.decision.AuditEvent;
import opd.domain.Rule;
import org.jspecify.annotations.Nullable;

/// What an entry must say, given those before it in its chain.
///
/// @param tokenVersion which change of its token it tells of, or null when it changes none
record Replayed(AuditEvent event, @Nullable Integer tokenVersion, ExpectedOutcome outcome) {

  /// An entry that changes no token.
  static Replayed of(AuditEvent event, ExpectedOutcome outcome) {
    return new Replayed(event, null, outcome);
  }

  @Nullable Integer rule() {
    Rule rule = event.rule();
    return rule == null ? null : rule.number();
  }
}
