package opd.verify;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Collectors;
import opd.domain.AuditKind;
import opd.domain.TokenLabel;
import org.jspecify.annotations.Nullable;

/// The entries that must follow because of an earlier one of the same request: the victim's own
/// entry, those of a closed slot's tokens, what became of each when they were to be moved, and the
/// claim for which a token was given up.
final class Followers {
  // What becomes of a token that is to be moved to another slot.
  private static final List<AuditKind> MOVE =
      List.of(AuditKind.TOKEN_REALLOCATED, AuditKind.CHANGE_REJECTED);

  /// @param kinds one of which the entry has
  /// @param sequence of the token that the entry is about, or 0 for a token that comes into being
  /// @param by the token that took the place, or null
  private record Follower(
      String requestId, List<AuditKind> kinds, int sequence, @Nullable TokenLabel by) {
    @Override
    public String toString() {
      String kind = kinds.stream().map(AuditKind::name).collect(Collectors.joining(" or "));
      return sequence == 0 ? kind : kind + " of token " + sequence;
    }
  }

  private final Deque<Follower> expected = new ArrayDeque<>();
  private @Nullable TokenLabel cause;
  private boolean isMove;

  void expect(LoggedEntry leader, AuditKind kind, int sequence, @Nullable TokenLabel by) {
    expected.add(new Follower(leader.requestId(), List.of(kind), sequence, by));
  }

  /// Either another place for the token, or that there was none.
  void expectMove(LoggedEntry leader, int sequence) {
    expected.add(new Follower(leader.requestId(), MOVE, sequence, null));
  }

  void expectClaim(LoggedEntry leader) {
    expect(leader, AuditKind.TOKEN_ALLOCATED, 0, null);
  }

  /// Checks that the entry comes when it must, and only then.
  ///
  /// @throws CannotReplay otherwise
  void next(LoggedEntry entry, SlotLedger slot) {
    Follower follower = expected.poll();
    isMove = follower != null && follower.kinds().equals(MOVE);
    if (follower == null) {
      if (entry.kind() == AuditKind.TOKEN_DISPLACED) {
        throw new CannotReplay("kind", "an entry that begins a decision", entry.kind());
      }
      return;
    }
    Integer sequence =
        entry.tokenId() == null || follower.sequence() == 0
            ? Integer.valueOf(0)
            : slot.byId(entry.tokenId()).map(row -> row.token().sequence()).orElse(-1);
    boolean fits =
        follower.kinds().contains(entry.kind())
            && follower.requestId().equals(entry.requestId())
            && follower.sequence() == sequence;
    if (!fits) {
      throw new CannotReplay("kind", follower.toString(), entry.kind());
    }
    cause = follower.by();
  }

  /// The token that took the place of the one that the present entry is about, or null.
  @Nullable TokenLabel cause() {
    return cause;
  }

  /// Whether the present entry tells what became of a token that was to be moved.
  boolean isMove() {
    return isMove;
  }

  /// The first that is still to come, or null.
  @Nullable String announced() {
    Follower first = expected.peek();
    return first == null ? null : first.toString();
  }
}
