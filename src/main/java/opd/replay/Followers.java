package opd.replay;

import java.util.ArrayDeque;
import java.util.Deque;
import opd.domain.AuditKind;
import opd.domain.TokenLabel;
import org.jspecify.annotations.Nullable;

/// The entries that must follow because of an earlier one of the same request: the victim's own
/// entry, those of a closed slot's tokens, and the claim for which a token was given up.
final class Followers {
  /// @param sequence of the token that the entry is about, or 0 for a token that comes into being
  /// @param by the token that took the place, or null
  private record Follower(String requestId, AuditKind kind, int sequence, @Nullable TokenLabel by) {
    @Override
    public String toString() {
      return sequence == 0 ? kind.name() : kind + " of token " + sequence;
    }
  }

  private final Deque<Follower> expected = new ArrayDeque<>();
  private @Nullable TokenLabel cause;

  void expect(LoggedEntry leader, AuditKind kind, int sequence, @Nullable TokenLabel by) {
    expected.add(new Follower(leader.requestId(), kind, sequence, by));
  }

  void expectClaim(LoggedEntry leader) {
    expect(leader, AuditKind.TOKEN_ALLOCATED, 0, null);
  }

  /// Checks that the entry comes when it must, and only then.
  ///
  /// @throws CannotReplay otherwise
  void next(LoggedEntry entry, SlotLedger slot) {
    Follower follower = expected.poll();
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
        follower.kind() == entry.kind()
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

  /// The first that is still to come, or null.
  @Nullable String announced() {
    Follower first = expected.peek();
    return first == null ? null : first.toString();
  }
}
