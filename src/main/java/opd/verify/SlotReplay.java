package opd.verify;

import java.util.List;
import java.util.Optional;
import opd.decision.Allocation;
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
import opd.decision.Change;
import opd.decision.Decided;
import opd.decision.Move;
import opd.decision.NewEntry;
import opd.decision.Outcome;
import opd.decision.Reallocation;
import opd.decision.ServingChange;
import opd.decision.ServingDecision;
import opd.decision.SlotBook;
import opd.decision.SlotDecision;
import opd.decision.TokenChange;
import opd.decision.TokenDecision;
import opd.decision.Undo;
import opd.domain.AuditKind;
import opd.domain.OutcomeKind;
import opd.domain.Refusal;
import opd.domain.Token;
import opd.domain.TokenLabel;
import opd.domain.TokenStatus;
import opd.verify.Rows.TokenRow;
import org.jspecify.annotations.Nullable;

/// Runs the chain of a slot again: takes from each entry what was asked for, decides it anew on the
/// slot as the entries before have it, and says what the entry must say.
final class SlotReplay implements ChainReplay {
  private final LoggedClaims claims;
  private final ExpectedEntries toFollow = new ExpectedEntries();
  private @Nullable RebuiltSlot rebuilt;

  SlotReplay(Decider decider, Tables tables) {
    this.claims = new LoggedClaims(decider, tables);
  }

  @Override
  public Replayed step(LoggedEntry entry, AuditEvent event) {
    if (event instanceof SlotOpened opened) {
      return open(entry, opened);
    }
    if (rebuilt == null) {
      throw new CannotReplay("kind", AuditKind.SLOT_OPENED.name(), entry.kind());
    }
    RebuiltSlot slot = rebuilt;
    Optional<AuditEvent> announced = toFollow.next(entry, slot);
    return announced.isPresent()
        // The entry that announced it changed the token already.
        ? new Replayed(
            announced.get(), token(entry, slot).version(), new ExpectedOutcome.OfAnother())
        : decide(entry, slot, event);
  }

  private Replayed decide(LoggedEntry entry, RebuiltSlot slot, AuditEvent event) {
    SlotBook book = slot.book(entry.at());
    return switch (event) {
      case SlotDelayed delayed -> exactly(entry, slot, SlotDecision.delay(book, delayed.minutes()));
      case SlotCancelled cancelled -> cancelSlot(entry, slot, book, cancelled);
      case SlotCompleted _ -> exactly(entry, slot, SlotDecision.complete(book));
      case TokenAllocated allocated -> allocate(entry, slot, book, allocated);
      case TokenReinstated reinstated -> reinstate(entry, slot, book, reinstated);
      case AllocationRejected rejected -> refuse(entry, slot, book, rejected);
      case TokenCancelled cancelled -> cancelToken(entry, slot, book, cancelled);
      case TokenNoShow _ -> change(entry, slot, book, TokenChange.NO_SHOW, null);
      case AuditEvent.TokenArrived _ ->
          exactly(entry, slot, ServingDecision.arrive(book, token(entry, slot).token()));
      case AuditEvent.TokenCalled called -> call(entry, slot, book, called);
      case AuditEvent.TokenParked parked ->
          ended(
              entry, slot, ServingDecision.park(book, token(entry, slot).token(), parked.reason()));
      case AuditEvent.TokenReturned _ ->
          exactly(entry, slot, ServingDecision.comeBack(book, token(entry, slot).token()));
      case TokenCompleted(boolean withSlot) when !withSlot ->
          change(entry, slot, book, TokenChange.COMPLETE, null);
      case TokenReallocated reallocated -> leave(entry, slot, book, reallocated);
      case ChangeRejected rejected -> refuse(entry, slot, book, rejected);
      case AuditEvent.SlotChanged changed ->
          exactly(entry, slot, LoggedCorrections.changed(book, changed));
      case AuditEvent.SlotReopened reopened ->
          exactly(entry, slot, LoggedCorrections.reopened(slot, book, reopened));
      case AuditEvent.ChangeUndone undone ->
          exactly(
              entry,
              slot,
              LoggedCorrections.undone(
                  slot,
                  book,
                  token(entry, slot).token(),
                  claims.held(entry, undone.holds()),
                  undone));
      case TokenDisplaced _, TokenCompleted _ ->
          throw new CannotReplay("kind", "an entry that begins a decision", entry.kind());
      case SlotOpened _, AuditEvent.OutsideSlots _ -> throw alien(entry);
    };
  }

