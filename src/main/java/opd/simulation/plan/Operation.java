package opd.simulation.plan;

import java.time.Instant;
import java.util.Optional;
import opd.domain.DoctorCode;
import opd.domain.PatientKey;
import opd.domain.PersonName;
import opd.domain.SlotLabel;
import opd.domain.TokenLabel;
import opd.domain.TokenPriority;
import opd.domain.TokenSource;

/// What a desk is asked to do.
public sealed interface Operation {
  /// The slot that it is about.
  SlotLabel slot();

  /// About one token.
  sealed interface OfToken extends Operation {
    TokenLabel token();

    @Override
    default SlotLabel slot() {
      return token().slot();
    }
  }

  /// @param how whether another token is given up, or a later slot will do
  record Allocate(
      SlotLabel slot,
      PatientKey patient,
      PersonName name,
      TokenPriority priority,
      TokenSource source,
      How how)
      implements Operation {}

  /// What else the patient agrees to.
  enum How {
    PLAIN,
    /// Gives up the token held in the slot.
    REPLACE,
    /// Takes a later slot of the doctor.
    OR_NEXT
  }

  record Cancel(TokenLabel token) implements OfToken {}

  record NoShow(TokenLabel token) implements OfToken {}

  record Complete(TokenLabel token) implements OfToken {}

  /// @param to empty for the first place that is free
  record Reallocate(TokenLabel token, Optional<SlotLabel> to) implements OfToken {}

  /// Takes back the last change of the token's status.
  record Undo(TokenLabel token, String reason) implements OfToken {}

  /// The patient wants another slot instead.
  record Move(TokenLabel token, SlotLabel to) implements OfToken {}

  /// That the patient is here.
  record Arrive(TokenLabel token) implements OfToken {}

  /// Calls this patient in, out of turn or once more.
  ///
  /// @param room empty for none
  record Call(TokenLabel token, Optional<String> room) implements OfToken {}

  /// That the patient goes away for a while.
  record Park(TokenLabel token, String reason) implements OfToken {}

  /// That the patient is back.
  record Return(TokenLabel token) implements OfToken {}

  /// About whoever is first in a doctor's queue.
  sealed interface OfQueue extends Operation {
    /// Whether only that slot's queue is meant, and not the doctor's.
    boolean isOfSlot();

    /// Whether only those who have arrived come into question.
    boolean isPresent();

    Optional<String> room();
  }

  /// @param slot where the doctor is at work
  record CallNext(SlotLabel slot, boolean isOfSlot, boolean isPresent, Optional<String> room)
      implements OfQueue {}

  /// @param slot where the doctor is at work
  /// @param ending what becomes of the room's current patient
  record Next(
      SlotLabel slot, boolean isOfSlot, boolean isPresent, Optional<String> room, Ending ending)
      implements OfQueue {}

  /// What becomes of who was called to the room last.
  enum Ending {
    COMPLETE,
    NO_SHOW,
    PARK
  }

  /// About one slot as a whole.
  sealed interface OfSlot extends Operation {}

  /// Gives the slot another capacity.
  ///
  /// @param displaces whether those who have no place then lose theirs
  record ChangeSlot(SlotLabel slot, int capacity, boolean displaces) implements OfSlot {}

  /// Takes back that the slot was cancelled or completed.
  record ReopenSlot(SlotLabel slot, String reason) implements OfSlot {}

  record DelaySlot(SlotLabel slot, int minutes) implements OfSlot {}

  record CancelSlot(SlotLabel slot, String reason) implements OfSlot {}

  record CompleteSlot(SlotLabel slot) implements OfSlot {}

  /// About all slots of a doctor that an absence concerns.
  sealed interface OfDoctor extends Operation {
    Instant from();
  }

  /// @param slot the first that is meant; the doctor's others follow
  record DoctorLate(SlotLabel slot, int minutes, Instant from) implements OfDoctor {}

  /// @param slot the first that is meant; the doctor's others follow
  /// @param cover the doctor who stands in
  record DoctorLeave(SlotLabel slot, Instant from, Instant until, String reason, DoctorCode cover)
      implements OfDoctor {}
}
