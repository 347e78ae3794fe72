package opd.decision;

/// What somebody should know about what was decided, or about what was typed. The names are part of
/// the command line's contract.
public enum Warning {
  /// The slot was full of emergencies, and the latest of them lost its place.
  EMERGENCY_DISPLACED_EMERGENCY,
  /// The slot's end had passed: a paper list entered late, or a slip of the finger.
  SLOT_ENDED,
  /// A free place was taken while displaced patients waited for it.
  OTHERS_WAIT,
  /// The patient holds a place at the same time with another doctor.
  HOLDS_ANOTHER,
  /// Somebody lost the place to an emergency for which no reason was given.
  NO_REASON,
  /// A phone number was typed that is possible, but for neither a mobile nor a fixed line of its
  /// region. Said when it is read, and never stored.
  UNUSUAL_NUMBER,
  /// The place was taken from somebody who was called in.
  BEING_SEEN,
  /// A patient who did not come was never called, in a slot where others were.
  NEVER_CALLED
}
