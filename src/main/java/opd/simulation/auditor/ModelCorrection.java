package opd.simulation.auditor;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import opd.domain.SlotStatus;
import opd.domain.TokenStatus;

/// What must become of a slot that was opened with the wrong capacity, or closed by mistake.
final class ModelCorrection {
  private ModelCorrection() {}

  /// @param displaces whether those who have no place then lose theirs: first who would lose it
  ///   first to an emergency
  static Prediction change(ModelSlot slot, int capacity, boolean displaces, Instant at) {
    slot.log(at);
    if (!slot.isOpen()) {
      return ModelChange.closed(slot);
    }
    int tooMany = slot.queue().size() - capacity;
    if (tooMany > 0 && !displaces) {
      return ModelChange.foretold("REJECTED CAPACITY_TAKEN, " + slot.statusText(), slot);
    }
    List<ModelToken> victims =
        tooMany > 0 ? slot.firstToGo().subList(0, tooMany) : List.<ModelToken>of();
    boolean isBeingSeen = victims.stream().anyMatch(ModelToken::isCalled);
    List<String> lost = new ArrayList<>();
    for (ModelToken victim : ModelSlot.inOrder(victims)) {
      victim.become(TokenStatus.DISPLACED);
      slot.log(at);
      lost.add(victim.label + " DISPLACED");
    }
    slot.capacity = capacity;
    return new Prediction(
        "DONE "
            + slot.statusText()
            + (" with " + capacity + " places: ")
            + String.join(", ", lost)
            + ModelChange.waiting(slot)
            + (isBeingSeen ? ", warnings [BEING_SEEN]" : ""),
        "",
        null,
        null,
        Set.of(slot.label),
        victims.isEmpty()
            ? EnumSet.of(Invariant.ANSWER)
            : EnumSet.of(Invariant.ANSWER, Invariant.TIE_BREAK, Invariant.NEVER_DELETED));
  }

  /// The slot takes place after all, and those have their places again who have had no other change
  /// since its closing.
  static Prediction reopen(ModelSlot slot, Instant at) {
    slot.log(at);
    if (slot.isOpen()) {
      return ModelChange.foretold("REJECTED NOTHING_TO_UNDO, " + slot.statusText(), slot);
    }
    List<ModelToken> closed =
        ModelSlot.inOrder(
            slot.tokens.stream()
                .filter(token -> token.isClosedWithSlot && !token.isMadeGood)
                .toList());
    slot.status = slot.delayMinutes == 0 ? SlotStatus.SCHEDULED : SlotStatus.DELAYED;
    for (ModelToken token : closed) {
      token.become(TokenStatus.ACTIVE);
      slot.log(at);
    }
    List<String> restored = new ArrayList<>();
    for (ModelToken token : closed) {
      int position = slot.queue().indexOf(token) + 1;
      restored.add(token.label + " ACTIVE at " + slot.expected(position, at));
    }
    return ModelChange.foretold(
        "DONE "
            + slot.statusText()
            + ": "
            + String.join(", ", restored)
            + ModelChange.waiting(slot),
        slot);
  }
}
