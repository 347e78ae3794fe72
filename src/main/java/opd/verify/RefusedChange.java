package opd.verify;

import java.util.Optional;
import opd.decision.AuditEvent.ChangeRejected;
import opd.decision.Claim;
import opd.decision.Decision;
import opd.decision.Outcome;
import opd.decision.TokenChange;
import opd.domain.Refusal;
import opd.domain.Token;
import opd.verify.Rows.TokenRow;

/// Decides again the changes that were refused.
final class RefusedChange {
  private RefusedChange() {}

  /// A wish about the slot itself is refused only when the slot is closed.
  static Replayed ofSlot(LoggedEntry entry, SlotLedger slot, ChangeRejected rejected) {
    if (slot.status().isOpen()) {
      throw new CannotReplay("decision", rejected.wish() + " granted", entry.kind());
    }
    var expected = new ChangeRejected(rejected.wish(), Refusal.SLOT_CLOSED, null, slot.status());
    return Replayed.of(
        expected, SlotReplay.exactly(new Outcome.SlotRejected(Refusal.SLOT_CLOSED, slot.slot())));
  }

  static Replayed ofToken(TokenRow row, SlotLedger slot, ChangeRejected rejected, Decider decider) {
    Token token = row.token();
    TokenChange wish = wish(rejected);
    Refusal refusal =
        wish.refusal(token.status(), row.successor() != null)
            .or(() -> noFreePlace(token, slot, rejected, decider))
            .orElseThrow(() -> new CannotReplay("decision", wish + " granted", rejected.refusal()));
    Outcome outcome =
        wish == TokenChange.REALLOCATE
            ? new Outcome.Rejected(
                refusal, null, token.priority(), slot.slot(), null, null, slot.view(token))
            : new Outcome.ChangeRejected(refusal, slot.view(token));
    return Replayed.of(
        ChangeRejected.of(wish, refusal, token.status(), slot.status()),
        SlotReplay.exactly(outcome));
  }

  private static TokenChange wish(ChangeRejected rejected) {
    try {
      return TokenChange.valueOf(rejected.wish());
    } catch (IllegalArgumentException e) {
      throw new CannotReplay("facts.wish", "a change of a token", rejected.wish());
    }
  }

  /// Whether later slots were full stands in other chains; that the own slot has no place is
  /// checked here.
  private static Optional<Refusal> noFreePlace(
      Token token, SlotLedger slot, ChangeRejected rejected, Decider decider) {
    if (rejected.refusal() != Refusal.NO_FREE_PLACE) {
      return Optional.empty();
    }
    Claim claim = new Claim(token.patientId(), token.priority());
    return switch (decider.decide(slot.state(), claim)) {
      case Decision.Admit() -> Optional.empty();
      case Decision.Displace _, Decision.Reject _ -> Optional.of(Refusal.NO_FREE_PLACE);
    };
  }
}
