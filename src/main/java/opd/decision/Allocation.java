package opd.decision;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import opd.domain.Refusal;
import opd.domain.Rule;
import opd.domain.Serving;
import opd.domain.Slot;
import opd.domain.Token;
import opd.domain.TokenLabel;
import opd.domain.TokenPriority;
import opd.domain.TokenStatus;
import org.jspecify.annotations.Nullable;

/// What follows from a claim to a place. Who gets it is decided by [AllocationRule] alone.
public final class Allocation {
  /// The id of a token that is not written yet.
  public static final long UNWRITTEN = 0;

  private Allocation() {}

  /// Whether the claim is refused in this slot, so that the patient is told of another.
  public static boolean mayGoElsewhere(SlotBook book, Claim claim) {
    return AllocationRule.decide(book, claim) instanceof Decision.Reject reject
        && mayGoElsewhere(reject.refusal());
  }

  private static boolean mayGoElsewhere(Refusal refusal) {
    return refusal != Refusal.DUPLICATE_TOKEN;
  }

  /// Whether the claim may be sent to this slot, which nobody named: it is not over, and the rule
  /// gives a place without displacing anybody.
  static boolean mayBeChosen(SlotBook book, Claim claim) {
    return !book.hasEnded()
        && switch (AllocationRule.decide(book, claim)) {
          case Decision.Admit() -> true;
          case Decision.Displace _, Decision.Reject _ -> false;
        };
  }

  /// @param next where the patient may go instead if the claim is refused, or null
  public static Decided<Outcome.Allocation> decide(
      SlotBook book, Claim claim, @Nullable Slot next) {
    return following(AllocationRule.decide(book, claim), book, claim, next);
  }

  /// What follows from what the rule says.
  ///
  /// @param next as for [#decide]
  public static Decided<Outcome.Allocation> following(
      Decision decision, SlotBook book, Claim claim, @Nullable Slot next) {
    return switch (decision) {
      case Decision.Admit() -> give(book, claim, null, Rule.CAPACITY);
      case Decision.Displace(var victim, var rule) -> give(book, claim, victim, rule);
      case Decision.Reject reject ->
          refuse(book, claim, reject, mayGoElsewhere(reject.refusal()) ? next : null);
    };
  }

  /// As [#decide], after the patient has given up the token held in this slot, if any. The claim
  /// cannot be refused then, as its own place is free: a slot with an ACTIVE token is open.
  public static Decided<Outcome.Allocation> replace(
      SlotBook book, Claim claim, @Nullable Slot next) {
    Optional<Token> held = book.heldBy(claim.patientId());
    if (held.isEmpty()) {
      return decide(book, claim, next);
    }
    var given = giveUp(book, held.get());
    return given.then(decide(given.after(book), claim, next));
  }

  /// The patient exchanges the token for one of another priority, which the next decision gives.
  public static Decided<Outcome.TokenDone> giveUp(SlotBook book, Token held) {
    SlotBook after = book.with(held, TokenStatus.CANCELLED);
    Token cancelled = held.withStatus(TokenStatus.CANCELLED);
    return new Decided<>(
        List.of(new Change.SetTokenStatus(held, TokenStatus.CANCELLED)),
        List.of(
            NewEntry.ofToken(
                book.slot().id(),
                cancelled,
                new AuditEvent.TokenCancelled(held.status(), null, true))),
        new Outcome.TokenDone(TokenView.notQueued(cancelled), List.of()),
        List.of(after));
  }

  /// As `decided`, or where the first slot is full or closed, a place in the first of the later
  /// ones that has one free and is still to come.
  ///
  /// @param later the doctor's open slots later that day, by start
  public static Decided<Outcome.Allocation> orNext(
      Decided<Outcome.Allocation> decided, List<SlotBook> later, Claim claim) {
    return switch (decided.outcome()) {
      case Outcome.Admitted _ -> decided;
      case Outcome.Rejected rejected when mayGoElsewhere(rejected.refusal()) ->
          later.stream()
              .filter(book -> mayBeChosen(book, claim))
              .findFirst()
              .map(book -> decided.then(decide(book, claim, null)))
              .orElse(decided);
      case Outcome.Rejected _ -> decided;
    };
  }

