package opd.service;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import opd.decision.Change;
import opd.decision.Decided;
import opd.decision.HeldToken;
import opd.domain.Slot;
import opd.domain.Token;
import opd.domain.TokenStatus;

/// Which tokens the patients of a batch hold, as its lines give and take them.
final class BatchHeldTokens {
  private final Map<Long, List<HeldToken>> tokens = new HashMap<>();

  /// @param found by patient, as they were before the first line
  BatchHeldTokens(Map<Long, List<HeldToken>> found) {
    found.forEach((patient, held) -> tokens.put(patient, new ArrayList<>(held)));
  }

  List<HeldToken> of(long patientId) {
    return List.copyOf(tokens.getOrDefault(patientId, List.of()));
  }

  /// @param slot that was decided about
  void follow(Decided<?> decided, Slot slot) {
    for (Change change : decided.changes()) {
      switch (change) {
        case Change.TakePlace(long _, Token token, var _) -> add(token, slot);
        case Change.SetTokenStatus(Token token, TokenStatus status)
            when status == TokenStatus.ACTIVE ->
            add(token, slot);
        case Change.SetTokenStatus(Token token, TokenStatus _) ->
            tokens
                .getOrDefault(token.patientId(), new ArrayList<>())
                .removeIf(held -> held.label().equals(token.label()));
        case Change.SetSlotStatus _,
            Change.SetSlotTerms _,
            Change.ReopenSlot _,
            Change.SetServing _ -> {}
      }
    }
  }

  private void add(Token token, Slot slot) {
    tokens
        .computeIfAbsent(token.patientId(), _ -> new ArrayList<>())
        .add(new HeldToken(token.label(), slot.start(), slot.end()));
  }
}
