package opd.verify;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import opd.decision.AuditEvent;
import opd.decision.AuditSubject;
import opd.decision.NewEntry;
import opd.domain.AuditKind;
import opd.domain.Token;

/// The entries that must follow because of an earlier one of the same request: those that the
/// decision led to in the same chain, what became of each token that was to be moved, and the claim
/// for which a token was given up.
final class ExpectedEntries {
  /// What must come next.
  private sealed interface Follower {
    /// Just this entry, about the token if there is one.
    record Entry(AuditEvent event, int sequence) implements Follower {
      @Override
      public String toString() {
        return event.kind() + (sequence == 0 ? "" : " of token " + sequence);
      }
    }

    /// Another place for the token, or that there was none.
    record Move(int sequence) implements Follower {
      @Override
      public String toString() {
        return AuditKind.TOKEN_REALLOCATED
            + " or "
            + AuditKind.CHANGE_REJECTED
            + " of token "
            + sequence;
      }
    }

    /// A new token for somebody who gave up another.
    record NewToken() implements Follower {
      @Override
      public String toString() {
        return AuditKind.TOKEN_ALLOCATED.name();
      }
    }

    default boolean fits(AuditKind kind, int ofToken) {
      return switch (this) {
        case Entry(var event, int sequence) -> kind == event.kind() && ofToken == sequence;
        case Move(int sequence) ->
            (kind == AuditKind.TOKEN_REALLOCATED || kind == AuditKind.CHANGE_REJECTED)
                && ofToken == sequence;
        case NewToken() -> kind == AuditKind.TOKEN_ALLOCATED;
      };
    }
  }

  private final Deque<Follower> expected = new ArrayDeque<>();
  private String requestId = "";
  private boolean isMove;

  void expect(LoggedEntry leader, List<NewEntry> entries) {
    entries.forEach(entry -> expect(leader, new Follower.Entry(entry.event(), sequence(entry))));
  }

  void expectMove(LoggedEntry leader, Token token) {
    expect(leader, new Follower.Move(token.sequence()));
  }

  void expectNewToken(LoggedEntry leader) {
    expect(leader, new Follower.NewToken());
  }

  private void expect(LoggedEntry leader, Follower follower) {
    requestId = leader.requestId();
    expected.add(follower);
  }

  private static int sequence(NewEntry entry) {
    return entry.subject() instanceof AuditSubject.OfSlot(long _, Token token, var _)
            && token != null
        ? token.sequence()
        : 0;
  }

  /// Checks that the entry comes when it must, and only then.
  ///
  /// @return what it must say where an earlier entry decided that; empty for an entry that is
  ///   decided by itself
  /// @throws CannotReplay when it must not come now
  Optional<AuditEvent> next(LoggedEntry entry, RebuiltSlot slot) {
    Follower follower = expected.poll();
    isMove = follower instanceof Follower.Move;
    if (follower == null) {
      return Optional.empty();
    }
    int sequence =
        entry.tokenId() == null
            ? 0
            : slot.byId(entry.tokenId()).map(row -> row.token().sequence()).orElse(-1);
    if (!follower.fits(entry.kind(), sequence) || !requestId.equals(entry.requestId())) {
      throw new CannotReplay("kind", follower.toString(), entry.kind());
    }
    return follower instanceof Follower.Entry(var event, int _)
        ? Optional.of(event)
        : Optional.empty();
  }

  /// Whether the present entry tells what became of a token that was to be moved.
  boolean isMove() {
    return isMove;
  }

  /// The first that is still to come, if any.
  Optional<String> announced() {
    return Optional.ofNullable(expected.peek()).map(Follower::toString);
  }
}
