package opd.decision;

import java.time.Instant;
import java.util.Comparator;
import java.util.stream.Stream;
import opd.domain.Slot;
import opd.domain.TokenLabel;
import org.jspecify.annotations.Nullable;

/// An ACTIVE token that a patient holds, as it was seen without a lock.
///
/// @param start of its slot
/// @param end of its slot, as planned
public record HeldToken(TokenLabel label, Instant start, Instant end) {
  /// The first of them by label that is in another slot at the time of this one, or null.
  static @Nullable TokenLabel beside(Slot slot, Stream<HeldToken> tokens) {
    return tokens
        .filter(token -> token.overlaps(slot))
        .map(HeldToken::label)
        .min(Comparator.comparing(TokenLabel::slot).thenComparingInt(TokenLabel::sequence))
        .orElse(null);
  }

  /// Whether its slot is another one and overlaps this one, by planned times.
  private boolean overlaps(Slot slot) {
    return !label.slot().equals(slot.label())
        && start.isBefore(slot.end())
        && end.isAfter(slot.start());
  }
}
