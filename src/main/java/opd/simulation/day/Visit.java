package opd.simulation.day;

import java.time.Duration;
import java.time.Instant;
import opd.domain.Token;
import opd.domain.TokenLabel;
import opd.domain.TokenPriority;
import opd.domain.TokenSource;
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
  // Whether the desk has noted for this token that the patient is here.
  boolean isNoted;
  // Whether a call of this token stands.
  boolean isCalled;
  boolean isParked;
  // Back from an absence, though nobody has noted it.
  boolean isBack;
  // Whether the consultation is over.
  boolean isSeen;
  boolean isRebooked;
  boolean isCalledByName;
  boolean missesCall;
  // Whether the doctor will send the patient away before the consultation is over.
  boolean isToBeSent;
  // Whether the end of the consultation was noted too early, and taken back.
  boolean isTakenBack;
  // How long the doctor still needs.
  Duration remaining;

  Visit(DayPlan.Visit planned) {
    this.planned = planned;
    priority = planned.priority();
    DayPlan.Serving serving = planned.habits().serving();
    isCalledByName = serving.isCalledByName();
    missesCall = serving.missesCall();
    isToBeSent = serving.away().map(DayPlan.Away::duringConsultation).orElse(false);
    remaining = planned.habits().consultation();
  }

  /// The patient has this place now, and nobody has called for it.
  void take(Token placed) {
    token = placed.label();
    status = TokenStatus.ACTIVE;
    priority = placed.priority();
    isNoted = placed.source() == TokenSource.WALK_IN || placed.serving().arrivedAt() != null;
    lay();
  }

  /// The place is lost, and the call with it.
  void lose() {
    status = TokenStatus.DISPLACED;
    losses++;
    lay();
  }

  private void lay() {
    isCalled = false;
    isParked = false;
    isBack = false;
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

  /// Whether the patient waits to be called.
  boolean isCallable() {
    return isActive() && isNoted && !isCalled && !isParked && !isSeen;
  }

  /// Whether the patient holds the token now.
  boolean holds(TokenLabel label) {
    return label.equals(token);
  }

  /// Whether the patient holds the token and may be with a doctor for it.
  boolean isActiveWith(TokenLabel label) {
    return holds(label) && isActive();
  }

  /// 0 for who has no token.
  int number() {
    return token == null ? 0 : token.sequence();
  }
}
