package opd.simulation.day;

/// What a desk may want to do in a [SmallWorld]: to the full slot and who sits there first, unless
/// it says otherwise.
enum Wish {
  ALLOCATE,
  CANCEL,
  NO_SHOW,
  COMPLETE,
  REALLOCATE,
  DELAY_SLOT,
  CANCEL_SLOT,
  COMPLETE_SLOT,
  LATE,
  /// The two doctors stand in for each other.
  LEAVE,
  /// Who was marked as not come in the slot with one place left.
  UNDO,
  /// Who is with the doctor, once somebody has ended that.
  UNDO_NEXT,
  /// Into the slot with one place left; the second desk's patient goes the other way.
  MOVE,
  /// The slot gets one place less, whoever sits there.
  DISPLACE,
  /// The slot that was cancelled.
  REOPEN,
  /// The patient who lost the place when that was cancelled.
  RECLAIM,
  ARRIVE,
  /// The first of the doctor's who is here, into a room of each desk's own.
  CALL,
  /// Into the room of the patient who is with the doctor.
  NEXT,
  PARK
}