  private static CannotReplay alien(LoggedEntry entry) {
    return new CannotReplay("kind", "an entry about a slot", entry.kind());
  }

  private Replayed open(LoggedEntry entry, SlotOpened opened) {
    if (rebuilt != null || entry.slotId() == null) {
      throw new CannotReplay("kind", "an entry about an open slot", entry.kind());
    }
    if (opened.capacity() < 1) {
      throw new CannotReplay("facts.capacity", "at least 1", opened.capacity());
    }
    rebuilt = new RebuiltSlot(opened.slot(entry.slotId()));
    return Replayed.of(opened, new ExpectedOutcome.OfAnother());
  }

  private Replayed cancelSlot(
      LoggedEntry entry, RebuiltSlot slot, SlotBook book, SlotCancelled cancelled) {
    if (!cancelled.moving() || !book.isOpen()) {
      return exactly(entry, slot, SlotDecision.cancel(book, cancelled.reason()));
    }
    var decided = SlotDecision.cancellation(book, cancelled.reason(), true, cancelled.cover());
    Outcome.SlotDone done = decided.outcome();
    Replayed replayed =
        replayed(entry, slot, decided, new ExpectedOutcome.Moving(done.slot(), done.tokens()));
    done.tokens().forEach(view -> toFollow.expectMove(entry, view.token()));
    return replayed;
  }

  private Replayed allocate(
      LoggedEntry entry, RebuiltSlot slot, SlotBook book, TokenAllocated logged) {
    var decided = claims.allocated(entry, slot, book, logged);
    return logged.movedFrom() != null && decided.outcome() instanceof Outcome.Admitted admitted
        ? replayed(entry, slot, decided, new ExpectedOutcome.Moved(known(entry, admitted)))
        : exactly(entry, slot, decided);
  }

  private Replayed reinstate(
      LoggedEntry entry, RebuiltSlot slot, SlotBook book, TokenReinstated logged) {
    TokenRow row = token(entry, slot);
    mustBeLegal(entry, row, TokenChange.REALLOCATE);
    return exactly(entry, slot, claims.reinstated(entry, slot, book, row.token(), logged.claim()));
  }

  private Replayed refuse(
      LoggedEntry entry, RebuiltSlot slot, SlotBook book, AllocationRejected logged) {
    var decided = claims.rejected(entry, slot, book, logged);
    if (logged.movedFrom() != null && decided.outcome() instanceof Outcome.Rejected rejected) {
      return replayed(entry, slot, decided, new ExpectedOutcome.NotMoved(rejected));
    }
    return decided.outcome() instanceof Outcome.Rejected rejected
        ? replayed(entry, slot, decided, new ExpectedOutcome.UnlessAdmittedElsewhere(rejected))
        : exactly(entry, slot, decided);
  }

  private Replayed cancelToken(
      LoggedEntry entry, RebuiltSlot slot, SlotBook book, TokenCancelled cancelled) {
    if (cancelled.movedTo() != null) {
      return moveToken(entry, slot, book, cancelled.movedTo());
    }
    if (!cancelled.replaced()) {
      return change(entry, slot, book, TokenChange.CANCEL, cancelled.reason());
    }
    TokenRow row = token(entry, slot);
    mustBeLegal(entry, row, TokenChange.CANCEL);
    Replayed replayed =
        replayed(
            entry, slot, Allocation.giveUp(book, row.token()), new ExpectedOutcome.OfAnother());
    toFollow.expectNewToken(entry);
    return replayed;
  }

  private Replayed moveToken(LoggedEntry entry, RebuiltSlot slot, SlotBook book, TokenLabel to) {
    TokenRow row = token(entry, slot);
    mustBeLegal(entry, row, TokenChange.MOVE);
    var decided = Move.leave(book, row.token(), to);
    Outcome.TokenDone done = decided.outcome();
    return replayed(
        entry,
        slot,
        decided,
        new ExpectedOutcome.MovedTo(done.token().token(), to, done.waiting()));
  }

