package opd.simulation.auditor;

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
  // Whether it got a successor in another slot.
  boolean isMadeGood;

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
        + (from == null ? "" : " from " + from);
  }
}
