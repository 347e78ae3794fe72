package opd.simulation.day;

import java.time.Instant;
import opd.domain.TokenLabel;
import opd.domain.TokenPriority;
import opd.domain.TokenStatus;
import opd.simulation.plan.DayPlan;
import org.jspecify.annotations.Nullable;

/// A patient on the day, as the staff know: from the answers that they saw.
final class Visit {
  final DayPlan.Visit planned;
  @Nullable TokenLabel token;
  @Nullable TokenStatus status;
  TokenPriority priority;
  @Nullable Instant arrivedAt;
  int losses;

  Visit(DayPlan.Visit planned) {
    this.planned = planned;
    priority = planned.priority();
  }

  boolean isActive() {
    return status == TokenStatus.ACTIVE;
  }

  /// Whether the patient has a place or is owed one.
  boolean isHopeful() {
    return status == TokenStatus.ACTIVE || status == TokenStatus.DISPLACED;
  }

  boolean isOwedFor(TokenLabel label) {
    return holds(label) && status == TokenStatus.DISPLACED;
  }

  boolean isPresent() {
    return arrivedAt != null;
  }

  /// Whether the patient holds the token now.
  boolean holds(TokenLabel label) {
    return label.equals(token);
  }
}