  private static Decided<Outcome.Allocation> give(
      SlotBook book, Claim claim, @Nullable Token victim, Rule rule) {
    List<Change> changes = new ArrayList<>();
    SlotBook left = book;
    if (victim != null) {
      // The victim first: the database never lets a slot hold more than its capacity.
      changes.add(new Change.SetTokenStatus(victim, TokenStatus.DISPLACED));
      left = book.with(victim, TokenStatus.DISPLACED);
    }
    Token displaced = victim == null ? null : victim.withStatus(TokenStatus.DISPLACED);
    TokenLabel displacedLabel = displaced == null ? null : displaced.label();
    TokenLabel holds = claim.heldBeside(book.slot());
    ClaimFacts facts = ClaimFacts.of(book, claim).holding(holds);
    List<TokenView> others = victim == null ? book.othersWaiting(claim.patientId()) : List.of();
    Token from = claim.displaced();
    Token moved = claim.moved();
    boolean isReinstated = from != null && from.label().slot().equals(book.slot().label());

    Token placed;
    SlotBook after;
    AuditEvent event;
    if (from != null && isReinstated) {
      placed = from.withStatus(TokenStatus.ACTIVE);
      changes.add(new Change.SetTokenStatus(from, TokenStatus.ACTIVE));
      after = left.with(from, TokenStatus.ACTIVE);
      event = new AuditEvent.TokenReinstated(facts, displacedLabel);
    } else {
      placed = newToken(left, claim);
      changes.add(new Change.TakePlace(book.slot().id(), placed, from));
      after = left.with(placed);
      event =
          new AuditEvent.TokenAllocated(
              facts,
              rule,
              displacedLabel,
              from == null ? null : from.label(),
              moved == null ? null : moved.label(),
              placed.serving().arrivedAt());
    }

    List<NewEntry> entries = new ArrayList<>();
    entries.add(NewEntry.ofToken(book.slot().id(), placed, event));
    if (displaced != null) {
      entries.add(
          NewEntry.ofToken(
              book.slot().id(), displaced, new AuditEvent.TokenDisplaced(placed.label())));
    }
    var outcome =
        new Outcome.Admitted(
            after.view(placed),
            displaced == null ? null : TokenView.notQueued(displaced),
            isReinstated ? Rule.ARRIVAL_ORDER : rule,
            facts.capacity(),
            facts.active(),
            warnings(book, claim, victim, !others.isEmpty()),
            others,
            holds,
            left(claim),
            List.of());
    return new Decided<>(changes, entries, outcome, List.of(after));
  }

  /// The token for which another place was asked, as a place elsewhere leaves it.
  private static @Nullable TokenView left(Claim claim) {
    Token moved = claim.moved();
    if (moved != null) {
      return TokenView.notQueued(moved.withStatus(TokenStatus.CANCELLED));
    }
    return claim.displaced() == null ? null : TokenView.notQueued(claim.displaced());
  }

  private static Token newToken(SlotBook book, Claim claim) {
    Token from = claim.displaced();
    return new Token(
        UNWRITTEN,
        book.nextLabel(),
        claim.patientId(),
        claim.priority(),
        claim.source(),
        TokenStatus.ACTIVE,
        from == null ? null : from.label(),
        null,
        book.time(),
        arrival(book, from == null ? claim.moved() : from));
  }

  /// Who has arrived for another place of that day is here.
  private static Serving arrival(SlotBook book, @Nullable Token before) {
    return before == null
            || before.serving().arrivedAt() == null
            || !before.label().slot().day().equals(book.slot().label().day())
        ? Serving.NONE
        : Serving.NONE.arrived(before.serving().arrivedAt());
  }

  private static List<Warning> warnings(
      SlotBook book, Claim claim, @Nullable Token victim, boolean doOthersWait) {
    List<Warning> warnings = new ArrayList<>();
    if (victim != null && victim.priority() == TokenPriority.EMERGENCY) {
      warnings.add(Warning.EMERGENCY_DISPLACED_EMERGENCY);
    }
    if (book.hasEnded()) {
      warnings.add(Warning.SLOT_ENDED);
    }
    if (doOthersWait) {
      warnings.add(Warning.OTHERS_WAIT);
    }
    if (claim.heldBeside(book.slot()) != null) {
      warnings.add(Warning.HOLDS_ANOTHER);
    }
    if (victim != null && victim.serving().isCalled()) {
      warnings.add(Warning.BEING_SEEN);
    }
    if (victim != null && claim.isWithoutReason()) {
      warnings.add(Warning.NO_REASON);
    }
    return warnings;
  }

  private static Decided<Outcome.Allocation> refuse(
      SlotBook book, Claim claim, Decision.Reject reject, @Nullable Slot next) {
    Token existing = reject.existing();
    Token from = claim.displaced();
    Token moved = claim.moved();
    var event =
        new AuditEvent.AllocationRejected(
            ClaimFacts.of(book, claim),
            reject.refusal(),
            reject.rule(),
            book.status(),
            existing == null ? null : existing.label(),
            next == null ? null : SlotFacts.of(next),
            from == null ? null : from.label(),
            moved == null ? null : moved.label());
    var outcome =
        new Outcome.Rejected(
            reject.refusal(),
            reject.rule(),
            claim.priority(),
            book.slot(),
            existing == null ? null : book.view(existing),
            next,
            asking(from == null ? moved : from));
    return Decided.refused(
        book, NewEntry.ofRefusal(book.slot().id(), claim.patientId(), event), outcome);
  }

  private static @Nullable TokenView asking(@Nullable Token token) {
    return token == null ? null : TokenView.notQueued(token);
  }
}
