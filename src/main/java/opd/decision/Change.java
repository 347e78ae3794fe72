package opd.decision;

import java.time.Instant;
import java.util.function.UnaryOperator;
import opd.domain.Serving;
import opd.domain.Slot;
import opd.domain.SlotStatus;
import opd.domain.Token;
import opd.domain.TokenStatus;
import org.jspecify.annotations.Nullable;

/// What a decision changes in the tables. The database carries it out only if it finds what the
/// decision found.
public sealed interface Change {

  /// A place is taken.
  ///
  /// @param slotId the slot's
  /// @param token ACTIVE, with the number that is foreseen for it and without an id
  /// @param displaced the token of another slot that it makes good, or null
  record TakePlace(long slotId, Token token, @Nullable Token displaced) implements Change {}

  /// A token is reclassified (rule 4).
  ///
  /// @param token as it was
  record SetTokenStatus(Token token, TokenStatus status) implements Change {}

  /// @param slot as it was, open
  /// @param delayMinutes 0 to [Slot#MOST_DELAY_MINUTES]
  record SetSlotStatus(Slot slot, SlotStatus status, int delayMinutes) implements Change {}

  /// The slot gets another capacity or end.
  ///
  /// @param slot as it was, open
  record SetSlotTerms(Slot slot, int capacity, Instant end) implements Change {}

  /// A closed slot opens again.
  ///
  /// @param slot as it was, closed
  /// @param status SCHEDULED or DELAYED, as its minutes are
  record ReopenSlot(Slot slot, SlotStatus status) implements Change {}

  /// Something of a patient who holds a place was noted. The entry that tells of it carries it out.
  ///
  /// @param token as it was
  record SetServing(Token token, Serving serving) implements Change {}

  /// The same change, its tokens changed.
  default Change with(UnaryOperator<Token> change) {
    return switch (this) {
      case TakePlace(long slotId, Token token, var displaced) ->
          new TakePlace(
              slotId, change.apply(token), displaced == null ? null : change.apply(displaced));
      case SetTokenStatus(Token token, var status) ->
          new SetTokenStatus(change.apply(token), status);
      case SetServing(Token token, var serving) -> new SetServing(change.apply(token), serving);
      case SetSlotStatus _, SetSlotTerms _, ReopenSlot _ -> this;
    };
  }
}
