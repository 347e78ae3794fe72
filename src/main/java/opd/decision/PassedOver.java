package opd.decision;

/// Why somebody who stands before a patient in the queue was not called in that patient's stead.
/// The names are part of the command line's contract.
public enum PassedOver {
  /// Away for a test or a payment.
  PARKED,
  /// Only those who have arrived were to be called.
  NOT_HERE,
  /// Somebody else was named.
  OUT_OF_TURN,
  /// Called already.
  CALLED
}
