package opd.verify;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import opd.decision.ActiveToken;
import opd.decision.AuditEvent;
import opd.decision.AuditEvent.AllocationRejected;
import opd.decision.AuditEvent.ChangeRejected;
import opd.decision.AuditEvent.SlotCancelled;
import opd.decision.AuditEvent.SlotCompleted;
import opd.decision.AuditEvent.SlotDelayed;
import opd.decision.AuditEvent.SlotOpened;
import opd.decision.AuditEvent.TokenAllocated;
import opd.decision.AuditEvent.TokenCancelled;
import opd.decision.AuditEvent.TokenCompleted;
import opd.decision.AuditEvent.TokenDisplaced;
import opd.decision.AuditEvent.TokenNoShow;
import opd.decision.AuditEvent.TokenReallocated;
import opd.decision.AuditEvent.TokenReinstated;
import opd.decision.Outcome;
import opd.decision.TokenChange;
import opd.decision.TokenView;
import opd.decision.WaitingList;
import opd.domain.AuditKind;
import opd.domain.DoctorCode;
import opd.domain.OpdException;
import opd.domain.Refusal;
import opd.domain.SlotLabel;
import opd.domain.SlotStatus;
import opd.domain.Token;
import opd.domain.TokenStatus;
import opd.verify.Rows.TokenRow;
import org.jspecify.annotations.Nullable;

/// Runs the chain of one slot again.
final class SlotReplay implements ChainReplay {
  private final Decider decider;
  private final Tables tables;
  private final Followers followers = new Followers();
  private @Nullable SlotLedger ledger;

  SlotReplay(Decider decider, Tables tables) {
    this.decider = decider;
    this.tables = tables;
  }

  @Override
  public Replayed step(LoggedEntry entry, AuditEvent event) {
    if (event instanceof SlotOpened opened) {
      return open(entry, opened);
    }
    if (ledger == null) {
      throw new CannotReplay("kind", AuditKind.SLOT_OPENED.name(), entry.kind());
    }
    SlotLedger slot = ledger;
    followers.next(entry, slot);
    ClaimReplay claims = new ClaimReplay(decider, tables, slot, followers);
    return switch (event) {
      case SlotDelayed delayed -> delay(slot, delayed);
      case SlotCancelled cancelled -> cancel(entry, slot, cancelled);
      case SlotCompleted _ -> complete(entry, slot);
      case TokenAllocated allocated -> claims.allocated(entry, allocated);
      case TokenReinstated reinstated -> claims.reinstated(entry, token(entry, slot), reinstated);
      case AllocationRejected rejected -> claims.rejected(entry, rejected);
      case TokenDisplaced displaced ->
          followed(token(entry, slot), new TokenDisplaced(displaced.by()));
      case TokenCompleted(boolean withSlot) when withSlot ->
          followed(token(entry, slot), new TokenCompleted(true));
      case TokenCancelled cancelled -> cancelToken(entry, slot, cancelled);
      case TokenNoShow _ -> change(entry, slot, TokenChange.NO_SHOW, new TokenNoShow());
      case TokenCompleted _ -> change(entry, slot, TokenChange.COMPLETE, new TokenCompleted(false));
      case TokenReallocated reallocated -> reallocate(entry, slot, reallocated);
      case ChangeRejected rejected -> refuse(entry, slot, rejected);
      case SlotOpened _, AuditEvent.FacilitySet _ -> throw alien(entry);
      case AuditEvent.DoctorAdded _, AuditEvent.DoctorChanged _ -> throw alien(entry);
      case AuditEvent.PatientRegistered _, AuditEvent.PatientChanged _ -> throw alien(entry);
    };
  }

  private static CannotReplay alien(LoggedEntry entry) {
    return new CannotReplay("kind", "an entry about a slot", entry.kind());
  }

