package opd.service;

import opd.decision.AuditEvent;
import opd.decision.Decision;
import opd.decision.NewEntry;
import opd.decision.Outcome;
import opd.decision.SlotFacts;
import opd.decision.TokenView;
import opd.domain.Refusal;
import opd.domain.Slot;
import opd.domain.Token;
import opd.domain.TokenLabel;

/// Carries out a decision that refuses a place: nothing changes, but it is audited with the facts
/// that led to it, and the patient is told where there is a place.
final class Refusals {
  private Refusals() {}

  static Outcome.Rejected refuse(
      Ledger ledger, Queue queue, Placement placement, Decision.Reject reject) {
    Token existing = reject.existing() == null ? null : queue.token(reject.existing());
    boolean mayGoElsewhere = reject.refusal() != Refusal.DUPLICATE_TOKEN;
    Slot next = mayGoElsewhere ? ledger.next(queue.slot(), placement.patientId()) : null;
    Token reallocated = placement.reallocated();
    TokenLabel from = reallocated == null ? null : reallocated.label();
    var event =
        new AuditEvent.AllocationRejected(
            placement.facts(queue.state()),
            reject.refusal(),
            reject.rule(),
            queue.slot().status(),
            existing == null ? null : existing.label(),
            next == null ? null : SlotFacts.of(next),
            from);
    ledger.note(NewEntry.ofRefusal(queue.slot().id(), placement.patientId(), event));
    return new Outcome.Rejected(
        reject.refusal(),
        reject.rule(),
        placement.priority(),
        queue.slot(),
        existing == null ? null : queue.view(existing),
        next,
        reallocated == null ? null : TokenView.notQueued(reallocated));
  }
}