  private Replayed change(
      LoggedEntry entry,
      RebuiltSlot slot,
      SlotBook book,
      TokenChange change,
      @Nullable String reason) {
    TokenRow row = token(entry, slot);
    return ended(
        entry,
        slot,
        TokenDecision.decide(book, row.token(), row.successor() != null, change, reason));
  }

  /// A change that may have been made because the next patient was called.
  private Replayed ended(LoggedEntry entry, RebuiltSlot slot, Decided<? extends Outcome> decided) {
    return switch (decided.outcome()) {
      case Outcome.TokenDone done when entry.isOf(OutcomeKind.TOKEN_SERVED) ->
          replayed(entry, slot, decided, new ExpectedOutcome.Ended(done.token()));
      case Outcome.Served served
          when served.token() != null && ServedOutcome.hasEnded(entry, served.token()) ->
          replayed(entry, slot, decided, new ExpectedOutcome.Ended(served.token()));
      case Outcome _ -> exactly(entry, slot, decided);
    };
  }

  private Replayed call(
      LoggedEntry entry, RebuiltSlot slot, SlotBook book, AuditEvent.TokenCalled logged) {
    Token token = token(entry, slot).token();
    if (logged.isNext()) {
      Optional<Token> next = ServingDecision.next(book, logged.isPresent());
      if (next.filter(first -> first.sequence() == token.sequence()).isEmpty()) {
        String wanted = next.map(first -> "a call of token " + first.sequence()).orElse("no call");
        throw new CannotReplay("decision", wanted, "a call of token " + token.sequence());
      }
    }
    var how =
        new ServingDecision.Call(
            logged.room(), logged.isNext(), logged.isPresent(), logged.previous(), entry.number());
    var decided = ServingDecision.call(book, token, how);
    return decided.outcome() instanceof Outcome.Served served
        ? replayed(entry, slot, decided, new ExpectedOutcome.Called(served, logged.previous()))
        : exactly(entry, slot, decided);
  }

  private Replayed leave(
      LoggedEntry entry, RebuiltSlot slot, SlotBook book, TokenReallocated reallocated) {
    TokenRow row = token(entry, slot);
    mustBeLegal(entry, row, TokenChange.REALLOCATE);
    Replayed replayed =
        replayed(
            entry,
            slot,
            Reallocation.leave(book, row.token(), reallocated.successor()),
            new ExpectedOutcome.Successor(row.token(), reallocated.successor()));
    slot.setSuccessor(row.token().sequence(), reallocated.successor());
    return replayed;
  }

  private Replayed refuse(
      LoggedEntry entry, RebuiltSlot slot, SlotBook book, ChangeRejected rejected) {
    if (entry.tokenId() == null) {
      return exactly(entry, slot, LoggedCorrections.refused(entry, book, rejected));
    }
    TokenRow row = token(entry, slot);
    Token token = row.token();
    if (rejected.change().equals(Undo.COMMAND)) {
      return exactly(entry, slot, LoggedCorrections.refused(entry, slot, book, token, rejected));
    }
    Optional<ServingChange> serving = ServingChange.named(rejected.change());
    if (serving.isPresent()) {
      return ServingDecision.refused(book, token, serving.get())
          .map(refused -> exactly(entry, slot, refused))
          .orElseThrow(
              () -> new CannotReplay("decision", serving.get() + " granted", rejected.refusal()));
    }
    TokenChange change = change(rejected);
    Optional<Refusal> refusal = change.refusal(token.status(), row.successor() != null);
    if (refusal.isEmpty() && !claims.isWithoutPlace(book, token, change, rejected)) {
      throw new CannotReplay("decision", change + " granted", rejected.refusal());
    }
    if (change == TokenChange.MOVE) {
      var unmoved =
          Move.refuse(book, token, refusal.orElse(Refusal.TOKEN_NOT_ACTIVE), rejected.facts().to());
      return exactly(entry, slot, unmoved);
    }
    if (change != TokenChange.REALLOCATE) {
      return change(entry, slot, book, change, null);
    }
    var decided =
        Reallocation.refuse(
            book, token, refusal.orElse(Refusal.NO_FREE_PLACE), rejected.facts().to());
    // The token of a slot that is moved was displaced just now: nothing else can be in the way.
    return toFollow.isMove()
        ? replayed(
            entry,
            slot,
            Reallocation.refuse(book, token, Refusal.NO_FREE_PLACE, null),
            new ExpectedOutcome.Unplaced(token))
        : exactly(entry, slot, decided);
  }

