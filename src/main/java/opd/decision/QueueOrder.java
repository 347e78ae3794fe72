package opd.decision;

import java.util.Comparator;
import opd.domain.Token;
import opd.domain.TokenPriority;

/// The one order of a queue: the highest rank first, and within a priority who came first (rule 5).
/// Who stands last is the first to lose the place.
public final class QueueOrder {
  /// By rank descending, then by sequence number ascending (rules 2, 3 and 5).
  public static final Comparator<Token> OF_TOKENS =
      (one, other) -> compare(one.priority(), one.sequence(), other.priority(), other.sequence());

  private QueueOrder() {}

  // Written out: each of Comparator's combinators makes a class when a process first meets it.
  private static int compare(
      TokenPriority priority, int sequence, TokenPriority otherPriority, int otherSequence) {
    int byRank = Integer.compare(otherPriority.rank(), priority.rank());
    return byRank == 0 ? Integer.compare(sequence, otherSequence) : byRank;
  }
}
