package opd.decision;

import java.util.List;
import java.util.Set;
import opd.domain.Slot;
import opd.domain.Token;
import opd.domain.TokenStatus;

/// Who waits for a place that has become free. Nobody is promoted without a person's or a script's
/// explicit step: hospitals want it attributable.
public final class WaitingList {
  private WaitingList() {}

  /// The slot's displaced tokens in the queue's order, if the slot has a free place; else nobody.
  ///
  /// @param displaced tokens of the slot that are DISPLACED and were not reallocated
  /// @param activePatients the patients who hold an ACTIVE token in it
  public static List<Token> of(Slot slot, List<Token> displaced, Set<Long> activePatients) {
    if (slot.free() == 0) {
      return List.of();
    }
    return displaced.stream()
        .filter(token -> token.status() == TokenStatus.DISPLACED)
        .filter(token -> !activePatients.contains(token.patientId()))
        .sorted(QueueOrder.OF_TOKENS)
        .toList();
  }
}