  private static TokenChange change(ChangeRejected rejected) {
    try {
      return TokenChange.valueOf(rejected.change());
    } catch (IllegalArgumentException e) {
      throw new CannotReplay("facts.wish", "a change of a token", rejected.change());
    }
  }

  private static void mustBeLegal(LoggedEntry entry, TokenRow row, TokenChange change) {
    change
        .refusal(row.token().status(), row.successor() != null)
        .ifPresent(refusal -> {
          throw new CannotReplay("decision", refusal.name(), entry.kind());
        });
  }

  private Replayed exactly(
      LoggedEntry entry, RebuiltSlot slot, Decided<? extends Outcome> decided) {
    return replayed(entry, slot, decided, null);
  }

  /// Carries out what was decided, and gives its first entry, which this one must be like.
  ///
  /// @param expected of the stored outcome; null for exactly the decided one
  private Replayed replayed(
      LoggedEntry entry,
      RebuiltSlot slot,
      Decided<? extends Outcome> decided,
      @Nullable ExpectedOutcome expected) {
    AuditEvent event = decided.entries().getFirst().event();
    if (event.kind() != entry.kind()) {
      throw new CannotReplay("decision", decision(decided, event), entry.kind());
    }
    Long id = entry.tokenId();
    var known = decided.with(token -> known(entry, token));
    slot.apply(known);
    List<NewEntry> entries = known.entries();
    for (int index = 0; index < entries.size(); index++) {
      slot.note(entries.get(index), entry.number() + index, entry.requestId());
    }
    toFollow.expect(entry, entries.subList(1, entries.size()));
    boolean isChanged = id != null && known.changes().stream().anyMatch(change -> isOf(change, id));
    Integer version = isChanged ? token(entry, slot).version() : null;
    return new Replayed(
        event, version, expected == null ? new ExpectedOutcome.Exactly(known.outcome()) : expected);
  }

  private static Outcome.Admitted known(LoggedEntry entry, Outcome.Admitted outcome) {
    return (Outcome.Admitted) outcome.with(token -> known(entry, token));
  }

  /// A token that the entry brings about has the id that the entry tells.
  private static Token known(LoggedEntry entry, Token token) {
    Long id = entry.tokenId();
    return token.id() == Allocation.UNWRITTEN && id != null ? token.withId(id) : token;
  }

  private static boolean isOf(Change change, long tokenId) {
    return switch (change) {
      case Change.TakePlace(long _, Token token, var _) -> token.id() == tokenId;
      case Change.SetTokenStatus(Token token, TokenStatus _) -> token.id() == tokenId;
      case Change.SetSlotStatus _, Change.SetSlotTerms _, Change.ReopenSlot _ -> false;
      case Change.SetServing _ -> false;
    };
  }

  /// How a difference names what would have been decided.
  private static String decision(Decided<? extends Outcome> decided, AuditEvent event) {
    return decided.outcome() instanceof Outcome.Admitted admitted && admitted.displaced() != null
        ? event.kind() + " in the place of token " + admitted.displaced().token().sequence()
        : decided.outcome().whyRefused().map(Refusal::name).orElse(event.kind().name());
  }

  private static TokenRow token(LoggedEntry entry, RebuiltSlot slot) {
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

  @Override
  public @Nullable String slotLabel() {
    return rebuilt == null ? null : rebuilt.label().toString();
  }

  @Override
  public @Nullable Integer sequence(long tokenId) {
    return rebuilt == null
        ? null
        : rebuilt.byId(tokenId).map(row -> row.token().sequence()).orElse(null);
  }

  Optional<RebuiltSlot> rebuilt() {
    return Optional.ofNullable(rebuilt);
  }

  /// What the last entry announced and did not come, if anything.
  Optional<String> announced() {
    return toFollow.announced();
  }
}