  private Replayed open(LoggedEntry entry, SlotOpened opened) {
    if (ledger != null || entry.slotId() == null) {
      throw new CannotReplay("kind", "an entry about an open slot", entry.kind());
    }
    try {
      SlotLabel label = new SlotLabel(DoctorCode.parse(opened.doctor()), opened.start());
      ledger = new SlotLedger(entry.slotId(), label, opened.end(), opened.capacity());
    } catch (OpdException e) {
      throw new CannotReplay("facts.doctor", "a doctor's code", opened.doctor());
    }
    return Replayed.of(opened, new ExpectedOutcome.OfAnother());
  }

  private static void mustBeOpen(SlotLedger slot, String otherwise) {
    if (!slot.status().isOpen()) {
      throw new CannotReplay("decision", "SLOT_CLOSED", otherwise);
    }
  }

  private static Replayed delay(SlotLedger slot, SlotDelayed delayed) {
    mustBeOpen(slot, AuditKind.SLOT_DELAYED.name());
    int before = slot.delayMinutes();
    SlotDelayed expected = new SlotDelayed(delayed.minutes(), before);
    slot.setStatus(
        delayed.minutes() == 0 ? SlotStatus.SCHEDULED : SlotStatus.DELAYED, delayed.minutes());
    List<TokenView> views = queue(slot).stream().map(row -> slot.view(row.token())).toList();
    return Replayed.of(expected, exactly(new Outcome.SlotDelayed(slot.slot(), before, views)));
  }

  private Replayed cancel(LoggedEntry entry, SlotLedger slot, SlotCancelled cancelled) {
    List<TokenRow> queue = queue(slot);
    Outcome.SlotDone outcome =
        close(entry, slot, SlotStatus.CANCELLED, AuditKind.TOKEN_DISPLACED, TokenStatus.DISPLACED);
    List<Integer> sequences = sequences(queue);
    if (cancelled.moving()) {
      sequences.forEach(sequence -> followers.expectMove(entry, sequence));
    }
    return Replayed.of(
        new SlotCancelled(cancelled.reason(), sequences, cancelled.moving()),
        cancelled.moving()
            ? new ExpectedOutcome.Moving(outcome.slot(), outcome.tokens())
            : exactly(outcome));
  }

  private Replayed complete(LoggedEntry entry, SlotLedger slot) {
    List<TokenRow> queue = queue(slot);
    Outcome outcome =
        close(entry, slot, SlotStatus.COMPLETED, AuditKind.TOKEN_COMPLETED, TokenStatus.COMPLETED);
    return Replayed.of(new SlotCompleted(sequences(queue)), exactly(outcome));
  }

  private Outcome.SlotDone close(
      LoggedEntry entry, SlotLedger slot, SlotStatus status, AuditKind each, TokenStatus result) {
    mustBeOpen(slot, entry.kind().name());
    List<TokenRow> queue = queue(slot);
    slot.setStatus(status, slot.delayMinutes());
    List<TokenView> changed =
        queue.stream()
            .map(row -> slot.change(row.token().sequence(), result).token())
            .map(TokenView::notQueued)
            .toList();
    queue.forEach(row -> followers.expect(entry, each, row.token().sequence(), null));
    return new Outcome.SlotDone(slot.slot(), changed);
  }

  private static List<TokenRow> queue(SlotLedger slot) {
    return slot.state().active().stream().map(ActiveToken::sequence).map(slot::bySequence).toList();
  }

  private static List<Integer> sequences(List<TokenRow> queue) {
    return queue.stream().map(row -> row.token().sequence()).toList();
  }

  /// An entry that was announced by the one that led to it, which changed the token already.
  private Replayed followed(TokenRow row, AuditEvent event) {
    AuditEvent expected =
        event instanceof TokenDisplaced ? new TokenDisplaced(followers.cause()) : event;
    return new Replayed(expected, row.version(), new ExpectedOutcome.OfAnother());
  }

