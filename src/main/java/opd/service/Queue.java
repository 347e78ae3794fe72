package opd.service;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import opd.decision.ActiveToken;
import opd.decision.ExpectedTime;
import opd.decision.QueueOrder;
import opd.decision.SlotState;
import opd.decision.TokenView;
import opd.domain.Slot;
import opd.domain.Token;
import opd.domain.TokenStatus;

/// A slot with its ACTIVE tokens in the queue's order.
record Queue(Slot slot, List<Token> active) {

  /// Takes the tokens in any order.
  Queue {
    active = active.stream().sorted(QueueOrder.OF_TOKENS).toList();
  }

  /// What the rule needs to know.
  SlotState state() {
    return new SlotState(
        slot.status(),
        slot.capacity(),
        active.stream()
            .map(token -> new ActiveToken(token.sequence(), token.patientId(), token.priority()))
            .toList());
  }

  Token token(ActiveToken wanted) {
    return numbered(wanted.sequence()).orElseThrow();
  }

  /// The ACTIVE token with this number.
  Optional<Token> numbered(int sequence) {
    return active.stream().filter(token -> token.sequence() == sequence).findFirst();
  }

  Optional<Token> heldBy(long patientId) {
    return active.stream().filter(token -> token.patientId() == patientId).findFirst();
  }

  /// The queue after some tokens have changed or come in: each replaces the one with its number.
  Queue after(List<Token> changed) {
    List<Token> now = new ArrayList<>(active);
    for (Token token : changed) {
      now.removeIf(old -> old.sequence() == token.sequence());
      if (token.status() == TokenStatus.ACTIVE) {
        now.add(token);
      }
    }
    return new Queue(slot, now);
  }

  /// The token with its place in this queue, if it has one.
  TokenView view(Token token) {
    for (int index = 0; index < active.size(); index++) {
      if (active.get(index).sequence() == token.sequence()) {
        return new TokenView(token, index + 1, ExpectedTime.of(slot, index + 1));
      }
    }
    return TokenView.notQueued(token);
  }

  List<TokenView> views() {
    return active.stream().map(this::view).toList();
  }
}
