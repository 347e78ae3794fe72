package opd.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import opd.decision.ActiveToken;
import opd.decision.AuditEvent.AllocationRejected;
import opd.decision.AuditEvent.TokenAllocated;
import opd.decision.AuditEvent.TokenReinstated;
import opd.decision.Claim;
import opd.decision.ClaimFacts;
import opd.decision.Decision;
import opd.decision.Outcome;
import opd.decision.SlotFacts;
import opd.decision.SlotState;
import opd.decision.TokenChange;
import opd.decision.TokenView;
import opd.decision.Warning;
import opd.domain.AuditKind;
import opd.domain.Refusal;
import opd.domain.Rule;
import opd.domain.Slot;
import opd.domain.Token;
import opd.domain.TokenLabel;
import opd.domain.TokenPriority;
import opd.domain.TokenStatus;
import opd.verify.Rows.TokenRow;
import org.jspecify.annotations.Nullable;

/// Decides the claims to a place again, with the pure rule.
record ClaimReplay(Decider decider, Tables tables, SlotLedger slot, Followers followers) {

  /// What the rule gives to a claim that the log says was granted.
  private record Grant(@Nullable ActiveToken victim, Rule rule) {}

  Replayed allocated(LoggedEntry entry, TokenAllocated logged) {
    long patientId = required("patient_id", entry.patientId());
    long tokenId = required("token_id", entry.tokenId());
    if (slot.byId(tokenId).isPresent()) {
      throw new CannotReplay("token_id", "a new token", tokenId);
    }
    TokenView from = from(logged.reallocatedFrom());
    SlotState before = slot.state();
    ClaimFacts facts = ClaimFacts.of(before, logged.claim().priority(), logged.claim().source());
    Grant grant = grant(entry, new Claim(patientId, facts.priority()));
    Token displaced = displace(grant);
    Token token =
        new Token(
            tokenId,
            new TokenLabel(slot.label(), slot.nextSequence()),
            patientId,
            facts.priority(),
            facts.source(),
            TokenStatus.ACTIVE,
            logged.reallocatedFrom(),
            entry.at());
    slot.add(token);
    announce(entry, displaced, token);
    return new Replayed(
        new TokenAllocated(facts, grant.rule(), label(displaced), logged.reallocatedFrom()),
        1,
        SlotReplay.exactly(admitted(entry, token, displaced, grant.rule(), facts, from)));
  }

  Replayed reinstated(LoggedEntry entry, TokenRow row, TokenReinstated logged) {
    Token before = row.token();
    TokenChange.REALLOCATE
        .refusal(before.status(), row.successor() != null)
        .ifPresent(refusal -> {
          throw new CannotReplay("decision", refusal.name(), entry.kind());
        });
    ClaimFacts facts = ClaimFacts.of(slot.state(), before.priority(), before.source());
    Grant grant = grant(entry, new Claim(before.patientId(), before.priority()));
    Token displaced = displace(grant);
    TokenRow now = slot.change(before.sequence(), TokenStatus.ACTIVE);
    announce(entry, displaced, now.token());
    TokenView from = TokenView.notQueued(before);
    return new Replayed(
        new TokenReinstated(facts, label(displaced)),
        now.version(),
        SlotReplay.exactly(
            admitted(entry, now.token(), displaced, Rule.ARRIVAL_ORDER, facts, from)));
  }

  Replayed rejected(LoggedEntry entry, AllocationRejected logged) {
    long patientId = required("patient_id", entry.patientId());
    TokenPriority priority = logged.claim().priority();
    ClaimFacts facts = ClaimFacts.of(slot.state(), priority, logged.claim().source());
    Decision.Reject reject =
        switch (decider.decide(slot.state(), new Claim(patientId, priority))) {
          case Decision.Reject refused -> refused;
          case Decision.Admit() ->
              throw new CannotReplay("decision", "TOKEN_ALLOCATED", entry.kind());
          case Decision.Displace(var victim, var _) ->
              throw new CannotReplay(
                  "decision",
                  "TOKEN_ALLOCATED in the place of token " + victim.sequence(),
                  entry.kind());
        };
    ActiveToken existing = reject.existing();
    Token held = existing == null ? null : slot.bySequence(existing.sequence()).token();
    Outcome.Rejected outcome =
        new Outcome.Rejected(
            reject.refusal(),
            reject.rule(),
            priority,
            slot.slot(),
            held == null ? null : slot.view(held),
            next(logged.next()),
            from(logged.reallocatedFrom()));
    return Replayed.of(
        expected(facts, reject, held, logged),
        new ExpectedOutcome.UnlessAdmittedElsewhere(outcome));
  }

  private AllocationRejected expected(
      ClaimFacts facts, Decision.Reject reject, @Nullable Token held, AllocationRejected logged) {
    return new AllocationRejected(
        facts,
        reject.refusal(),
        reject.rule(),
        slot.status(),
        label(held),
        // A hint that binds nobody; who holds a token already gets none.
        reject.refusal() == Refusal.DUPLICATE_TOKEN ? null : logged.next(),
        logged.reallocatedFrom());
  }

  private Grant grant(LoggedEntry entry, Claim claim) {
    return switch (decider.decide(slot.state(), claim)) {
      case Decision.Admit() -> new Grant(null, Rule.CAPACITY);
      case Decision.Displace(var victim, var rule) -> new Grant(victim, rule);
      case Decision.Reject reject ->
          throw new CannotReplay("decision", reject.refusal().name(), entry.kind());
    };
  }

  private @Nullable Token displace(Grant grant) {
    ActiveToken victim = grant.victim();
    return victim == null ? null : slot.change(victim.sequence(), TokenStatus.DISPLACED).token();
  }

  private void announce(LoggedEntry entry, @Nullable Token displaced, Token by) {
    if (displaced != null) {
      followers.expect(entry, AuditKind.TOKEN_DISPLACED, displaced.sequence(), by.label());
    }
  }

  private Outcome.Admitted admitted(
      LoggedEntry entry,
      Token token,
      @Nullable Token displaced,
      Rule rule,
      ClaimFacts facts,
      @Nullable TokenView from) {
    List<Warning> warnings = new ArrayList<>();
    if (displaced != null && displaced.priority() == TokenPriority.EMERGENCY) {
      warnings.add(Warning.EMERGENCY_DISPLACED_EMERGENCY);
    }
    if (!entry.at().isBefore(slot.slot().actualEnd())) {
      warnings.add(Warning.SLOT_ENDED);
    }
    return new Outcome.Admitted(
        slot.view(token),
        displaced == null ? null : TokenView.notQueued(displaced),
        rule,
        facts.capacity(),
        facts.active(),
        warnings,
        from);
  }

  /// The displaced token that asked for a place again, as it was.
  private @Nullable TokenView from(@Nullable TokenLabel label) {
    if (label == null) {
      return null;
    }
    Optional<Token> token =
        label.slot().equals(slot.label())
            ? Optional.of(label.sequence())
                .filter(sequence -> sequence < slot.nextSequence() && sequence > 0)
                .map(sequence -> slot.bySequence(sequence).token())
            : tables.token(label);
    return token
        .map(found -> TokenView.notQueued(found.withStatus(TokenStatus.DISPLACED)))
        .orElseThrow(() -> new CannotReplay("facts.reallocatedFrom", "a token that exists", label));
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

  private static @Nullable TokenLabel label(@Nullable Token token) {
    return token == null ? null : token.label();
  }

  private static long required(String column, @Nullable Long value) {
    if (value == null) {
      throw new CannotReplay(column, "a number", null);
    }
    return value;
  }
}
