package opd.verify;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import opd.decision.Allocation;
import opd.decision.AuditEvent.AllocationRejected;
import opd.decision.AuditEvent.ChangeRejected;
import opd.decision.AuditEvent.TokenAllocated;
import opd.decision.Claim;
import opd.decision.ClaimFacts;
import opd.decision.Decided;
import opd.decision.Decision;
import opd.decision.HeldToken;
import opd.decision.Outcome;
import opd.decision.SlotBook;
import opd.decision.SlotFacts;
import opd.decision.TokenChange;
import opd.domain.Refusal;
import opd.domain.Serving;
import opd.domain.Slot;
import opd.domain.Token;
import opd.domain.TokenLabel;
import opd.domain.TokenStatus;
import org.jspecify.annotations.Nullable;

/// The claims to a place that entries tell of, decided again on the slot as the entries before have
/// it.
record LoggedClaims(Decider decider, Tables tables) {

  Decided<Outcome.Allocation> allocated(
      LoggedEntry entry, RebuiltSlot slot, SlotBook book, TokenAllocated logged) {
    long tokenId = required("token_id", entry.tokenId());
    if (slot.byId(tokenId).isPresent()) {
      throw new CannotReplay("token_id", "a new token", tokenId);
    }
    Instant arrivedAt = logged.arrivedAt();
    Token displaced = as(entry, displaced(slot, logged.reallocatedFrom()), arrivedAt);
    Token moved = as(entry, moved(slot, logged.movedFrom()), arrivedAt);
    slot.setReason(book.slot().counts().total() + 1, logged.claim().reason());
    return decide(book, claim(entry, logged.claim(), displaced, moved), null);
  }

  Decided<Outcome.Allocation> rejected(
      LoggedEntry entry, RebuiltSlot slot, SlotBook book, AllocationRejected logged) {
    Token displaced = as(entry, displaced(slot, logged.reallocatedFrom()), null);
    Token moved = as(entry, moved(slot, logged.movedFrom()), null);
    return decide(book, claim(entry, logged.claim(), displaced, moved), next(logged.next()));
  }

  /// A token of another slot as it was then: what was noted of it may have been noted or taken back
  /// since, as who was away then is back now. So nobody checks that.
  ///
  /// @param arrivedAt that the patient brought along, or null
  private static @Nullable Token as(
      LoggedEntry entry, @Nullable Token token, @Nullable Instant arrivedAt) {
    if (token == null) {
      return null;
    }
    Serving serving = arrivedAt == null ? Serving.NONE : Serving.NONE.arrived(arrivedAt);
    return token.withServing(TokenMove.servingOfAsking(entry).orElse(serving));
  }

  /// A displaced token that is reinstated asks with the reason of its first request.
  Decided<Outcome.Allocation> reinstated(
      LoggedEntry entry, RebuiltSlot slot, SlotBook book, Token token, ClaimFacts logged) {
    Claim claim =
        Claim.ofReallocation(token)
            .with(logged.options())
            .because(slot.reason(token.sequence()))
            .holding(held(entry, logged.holds()));
    return decide(book, claim, null);
  }

  private Claim claim(
      LoggedEntry entry, ClaimFacts facts, @Nullable Token displaced, @Nullable Token moved) {
    return new Claim(
        required("patient_id", entry.patientId()),
        facts.priority(),
        facts.source(),
        displaced,
        moved,
        facts.options(),
        held(entry, facts.holds()));
  }

  /// What the desk saw elsewhere, without a lock, stands in chains that have no common order with
  /// this one: only that the token is the same patient's is looked at here, and in the decision
  /// that it overlaps.
  List<HeldToken> held(LoggedEntry entry, @Nullable TokenLabel label) {
    if (label == null) {
      return List.of();
    }
    return tables
        .token(label)
        .filter(token -> Objects.equals(token.patientId(), entry.patientId()))
        .flatMap(_ -> tables.start(label.slot()))
        .flatMap(
            start -> tables.latestEnd(label.slot()).map(end -> new HeldToken(label, start, end)))
        .stream()
        .toList();
  }

  /// @param next the slot that the patient was told of, a hint that binds nobody
  Decided<Outcome.Allocation> decide(SlotBook book, Claim claim, @Nullable Slot next) {
    Decision decision = decider.decide(book, claim);
    if (decision instanceof Decision.Admit && book.isFull()) {
      int places = book.slot().capacity();
      throw new CannotReplay("active tokens", "at most " + places, places + 1);
    }
    return Allocation.following(decision, book, claim, next);
  }

  /// Whether later slots were full stands in other chains; that the own slot has no place, or is
  /// over, is checked here.
  boolean isWithoutPlace(SlotBook book, Token token, TokenChange change, ChangeRejected rejected) {
    return change == TokenChange.REALLOCATE
        && rejected.refusal() == Refusal.NO_FREE_PLACE
        && (book.hasEnded()
            || !(decider.decide(book, Claim.ofReallocation(token)) instanceof Decision.Admit));
  }

  /// The displaced token that asked for a place again, as it was, or null for none.
  private @Nullable Token displaced(RebuiltSlot slot, @Nullable TokenLabel label) {
    return label == null ? null : named(slot, label, "reallocatedFrom", TokenStatus.DISPLACED);
  }

  /// The token that was to be given up, as it was, or null for none.
  private @Nullable Token moved(RebuiltSlot slot, @Nullable TokenLabel label) {
    return label == null ? null : named(slot, label, "movedFrom", TokenStatus.ACTIVE);
  }

  private Token named(RebuiltSlot slot, TokenLabel label, String fact, TokenStatus status) {
    Optional<Token> token =
        label.slot().equals(slot.label())
            ? Optional.of(label.sequence())
                .filter(sequence -> sequence > 0 && sequence <= slot.lastSequence())
                .map(sequence -> slot.bySequence(sequence).token())
            : tables.token(label);
    return token
        .map(found -> found.withStatus(status).withSuccessor(null))
        .orElseThrow(() -> new CannotReplay("facts." + fact, "a token that exists", label));
  }

  private @Nullable Slot next(@Nullable SlotFacts facts) {
    if (facts == null) {
      return null;
    }
    return tables
        .slotId(facts.label())
        .map(facts::withId)
        .orElseThrow(
            () -> new CannotReplay("facts.next.slot", "a slot that exists", facts.label()));
  }

  private static long required(String column, @Nullable Long value) {
    if (value == null) {
      throw new CannotReplay(column, "a number", null);
    }
    return value;
  }
}
