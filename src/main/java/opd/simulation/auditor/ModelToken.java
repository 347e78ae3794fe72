package opd.simulation.auditor;

import java.time.Instant;
import java.time.ZoneId;
import opd.domain.PatientKey;
import opd.domain.TokenLabel;
import opd.domain.TokenPriority;
import opd.domain.TokenSource;
import opd.domain.TokenStatus;
import org.jspecify.annotations.Nullable;

/// A token as it must be.
final class ModelToken {
  final TokenLabel label;
  final PatientKey patient;
  final TokenPriority priority;
  final TokenSource source;
  final @Nullable TokenLabel from;
  TokenStatus status = TokenStatus.ACTIVE;
  // What the last change made of it again, if that was a mistake; null where it cannot be one.
  @Nullable TokenStatus beforeMistake;
  // Whether the slot's closing made it what it is.
  boolean isClosedWithSlot;
  // Whether it got a successor in another slot.
  boolean isMadeGood;
  @Nullable Instant arrivedAt;
  // When the call was that stands, and to where; null where none does, or to no room.
  @Nullable Instant calledAt;
  @Nullable String room;
  int calls;
  // Which of all calls it was that stands.
  long callOrder;
  @Nullable Instant parkedAt;

  ModelToken(TokenLabel label, Claim claim, @Nullable TokenLabel from) {
    this.label = label;
    this.patient = claim.patient();
    this.priority = claim.priority();
    this.source = claim.source();
    this.from = from;
  }

  /// Who wants a place, and how urgently.
  record Claim(PatientKey patient, TokenPriority priority, TokenSource source) {}

  Claim claim() {
    return new Claim(patient, priority, source);
  }

  /// The token gets another status. Who loses the place is not called any more, and not away: only
  /// that the patient came is still so.
  void become(TokenStatus other) {
    status = other;
    beforeMistake = null;
    isClosedWithSlot = false;
    if (other == TokenStatus.DISPLACED) {
      takeCallBack();
      parkedAt = null;
    }
  }

  void takeCallBack() {
    calledAt = null;
    room = null;
  }

  /// Whether the patient is here; who walked in always was.
  boolean hasArrived() {
    return source == TokenSource.WALK_IN || arrivedAt != null;
  }

  boolean isCalled() {
    return calledAt != null;
  }

  /// Whoever came for this token is here for the other one of the same day, too.
  void bringArrival(ModelToken before) {
    if (before.label.slot().day().equals(label.slot().day())) {
      arrivedAt = before.arrivedAt;
    }
  }

  boolean isActive() {
    return status == TokenStatus.ACTIVE;
  }

  /// Whether the patient is still owed a place.
  boolean isOwed() {
    return status == TokenStatus.DISPLACED && !isMadeGood;
  }

  /// 3 for an emergency down to 1: written out once more, because the engine's own ranks are what
  /// is being checked.
  static int urgency(TokenPriority priority) {
    return switch (priority) {
      case EMERGENCY -> 3;
      case PAID -> 2;
      case FOLLOW_UP -> 1;
    };
  }

  /// Whether this token is seen before the other, and so keeps its place longer.
  boolean isBefore(ModelToken other) {
    int urgency = urgency(priority);
    int others = urgency(other.priority);
    return urgency > others || (urgency == others && label.sequence() < other.label.sequence());
  }

  /// As [opd.store.table.Inspection] shows tokens.
  String line() {
    return (label.sequence() < 10 ? "0" : "")
        + label.sequence()
        + " "
        + patient.phone().e164()
        + "/"
        + patient.member()
        + " "
        + priority
        + " "
        + source
        + " "
        + status
        + (from == null ? "" : " from " + from)
        + seconds(" here ", arrivedAt)
        + seconds(" called ", calledAt)
        + (room == null ? "" : " to " + room)
        + (calls == 0 ? "" : " calls " + calls)
        + seconds(" away ", parkedAt);
  }

  private static String seconds(String what, @Nullable Instant time) {
    return time == null ? "" : what + time.getEpochSecond();
  }

  /// What an answer says of arrival, call and absence.
  String serving(ZoneId zone) {
    return since(" here", arrivedAt, zone)
        + since(" called", calledAt, zone)
        + (room == null ? "" : " to " + room)
        + (calls == 0 ? "" : ", calls " + calls)
        + since(" away", parkedAt, zone);
  }

  private static String since(String what, @Nullable Instant time, ZoneId zone) {
    return time == null ? "" : what + " since " + time.atZone(zone).toLocalTime();
  }
}
