package opd.report;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import opd.decision.AuditEvent;
import opd.domain.SlotStatus;
import opd.domain.TokenStatus;

/// Counts a slot as a whole.
final class SlotCount {
  private SlotCount() {}

  static void count(LoggedSlot slot, Tallies tallies) {
    Key key = Key.of(slot);
    tallies.add(key, Count.SLOTS);
    if (slot.status() == SlotStatus.CANCELLED) {
      cancelled(slot, tallies, key);
    } else {
      tallies.add(key, Count.PLACES, slot.capacity());
    }
    for (LoggedToken token : slot.tokens()) {
      tallies.add(key, Count.SEEN_ON_PLACES, token.status() == TokenStatus.COMPLETED ? 1 : 0);
    }
    for (LoggedSlot.Change change : slot.changes()) {
      if (change.event() instanceof AuditEvent.SlotDelayed(var minutes, var _) && minutes > 0) {
        tallies.add(key, Count.DELAYS_ANNOUNCED);
      }
    }
    if (slot.delayMinutes() > 0) {
      tallies.add(key, Spread.DELAY, slot.delayMinutes());
    }
    overrun(slot, tallies, key);
  }

  private static void overrun(LoggedSlot slot, Tallies tallies, Key key) {
    Instant last = slot.end();
    for (LoggedToken token : slot.tokens()) {
      for (LoggedToken.Step step : token.steps()) {
        boolean isSeeing =
            switch (step.event()) {
              case AuditEvent.TokenCalled _ -> true;
              case AuditEvent.TokenCompleted(var withSlot) -> !withSlot;
              case AuditEvent _ -> false;
            };
        if (isSeeing && step.at().isAfter(last)) {
          last = step.at();
        }
      }
    }
    if (last.isAfter(slot.end())) {
      tallies.add(key, Spread.OVERRUN, Duration.between(slot.end(), last).toMinutes());
    }
  }

  private static void cancelled(LoggedSlot slot, Tallies tallies, Key key) {
    tallies.add(key, Count.CANCELLED_SLOTS);
    Set<Integer> hit = new HashSet<>();
    for (LoggedSlot.Change change : slot.changes()) {
      if (change.event() instanceof AuditEvent.SlotCancelled cancelled) {
        hit.clear();
        hit.addAll(cancelled.sequences());
      }
    }
    for (LoggedToken token : slot.tokens()) {
      if (hit.contains(token.label().sequence())) {
        tallies.add(key, Count.CANCELLED_SLOT_TOKENS);
        tallies.add(key, Count.CANCELLED_SLOT_REALLOCATED, token.isReallocated() ? 1 : 0);
      }
    }
  }
}
