package opd.verify;

import java.util.List;
import java.util.Objects;
import opd.decision.AuditEvent;
import opd.decision.AuditEvent.ChangeRejected;
import opd.decision.ChangeFacts;
import opd.decision.Decided;
import opd.decision.HeldToken;
import opd.decision.Outcome;
import opd.decision.SlotBook;
import opd.decision.SlotCorrection;
import opd.decision.SlotDecision;
import opd.decision.Undo;
import opd.domain.Token;
import org.jspecify.annotations.Nullable;

/// The corrections that entries tell of, decided again on the slot as the entries before have it.
final class LoggedCorrections {
  private LoggedCorrections() {}

  /// @param held the tokens that the patient is said to have held elsewhere
  static Decided<Outcome.Change> undone(
      RebuiltSlot slot,
      SlotBook book,
      Token token,
      List<HeldToken> held,
      AuditEvent.ChangeUndone logged) {
    var last = slot.lastChange(token.sequence());
    return Undo.decide(book, token, last, false, held, text(logged.reason()));
  }

  static Decided<Outcome.SlotChange> changed(SlotBook book, AuditEvent.SlotChanged logged) {
    if (logged.capacity() < 1) {
      throw new CannotReplay("facts.capacity", "at least 1", logged.capacity());
    }
    return SlotCorrection.change(
        book, new SlotCorrection.Terms(logged.capacity(), logged.end(), true));
  }

  static Decided<Outcome.SlotChange> reopened(
      RebuiltSlot slot, SlotBook book, AuditEvent.SlotReopened logged) {
    return SlotCorrection.reopen(book, slot.closedTokens(logged.erased()), logged.reason());
  }

  /// That nothing could be taken back, or that there was no place for it.
  static Decided<Outcome.Change> refused(
      LoggedEntry entry, RebuiltSlot slot, SlotBook book, Token token, ChangeRejected logged) {
    ChangeFacts facts = logged.facts();
    var decided =
        Undo.decide(
            book,
            token,
            slot.lastChange(token.sequence()),
            facts.erased(),
            List.of(),
            text(facts.reason()));
    return mustRefuse(entry, decided, logged);
  }

  /// A change of the slot itself.
  static Decided<Outcome.SlotChange> refused(
      LoggedEntry entry, SlotBook book, ChangeRejected logged) {
    ChangeFacts facts = logged.facts();
    return switch (logged.refusal()) {
      case CAPACITY_TAKEN ->
          mustRefuse(
              entry,
              SlotCorrection.change(book, new SlotCorrection.Terms(facts.capacity(), null, false)),
              logged);
      case NOTHING_TO_UNDO -> {
        if (!book.isOpen()) {
          throw granted(entry, logged);
        }
        yield SlotCorrection.reopen(book, List.of(), text(facts.reason()));
      }
      case SLOT_CLOSED,
          DUPLICATE_TOKEN,
          SLOT_FULL,
          ALREADY_REALLOCATED,
          TOKEN_NOT_DISPLACED,
          TOKEN_NOT_ACTIVE,
          HOLDS_TOKEN,
          NO_FREE_PLACE,
          NOBODY_WAITING -> {
        if (book.isOpen()) {
          throw granted(entry, logged);
        }
        yield SlotDecision.refuse(book, logged.change());
      }
    };
  }

  private static <O extends Outcome> Decided<O> mustRefuse(
      LoggedEntry entry, Decided<O> decided, ChangeRejected logged) {
    if (!decided.outcome().isRefused()) {
      throw granted(entry, logged);
    }
    return decided;
  }

  private static CannotReplay granted(LoggedEntry entry, ChangeRejected logged) {
    return new CannotReplay("decision", logged.change() + " granted", entry.kind());
  }

  private static String text(@Nullable String reason) {
    return Objects.requireNonNullElse(reason, "");
  }
}
