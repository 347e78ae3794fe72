package opd.service;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import opd.decision.Answer;
import opd.decision.AuditEvent;
import opd.decision.NewEntry;
import opd.decision.Outcome;
import opd.decision.TokenChange;
import opd.decision.TokenView;
import opd.decision.WaitingList;
import opd.domain.OpdException;
import opd.domain.PlainText;
import opd.domain.Refusal;
import opd.domain.Slot;
import opd.domain.Token;
import opd.domain.TokenReference;
import opd.domain.TokenStatus;
import opd.store.connection.Transaction;
import opd.store.table.TokenStore;
import opd.store.table.WishStore;
import org.jspecify.annotations.Nullable;

/// Cancels, completes and marks as no-show.
public final class TokenService {
  private static final int MOST_REASON_CHARACTERS = 200;

  private final Decisions decisions;

  public TokenService(Decisions decisions) {
    this.decisions = decisions;
  }

  /// @param reason null for none; stored in the log, so no name belongs in it
  /// @throws OpdException TOKEN_NOT_FOUND; INVALID_INPUT when the reason is not plain text
  public Answer<Outcome.Change> cancel(
      Request request, TokenReference token, @Nullable String reason) {
    return change(request, token, TokenChange.CANCEL, reason);
  }

  /// @throws OpdException TOKEN_NOT_FOUND
  public Answer<Outcome.Change> noShow(Request request, TokenReference token) {
    return change(request, token, TokenChange.NO_SHOW, null);
  }

  /// @throws OpdException TOKEN_NOT_FOUND
  public Answer<Outcome.Change> complete(Request request, TokenReference token) {
    return change(request, token, TokenChange.COMPLETE, null);
  }

  private Answer<Outcome.Change> change(
      Request request, TokenReference reference, TokenChange change, @Nullable String reason) {
    String checkedReason = reason == null ? null : reason(reason);
    return decisions.once(
        request,
        Outcome.Change.class,
        transaction -> {
          Optional<Supplier<Queue>> locked = lockWithNext(transaction, reference);
          var named = WishStore.find(transaction, request.id(), reference);
          Token token = References.present(reference, named.token());
          String command = change.name().toLowerCase(Locale.ROOT);
          return new Decisions.Plan<>(
              Request.digest(command, token.label(), checkedReason),
              (_, _) -> named.stored(),
              (joined, journal) -> {
                named.patient().ifPresent(journal::met);
                Queue queue =
                    locked
                        .map(Supplier::get)
                        .orElseGet(() -> Queues.lock(joined, token.label().slot()));
                return decide(joined, journal, queue, token, change, checkedReason);
              });
        });
  }

  static String reason(String text) {
    return PlainText.of("the reason", text, MOST_REASON_CHARACTERS);
  }

  /// The slot of a label is known before the token is found: locking it costs no round trip of its
  /// own then. A request that was decided before waits for the lock in vain.
  private static Optional<Supplier<Queue>> lockWithNext(
      Transaction transaction, TokenReference reference) {
    return reference instanceof TokenReference.ByLabel(var label)
        ? Optional.of(Queues.lockWithNext(transaction, label.slot()))
        : Optional.empty();
  }

  /// @param queue the token's, locked
  private static Outcome.Change decide(
      Transaction transaction,
      Journal journal,
      Queue queue,
      Token found,
      TokenChange change,
      @Nullable String reason) {
    Token token =
        queue
            .numbered(found.sequence())
            .orElseGet(() -> TokenStore.find(transaction, found.id()).orElseThrow());
    boolean reallocated =
        token.status() == TokenStatus.DISPLACED
            && TokenStore.isReallocated(transaction, token.id());
    Optional<Refusal> refusal = change.refusal(token.status(), reallocated);
    if (refusal.isPresent()) {
      var event =
          AuditEvent.ChangeRejected.of(
              change, refusal.get(), token.status(), queue.slot().status());
      journal.note(NewEntry.ofToken(queue.slot().id(), token, event));
      return new Outcome.ChangeRejected(refusal.get(), queue.view(token));
    }
    Token changed = TokenStore.reclassify(transaction, token, change);
    journal.note(
        NewEntry.ofToken(queue.slot().id(), changed, event(change, token.status(), reason)));
    return new Outcome.TokenDone(
        TokenView.notQueued(changed), waiting(transaction, queue, token, changed));
  }

  private static AuditEvent event(TokenChange change, TokenStatus before, @Nullable String reason) {
    return switch (change) {
      case CANCEL -> new AuditEvent.TokenCancelled(before, reason, false);
      case NO_SHOW -> new AuditEvent.TokenNoShow();
      case COMPLETE -> new AuditEvent.TokenCompleted(false);
      case DISPLACE, REALLOCATE ->
          throw new IllegalArgumentException(change + " is no wish of a desk");
    };
  }

  /// @param queue as it was before the token was changed
  private static List<TokenView> waiting(
      Transaction transaction, Queue queue, Token token, Token changed) {
    var counts = queue.slot().counts().minus(token.status()).plus(changed.status());
    Slot slot = queue.slot().withCounts(counts);
    if (slot.free() == 0 || counts.displaced() == 0) {
      return List.of();
    }
    Set<Long> activePatients =
        queue.after(List.of(changed)).active().stream()
            .map(Token::patientId)
            .collect(Collectors.toUnmodifiableSet());
    return WaitingList.of(slot, TokenStore.listDisplaced(transaction, slot), activePatients)
        .stream()
        .map(TokenView::notQueued)
        .toList();
  }
}