  private Replayed cancelToken(LoggedEntry entry, SlotLedger slot, TokenCancelled cancelled) {
    TokenStatus before = token(entry, slot).token().status();
    var expected = new TokenCancelled(before, cancelled.reason(), cancelled.replaced());
    Replayed replayed = change(entry, slot, TokenChange.CANCEL, expected);
    if (!cancelled.replaced()) {
      return replayed;
    }
    followers.expectClaim(entry);
    return new Replayed(expected, replayed.tokenVersion(), new ExpectedOutcome.OfAnother());
  }

  private static Replayed change(
      LoggedEntry entry, SlotLedger slot, TokenChange change, AuditEvent expected) {
    TokenRow row = token(entry, slot);
    refusal(row, change)
        .ifPresent(refusal -> {
          throw new CannotReplay("decision", refusal.name(), entry.kind());
        });
    TokenRow changed = slot.change(row.token().sequence(), change.result());
    Set<Long> activePatients =
        slot.active().stream().map(Token::patientId).collect(Collectors.toUnmodifiableSet());
    List<TokenView> waiting =
        WaitingList.of(slot.slot(), slot.waiting(), activePatients).stream()
            .map(TokenView::notQueued)
            .toList();
    Outcome outcome = new Outcome.TokenDone(TokenView.notQueued(changed.token()), waiting);
    return new Replayed(expected, changed.version(), exactly(outcome));
  }

  private static Optional<Refusal> refusal(TokenRow row, TokenChange change) {
    return change.refusal(row.token().status(), row.successor() != null);
  }

  private static Replayed reallocate(
      LoggedEntry entry, SlotLedger slot, TokenReallocated reallocated) {
    TokenRow row = token(entry, slot);
    refusal(row, TokenChange.REALLOCATE)
        .ifPresent(refusal -> {
          throw new CannotReplay("decision", refusal.name(), entry.kind());
        });
    slot.setSuccessor(row.token().sequence(), reallocated.successor());
    return Replayed.of(
        reallocated, new ExpectedOutcome.Successor(row.token(), reallocated.successor()));
  }

  private Replayed refuse(LoggedEntry entry, SlotLedger slot, ChangeRejected rejected) {
    if (entry.tokenId() == null) {
      return RefusedChange.ofSlot(entry, slot, rejected);
    }
    TokenRow row = token(entry, slot);
    Replayed replayed = RefusedChange.ofToken(row, slot, rejected, decider);
    if (!followers.isMove()) {
      return replayed;
    }
    // The token was displaced just now, and nothing but the lack of a place can be in the way.
    var expected =
        ChangeRejected.of(
            TokenChange.REALLOCATE,
            Refusal.NO_FREE_PLACE,
            TokenStatus.DISPLACED,
            SlotStatus.CANCELLED);
    return Replayed.of(expected, new ExpectedOutcome.Unplaced(row.token()));
  }

  private static TokenRow token(LoggedEntry entry, SlotLedger slot) {
    Long id = entry.tokenId();
    TokenRow row =
        Optional.ofNullable(id)
            .flatMap(slot::byId)
            .orElseThrow(() -> new CannotReplay("token_id", "a token allocated before", id));
    if (entry.patientId() == null || row.token().patientId() != entry.patientId()) {
      throw new CannotReplay(
          "patient_id", Long.toString(row.token().patientId()), entry.patientId());
    }
    return row;
  }

  static ExpectedOutcome exactly(Outcome outcome) {
    return new ExpectedOutcome.Exactly(outcome);
  }

  @Override
  public @Nullable String slotLabel() {
    return ledger == null ? null : ledger.label().toString();
  }

  @Override
  public @Nullable Integer sequence(long tokenId) {
    return ledger == null
        ? null
        : ledger.byId(tokenId).map(row -> row.token().sequence()).orElse(null);
  }

  Optional<SlotLedger> ledger() {
    return Optional.ofNullable(ledger);
  }

  /// What the last entry announced and did not come, or null.
  @Nullable String announced() {
    return followers.announced();
  }
}
