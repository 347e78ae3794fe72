package opd.report;

import java.time.Duration;
import java.time.Instant;
import opd.decision.AuditEvent;
import opd.decision.PassedOver;
import org.jspecify.annotations.Nullable;

/// Counts what arrivals and calls tell.
final class Serving {
  private final Tallies tallies;
  private final DayTokens tokens;

  Serving(Tallies tallies, DayTokens tokens) {
    this.tallies = tallies;
    this.tokens = tokens;
  }

  void count(LoggedSlot slot) {
    Instant first = null;
    for (LoggedToken token : slot.tokens()) {
      Instant called = count(slot, token);
      if (called != null && (first == null || called.isBefore(first))) {
        first = called;
      }
    }
    if (first != null) {
      tallies.add(Key.of(slot), Spread.LATE_START, seconds(slot.start(), first));
    }
  }

  /// @return when the patient was first called, or null
  private @Nullable Instant count(LoggedSlot slot, LoggedToken token) {
    Instant first = null;
    for (LoggedToken.Step step : token.steps()) {
      if (step.event() instanceof AuditEvent.TokenCalled called) {
        outOfTurn(token, step, called);
        if (first == null) {
          first = step.at();
          first(slot, token, step);
        }
      }
    }
    token
        .seen()
        .ifPresent(seen ->
            tallies.add(
                Key.of(token, seen.end().actor()),
                Spread.CONSULTATION,
                seconds(seen.call().at(), seen.end().at())));
    return first;
  }

  private void outOfTurn(LoggedToken token, LoggedToken.Step step, AuditEvent.TokenCalled called) {
    if (called.passed().stream().anyMatch(passed -> passed.why() == PassedOver.OUT_OF_TURN)) {
      tallies.add(Key.of(token, step.actor()), Count.CALLS_OUT_OF_TURN);
    }
  }

  private void first(LoggedSlot slot, LoggedToken token, LoggedToken.Step call) {
    Key key = Key.of(token, call.actor());
    tallies.add(key, Count.CALLED);
    Instant arrived = Arrival.of(token, tokens);
    if (arrived == null || arrived.isAfter(call.at())) {
      tallies.add(key, Count.CALLED_WITHOUT_ARRIVAL);
    } else {
      Instant from = arrived.isBefore(slot.start()) ? slot.start() : arrived;
      tallies.add(key, Spread.WAIT, seconds(from, call.at()));
    }
  }

  private static long seconds(Instant from, Instant to) {
    return Math.max(0, Duration.between(from, to).toSeconds());
  }
}
