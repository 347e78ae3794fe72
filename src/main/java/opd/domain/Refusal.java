package opd.domain;

/// Why a rule said no: a decision, audited like every other, not an error. The names are part of
/// the command line's contract. Where several apply, the first in this order is the answer.
public enum Refusal {
  /// The last change of the token's status, or of the slot, is none that can be taken back.
  NOTHING_TO_UNDO,
  /// The displaced token was made good in another slot: its successor is the one to change.
  ALREADY_REALLOCATED,
  /// Only a DISPLACED token is reallocated.
  TOKEN_NOT_DISPLACED,
  /// The token's status is final, or does not allow the change.
  TOKEN_NOT_ACTIVE,
  /// The slot is CANCELLED or COMPLETED.
  SLOT_CLOSED,
  /// The patient already holds an ACTIVE token in the slot.
  DUPLICATE_TOKEN,
  /// Every place is taken by a claim that is at least as high.
  SLOT_FULL,
  /// No later open slot of the doctor has a place without displacing anybody.
  NO_FREE_PLACE,
  /// More tokens are ACTIVE than the slot would have places.
  CAPACITY_TAKEN,
  /// The patient holds an ACTIVE token or is owed a place, and so cannot be erased.
  HOLDS_TOKEN,
  /// Nobody is left to be called in.
  NOBODY_WAITING
}
