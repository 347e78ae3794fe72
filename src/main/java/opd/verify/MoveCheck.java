package opd.verify;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import opd.decision.Outcome;
import opd.decision.TokenView;
import opd.domain.SlotLabel;
import opd.domain.Token;
import opd.domain.TokenLabel;
import opd.record.OutcomeJson;
import opd.record.StoredOutcome;

/// Checks the outcome of a slot's cancellation that gave its patients other places. It is one for
/// many entries in several chains, and each shows its own part of it right: the cancellation who
/// lost a place and in which order, each token's entry whether it was made good, and that of the
/// new token by which one.
record MoveCheck(Consumer<Difference> consumer, StoredMove stored) {
  private static final OutcomeJson WITHOUT_NAMES = OutcomeJson.stored();
  private static final String FIELD = "outcome.moved";

  /// The new tokens come in the order in which the old ones lost their place, each once.
  void order(LoggedEntry entry, SlotLabel slot, List<TokenView> lost) {
    List<String> madeGood = stored.moved(entry, slot).stream().map(MoveCheck::madeGood).toList();
    List<String> inOrder =
        lost.stream()
            .map(view -> view.token().label().toString())
            .filter(madeGood::contains)
            .toList();
    if (!inOrder.equals(madeGood)) {
      consumer.accept(Difference.in(entry, FIELD, inOrder, madeGood));
    }
  }

  void unplaced(LoggedEntry entry, Token displaced) {
    successor(entry, displaced.label())
        .ifPresent(
            found -> consumer.accept(Difference.in(entry, FIELD, null, found.token().label())));
    if (!StoredMove.isOf(entry)) {
      consumer.accept(Difference.in(entry, "outcome", "a slot's cancellation", entry.outcome()));
    }
  }

  void successor(LoggedEntry entry, Token displaced, TokenLabel expected) {
    Optional<TokenLabel> found =
        successor(entry, displaced.label()).map(view -> view.token().label());
    if (!found.equals(Optional.of(expected))) {
      consumer.accept(Difference.in(entry, FIELD, expected, found.orElse(null)));
    }
  }

  /// @param expected the new token as it stood in its queue
  void admitted(LoggedEntry entry, TokenView expected) {
    String text = WITHOUT_NAMES.token(expected).toString();
    TokenLabel from =
        Objects.requireNonNullElse(expected.token().reallocatedFrom(), expected.token().label());
    String found =
        stored.moved(entry, from.slot()).stream()
            .filter(view -> view.token().label().equals(expected.token().label()))
            .findFirst()
            .map(view -> WITHOUT_NAMES.token(view).toString())
            .orElse("{}");
    if (!found.equals(text)) {
      JsonDifferences.between(
          FIELD,
          text,
          found,
          (field, right, stored) -> consumer.accept(Difference.in(entry, field, right, stored)));
    }
  }

  private Optional<TokenView> successor(LoggedEntry entry, TokenLabel displaced) {
    return stored.moved(entry, displaced.slot()).stream()
        .filter(view -> displaced.equals(view.token().reallocatedFrom()))
        .findFirst();
  }

  /// Of a request that changed many slots, what it tells of this one.
  ///
  /// @param expected as if it were the only one
  void part(LoggedEntry entry, SlotLabel slot, Outcome expected) {
    String text = StoredOutcome.write(expected);
    String found = stored.part(entry, slot).map(StoredOutcome::write).orElse("{}");
    if (!found.equals(text)) {
      JsonDifferences.between(
          "outcome.slots[" + slot + "]",
          text,
          found,
          (field, right, other) -> consumer.accept(Difference.in(entry, field, right, other)));
    }
  }

  private static String madeGood(TokenView view) {
    return String.valueOf(view.token().reallocatedFrom());
  }
}
