package opd.report;

/// Lengths of time of which the median, the ninth tenth and the longest are told.
enum Spread {
  /// In whole minutes.
  OWED,
  /// In whole minutes.
  DELAY,
  /// In whole minutes.
  OVERRUN,
  /// In seconds.
  WAIT,
  /// In seconds.
  LATE_START,
  /// In seconds.
  CONSULTATION;

  /// Whether each is of a patient.
  boolean isOfPatients() {
    return switch (this) {
      case OWED, WAIT, CONSULTATION -> true;
      case DELAY, OVERRUN, LATE_START -> false;
    };
  }
}
