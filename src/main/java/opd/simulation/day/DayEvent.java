package opd.simulation.day;

import java.time.Instant;
import java.util.List;
import opd.domain.SlotLabel;
import opd.domain.SlotStatus;
import opd.domain.TokenLabel;
import opd.domain.TokenPriority;
import opd.domain.TokenSource;
import opd.domain.TokenStatus;
import org.jspecify.annotations.Nullable;

/// One decision of a generated day and all that it changed.
///
/// @param number from 1, in the order of the decisions
/// @param slot that the request was about; the token placed may be in another one
/// @param priority of the patient who asks or is concerned; null for a change of a slot
/// @param isRefused whether a rule said no
/// @param answer the whole answer in one line, as `ADMITTED … by rule 2, place 1 at 09:00, …`
/// @param moves what happened to which token; empty for most refusals
/// @param slotState what the slot became, for the kinds that change a slot; else null
public record DayEvent(
    int number,
    Instant at,
    Kind kind,
    SlotLabel slot,
    @Nullable TokenPriority priority,
    boolean isRefused,
    String answer,
    List<Move> moves,
    @Nullable SlotState slotState) {

  public DayEvent {
    moves = List.copyOf(moves);
  }

  /// What was asked for.
  public enum Kind {
    ALLOCATE,
    REALLOCATE,
    CANCEL,
    NO_SHOW,
    COMPLETE,
    UNDO,
    MOVE,
    ARRIVE,
    CALL,
    NEXT,
    PARK,
    RETURN,
    CHANGE_SLOT,
    DELAY_SLOT,
    CANCEL_SLOT,
    COMPLETE_SLOT,
    REOPEN_SLOT
  }

  /// A token that took a status.
  ///
  /// @param patient an invented name
  /// @param before null for a new token
  /// @param displacedBy the token that took the place; null unless one did
  /// @param from for a new token the displaced one of another slot that it makes good, or null
  /// @param elsewhere for a displaced token, which stays so, the one of another day that makes it
  ///   good; else null
  public record Move(
      TokenLabel token,
      String patient,
      TokenPriority priority,
      TokenSource source,
      @Nullable TokenStatus before,
      TokenStatus after,
      @Nullable TokenLabel displacedBy,
      @Nullable TokenLabel from,
      @Nullable TokenLabel elsewhere) {}

  public record SlotState(SlotStatus status, int delayMinutes, int capacity) {}
}
