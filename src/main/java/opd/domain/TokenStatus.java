package opd.domain;

/// The states of a token. Which may follow which is in `opd.decision.TokenChange`.
public enum TokenStatus {
  /// Holds a place.
  ACTIVE,
  /// Lost its place to a higher claim or to the slot's cancellation, and is owed one.
  DISPLACED,
  CANCELLED,
  NO_SHOW,
  COMPLETED
}
