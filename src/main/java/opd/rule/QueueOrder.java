package opd.rule;

import java.util.Comparator;
import java.util.function.ToIntFunction;
import opd.domain.Token;

/// The one order of a queue: the highest rank first, and within a priority who came first (rule 5).
/// Who stands last is the first to lose the place.
public final class QueueOrder {
  /// By rank descending, then by sequence number ascending (rules 2, 3 and 5).
  public static final Comparator<ActiveToken> OF_ACTIVE =
      order(token -> token.priority().rank(), ActiveToken::sequence);

  /// The same order for tokens with all that is known of them.
  public static final Comparator<Token> OF_TOKENS =
      order(token -> token.priority().rank(), Token::sequence);

  private QueueOrder() {}

  private static <T> Comparator<T> order(ToIntFunction<T> rank, ToIntFunction<T> sequence) {
    return Comparator.comparingInt(rank).reversed().thenComparingInt(sequence);
  }
}
