package opd.service;

import java.util.List;
import java.util.Locale;
import opd.decision.Outcome;
import opd.decision.Response;
import opd.decision.TokenChange;
import opd.decision.TokenDecision;
import opd.decision.Undo;
import opd.domain.OpdException;
import opd.domain.PlainText;
import opd.domain.Token;
import opd.domain.TokenReference;
import opd.store.connection.Transaction;
import opd.store.table.DecisionStore;
import opd.store.table.HeldTokenStore;
import opd.store.table.LastChangeStore;
import org.jspecify.annotations.Nullable;

/// Cancels, completes and marks as no-show, and takes such a change back.
public final class TokenService {
  private static final int MOST_REASON_CHARACTERS = 200;

  private final Decisions decisions;

  public TokenService(Decisions decisions) {
    this.decisions = decisions;
  }

  /// @param reason null for none; stored in the log, so no name belongs in it
  /// @throws OpdException TOKEN_NOT_FOUND; INVALID_INPUT when the reason is not plain text
  public Response<Outcome.Change> cancel(
      Request request, TokenReference token, @Nullable String reason) {
    return change(request, token, TokenChange.CANCEL, reason);
  }

  /// @throws OpdException TOKEN_NOT_FOUND
  public Response<Outcome.Change> noShow(Request request, TokenReference token) {
    return change(request, token, TokenChange.NO_SHOW, null);
  }

  /// @throws OpdException TOKEN_NOT_FOUND
  public Response<Outcome.Change> complete(Request request, TokenReference token) {
    return change(request, token, TokenChange.COMPLETE, null);
  }

  /// Takes back the last change of the token's status, if it made the token CANCELLED, NO_SHOW or
  /// COMPLETED by itself.
  ///
  /// @param reason stored in the log, so no name belongs in it
  /// @throws OpdException TOKEN_NOT_FOUND; INVALID_INPUT when the reason is not plain text
  public Response<Outcome.Change> undo(Request request, TokenReference token, String reason) {
    String checked = reason(reason);
    return decisions.once(
        request,
        Outcome.Change.class,
        transaction -> findUndone(transaction, request, token, checked));
  }

  /// What [#undo] would answer now; changes and audits nothing.
  public Response<Outcome.Change> dryRunUndo(Request request, TokenReference token, String reason) {
    String checked = reason(reason);
    return decisions.dryRun(
        request, transaction -> findUndone(transaction, request, token, checked));
  }

  private static Decisions.Found<Outcome.Change> findUndone(
      Transaction transaction, Request request, TokenReference reference, String reason) {
    var named = DecisionStore.find(transaction, request.id(), reference);
    Token token = Finder.present(reference, named.token());
    return new Decisions.Found<>(
        Request.digest("undo", token.label(), reason),
        named.stored(),
        () -> {
          var locked = DecisionStore.lock(transaction, named);
          var held =
              HeldTokenStore.findWithNext(
                  transaction, List.of(token.patientId()), List.of(token.label().slot()));
          var last = LastChangeStore.of(transaction, locked.token());
          return Decisions.Loaded.of(
              Undo.decide(
                  locked.book(),
                  locked.token(),
                  last.change(),
                  last.isErased(),
                  held.get().getOrDefault(token.patientId(), List.of()),
                  reason),
              named.patient().orElseThrow());
        });
  }

  private Response<Outcome.Change> change(
      Request request, TokenReference reference, TokenChange change, @Nullable String reason) {
    String checkedReason = reason == null ? null : reason(reason);
    return decisions.once(
        request,
        Outcome.Change.class,
        transaction -> {
          var named = DecisionStore.find(transaction, request.id(), reference);
          Token token = Finder.present(reference, named.token());
          String command = change.name().toLowerCase(Locale.ROOT);
          return new Decisions.Found<>(
              Request.digest(command, token.label(), checkedReason),
              named.stored(),
              () -> decide(transaction, named, change, checkedReason));
        });
  }

  private static Decisions.Loaded<Outcome.Change> decide(
      Transaction transaction,
      DecisionStore.NamedToken named,
      TokenChange change,
      @Nullable String reason) {
    var locked = DecisionStore.lock(transaction, named);
    return Decisions.Loaded.of(
        TokenDecision.decide(
            locked.book(), locked.token(), locked.token().isReallocated(), change, reason),
        named.patient().orElseThrow());
  }

  static String reason(String text) {
    return PlainText.of("the reason", text, MOST_REASON_CHARACTERS);
  }
}
