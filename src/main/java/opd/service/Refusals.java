package opd.service;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import opd.audit.AuditEvent;
import opd.audit.NewEntry;
import opd.audit.SlotFacts;
import opd.domain.Refusal;
import opd.domain.Slot;
import opd.domain.SlotLabel;
import opd.domain.Token;
import opd.domain.TokenLabel;
import opd.outcome.Outcome;
import opd.outcome.TokenView;
import opd.rule.Decision;
import opd.store.SlotStore;
import opd.store.TokenStore;
import opd.store.Transaction;
import org.jspecify.annotations.Nullable;

/// Carries out a decision that refuses a place: nothing changes, but it is audited with the facts
/// that led to it, and the patient is told where there is a place.
final class Refusals {
  private Refusals() {}

  static Outcome.Rejected refuse(
      Transaction transaction,
      Journal journal,
      Queue queue,
      Placement placement,
      Decision.Reject reject) {
    Token existing = reject.existing() == null ? null : queue.token(reject.existing());
    Slot next = next(transaction, queue.slot(), placement.patientId(), reject.refusal());
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
    journal.note(NewEntry.ofRefusal(queue.slot().id(), placement.patientId(), event));
    return new Outcome.Rejected(
        reject.refusal(),
        reject.rule(),
        placement.priority(),
        queue.slot(),
        existing == null ? null : queue.view(existing),
        next,
        reallocated == null ? null : TokenView.notQueued(reallocated));
  }

  /// The doctor's open slots that start later on the same UTC day, by start.
  static List<Slot> later(Transaction transaction, SlotLabel slot) {
    Instant nextDay = slot.day().plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    // Starts are on whole minutes, so the next one is at least a minute later.
    return SlotStore.listOpen(
        transaction, slot.doctor(), slot.start().plus(Duration.ofMinutes(1)), nextDay);
  }

  /// Where the patient could go instead: a hint that binds nobody, so nothing is locked for it.
  private static @Nullable Slot next(
      Transaction transaction, Slot slot, long patientId, Refusal refusal) {
    if (refusal == Refusal.DUPLICATE_TOKEN) {
      return null;
    }
    List<Slot> free =
        later(transaction, slot.label()).stream().filter(later -> later.free() > 0).toList();
    var taken =
        TokenStore.slotsWhereActive(transaction, patientId, free.stream().map(Slot::id).toList());
    Optional<Slot> first = free.stream().filter(later -> !taken.contains(later.id())).findFirst();
    return first.orElse(null);
  }
}
