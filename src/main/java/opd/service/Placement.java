package opd.service;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import opd.decision.ActiveToken;
import opd.decision.AuditEvent;
import opd.decision.Claim;
import opd.decision.ClaimFacts;
import opd.decision.NewEntry;
import opd.decision.Outcome;
import opd.decision.SlotState;
import opd.decision.TokenChange;
import opd.decision.TokenView;
import opd.decision.Warning;
import opd.domain.Rule;
import opd.domain.Slot;
import opd.domain.Token;
import opd.domain.TokenLabel;
import opd.domain.TokenPriority;
import opd.domain.TokenSource;
import org.jspecify.annotations.Nullable;

/// Carries out a decision that gives a place in a locked slot.
///
/// @param reallocated the DISPLACED token that asks for a place again, or null for a new request
record Placement(
    long patientId, TokenPriority priority, TokenSource source, @Nullable Token reallocated) {

  static Placement ofNew(long patientId, AllocationRequest request) {
    return new Placement(patientId, request.priority(), request.source(), null);
  }

  static Placement ofReallocation(Token displaced) {
    return new Placement(
        displaced.patientId(), displaced.priority(), displaced.source(), displaced);
  }

  Claim claim() {
    return new Claim(patientId, priority);
  }

  /// The token that asks for a place again; only of a reallocation.
  Token displaced() {
    return Objects.requireNonNull(reallocated);
  }

  /// What the decision is made on, for the log.
  ClaimFacts facts(SlotState state) {
    return ClaimFacts.of(state, priority, source);
  }

  Outcome.Admitted admit(Ledger ledger, Queue queue) {
    return place(ledger, queue, null, Rule.CAPACITY);
  }

  Outcome.Admitted displace(Ledger ledger, Queue queue, ActiveToken victim, Rule rule) {
    return place(ledger, queue, queue.token(victim), rule);
  }

  private Outcome.Admitted place(Ledger ledger, Queue queue, @Nullable Token victim, Rule rule) {
    // The victim first: the database never lets a slot hold more than its capacity.
    Token displaced = victim == null ? null : ledger.reclassify(victim, TokenChange.DISPLACE);
    ClaimFacts facts = facts(queue.state());
    TokenLabel displacedLabel = displaced == null ? null : displaced.label();
    boolean reinstated =
        reallocated != null && reallocated.label().slot().equals(queue.slot().label());
    Token placed =
        reinstated
            ? reinstate(ledger, queue.slot(), facts, displacedLabel)
            : insert(ledger, queue.slot(), facts, rule, displacedLabel);
    if (displaced != null) {
      ledger.note(
          NewEntry.ofToken(
              queue.slot().id(), displaced, new AuditEvent.TokenDisplaced(placed.label())));
    }
    // A new token was made at the time of the decision; one more query tells it for an old one.
    Instant decidedAt = reinstated ? ledger.time(queue.slot()) : placed.createdAt();
    List<Token> changed = new ArrayList<>(List.of(placed));
    if (displaced != null) {
      changed.add(displaced);
    }
    return new Outcome.Admitted(
        queue.after(changed).view(placed),
        displaced == null ? null : TokenView.notQueued(displaced),
        reinstated ? Rule.ARRIVAL_ORDER : rule,
        facts.capacity(),
        facts.active(),
        warnings(queue.slot(), decidedAt, displaced),
        reallocated == null ? null : TokenView.notQueued(reallocated));
  }

  private Token insert(
      Ledger ledger, Slot slot, ClaimFacts facts, Rule rule, @Nullable TokenLabel displaced) {
    Token placed = ledger.take(slot, patientId, priority, source, reallocated);
    TokenLabel from = reallocated == null ? null : reallocated.label();
    ledger.note(
        NewEntry.ofToken(
            slot.id(), placed, new AuditEvent.TokenAllocated(facts, rule, displaced, from)));
    return placed;
  }

  private Token reinstate(
      Ledger ledger, Slot slot, ClaimFacts facts, @Nullable TokenLabel displaced) {
    Token placed = ledger.reclassify(displaced(), TokenChange.REALLOCATE);
    ledger.note(
        NewEntry.ofToken(slot.id(), placed, new AuditEvent.TokenReinstated(facts, displaced)));
    return placed;
  }

  private static List<Warning> warnings(Slot slot, Instant decidedAt, @Nullable Token displaced) {
    List<Warning> warnings = new ArrayList<>();
    if (displaced != null && displaced.priority() == TokenPriority.EMERGENCY) {
      warnings.add(Warning.EMERGENCY_DISPLACED_EMERGENCY);
    }
    if (!decidedAt.isBefore(slot.actualEnd())) {
      warnings.add(Warning.SLOT_ENDED);
    }
    return warnings;
  }
}
