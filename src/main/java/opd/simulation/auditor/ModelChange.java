package opd.simulation.auditor;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import opd.domain.SlotStatus;
import opd.domain.TokenStatus;
import opd.simulation.plan.Operation;

/// What must become of a token or a slot that somebody changes.
final class ModelChange {
  private ModelChange() {}

  static Prediction ofToken(ModelToken token, ModelSlot slot, Operation.OfToken asked, Instant at) {
    slot.log(at);
    TokenStatus wanted =
        switch (asked) {
          case Operation.Cancel _ -> TokenStatus.CANCELLED;
          case Operation.NoShow _ -> TokenStatus.NO_SHOW;
          case Operation.Complete _ -> TokenStatus.COMPLETED;
          case Operation.Reallocate _, Operation.Undo _, Operation.Move _ -> throw other(asked);
          case Operation.Arrive _, Operation.Call _ -> throw other(asked);
          case Operation.Park _, Operation.Return _ -> throw other(asked);
        };
    if (token.isMadeGood) {
      return rejected("ALREADY_REALLOCATED", token, slot);
    }
    boolean mayCancel = wanted == TokenStatus.CANCELLED && token.isOwed();
    if (!token.isActive() && !mayCancel) {
      return rejected("TOKEN_NOT_ACTIVE", token, slot);
    }
    boolean isForgotten = wanted == TokenStatus.NO_SHOW && token.calls == 0 && slot.hasCalled();
    end(token, wanted);
    String warning = isForgotten ? ", warnings [NEVER_CALLED]" : "";
    return foretold("DONE " + token.label + " is " + wanted + waiting(slot) + warning, slot);
  }

  private static IllegalArgumentException other(Operation asked) {
    return new IllegalArgumentException(asked + " makes nothing final of a token");
  }

  /// In a way that can be taken back.
  static void end(ModelToken token, TokenStatus wanted) {
    TokenStatus before = token.status;
    token.become(wanted);
    token.beforeMistake = before;
  }

  static String waiting(ModelSlot slot) {
    String waiting =
        slot.waiting().stream()
            .map(other -> other.label.toString())
            .collect(Collectors.joining(" "));
    return waiting.isEmpty() ? ", nobody waiting" : ", waiting " + waiting;
  }

  /// The token becomes what it was, if that can be had now.
  static Prediction undo(HospitalModel hospital, ModelToken token, ModelSlot slot, Instant at) {
    slot.log(at);
    TokenStatus before = token.beforeMistake;
    if (before == null) {
      return rejected("NOTHING_TO_UNDO", token, slot);
    }
    if (before == TokenStatus.ACTIVE && !slot.isFreeFor(token.patient)) {
      boolean isHeld = slot.isOpen() && slot.heldBy(token.patient).isPresent();
      String why = isHeld ? "DUPLICATE_TOKEN" : slot.isOpen() ? "SLOT_FULL" : "SLOT_CLOSED";
      return rejected(why, token, slot);
    }
    boolean hasPlace = before == TokenStatus.ACTIVE;
    String others = hasPlace ? ModelAllocation.othersWaiting(slot, token.patient) : "";
    String beside = hasPlace ? hospital.heldBeside(slot, token.patient, null) : "";
    token.become(before);
    return foretold(
        "DONE "
            + token.label
            + " is "
            + before
            + waiting(slot)
            + (others.isEmpty() ? "" : ", warnings [OTHERS_WAIT] " + others),
        beside,
        slot);
  }

  static Prediction rejected(String why, ModelToken token, ModelSlot slot) {
    return foretold("REJECTED " + why + ", " + token.label + " is " + token.status, slot);
  }

  static Prediction delay(ModelSlot slot, int minutes, Instant at) {
    slot.log(at);
    if (!slot.isOpen()) {
      return closed(slot);
    }
    slot.status = minutes == 0 ? SlotStatus.SCHEDULED : SlotStatus.DELAYED;
    slot.delayMinutes = minutes;
    List<String> tokens = new ArrayList<>();
    for (ModelToken token : slot.queue()) {
      tokens.add(token.label + " ACTIVE at " + slot.expected(tokens.size() + 1, at));
    }
    return done(slot, tokens);
  }

  static Prediction cancel(ModelSlot slot, Instant at) {
    return close(slot, SlotStatus.CANCELLED, TokenStatus.DISPLACED, at);
  }

  static Prediction complete(ModelSlot slot, Instant at) {
    return close(slot, SlotStatus.COMPLETED, TokenStatus.COMPLETED, at);
  }

  private static Prediction close(
      ModelSlot slot, SlotStatus status, TokenStatus tokenStatus, Instant at) {
    slot.log(at);
    if (!slot.isOpen()) {
      return closed(slot);
    }
    List<String> tokens = new ArrayList<>();
    for (ModelToken token : slot.queue()) {
      token.become(tokenStatus);
      token.isClosedWithSlot = true;
      slot.log(at);
      tokens.add(token.label + " " + tokenStatus);
    }
    slot.status = status;
    return done(slot, tokens);
  }

  static Prediction closed(ModelSlot slot) {
    return foretold("REJECTED SLOT_CLOSED, " + slot.statusText(), slot);
  }

  static Prediction done(ModelSlot slot, List<String> tokens) {
    return foretold("DONE " + slot.statusText() + ": " + String.join(", ", tokens), slot);
  }

  static Prediction foretold(String answer, ModelSlot slot) {
    return foretold(answer, "", slot);
  }

  private static Prediction foretold(String answer, String hint, ModelSlot slot) {
    return new Prediction(answer, hint, null, null, Set.of(slot.label), Set.of(Invariant.ANSWER));
  }
}
