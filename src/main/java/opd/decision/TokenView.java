package opd.decision;

import java.time.Instant;
import java.util.function.UnaryOperator;
import opd.domain.Token;
import org.jspecify.annotations.Nullable;

/// A token as it stood when it was looked at.
///
/// @param position in the queue, from 1; null unless ACTIVE
/// @param expectedAt when the patient can expect to be seen; null unless ACTIVE
public record TokenView(Token token, @Nullable Integer position, @Nullable Instant expectedAt) {
  /// A token without a place in the queue.
  public static TokenView notQueued(Token token) {
    return new TokenView(token, null, null);
  }

  /// The same view of the token as it was changed.
  public TokenView with(UnaryOperator<Token> change) {
    return new TokenView(change.apply(token), position, expectedAt);
  }
}
