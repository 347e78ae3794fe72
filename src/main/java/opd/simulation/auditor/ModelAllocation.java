package opd.simulation.auditor;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import opd.decision.Warning;
import opd.domain.PatientKey;
import opd.domain.Refusal;
import opd.domain.SlotLabel;
import opd.domain.TokenLabel;
import opd.domain.TokenPriority;
import opd.domain.TokenStatus;
import opd.simulation.plan.Operation;
import org.jspecify.annotations.Nullable;

/// Who must get which place.
final class ModelAllocation {
  private final HospitalModel hospital;
  private final Instant at;
  private final Set<SlotLabel> touched = new TreeSet<>();
  private final Set<Invariant> aspects = EnumSet.of(Invariant.ANSWER);
  // The token that is given up for the place that is asked for, or null.
  private @Nullable ModelToken left;

  ModelAllocation(HospitalModel hospital, Instant at) {
    this.hospital = hospital;
    this.at = at;
  }

  Prediction allocate(Operation.Allocate asked) {
    var claim = new ModelToken.Claim(asked.patient(), asked.priority(), asked.source());
    ModelSlot slot = hospital.slot(asked.slot());
    touched.add(slot.label);
    if (asked.how() == Operation.How.REPLACE) {
      slot.heldBy(asked.patient())
          .ifPresent(token -> {
            token.become(TokenStatus.CANCELLED);
            slot.log(at);
          });
    }
    Prediction first = decide(slot, claim, null);
    boolean mayGoOn = first.token() == null && slot.heldBy(asked.patient()).isEmpty();
    if (asked.how() != Operation.How.OR_NEXT || !mayGoOn) {
      return first;
    }
    return hospital.later(slot).stream()
        .filter(later -> later.takesFreely(asked.patient(), at))
        .findFirst()
        .map(later -> admit(later, claim, null, null))
        .orElse(first);
  }

  Prediction reallocate(Operation.Reallocate asked) {
    ModelToken lost = hospital.token(asked.token());
    ModelSlot own = hospital.slot(asked.slot());
    touched.add(own.label);
    if (!lost.isOwed()) {
      return refuseChange(
          own, lost, lost.isMadeGood ? Refusal.ALREADY_REALLOCATED : Refusal.TOKEN_NOT_DISPLACED);
    }
    if (asked.to().isPresent()) {
      ModelSlot target = hospital.slot(asked.to().get());
      touched.add(target.label);
      return decide(target, lost.claim(), lost);
    }
    List<ModelSlot> choices = new ArrayList<>(List.of(own));
    choices.addAll(hospital.later(own));
    Optional<ModelSlot> free =
        choices.stream().filter(choice -> choice.takesFreely(lost.patient, at)).findFirst();
    return free.isPresent()
        ? admit(free.get(), lost.claim(), lost, null)
        : refuseChange(own, lost, Refusal.NO_FREE_PLACE);
  }

  /// The patient gives up one place for another, if that can be had.
  Prediction move(Operation.Move asked) {
    ModelToken token = hospital.token(asked.token());
    ModelSlot own = hospital.slot(asked.slot());
    touched.add(own.label);
    if (!token.isActive()) {
      return refuseChange(
          own, token, token.isMadeGood ? Refusal.ALREADY_REALLOCATED : Refusal.TOKEN_NOT_ACTIVE);
    }
    left = token;
    ModelSlot target = hospital.slot(asked.to());
    touched.add(target.label);
    return decide(target, token.claim(), null);
  }

  /// @param lost the displaced token that asks for a place again, or null
  private Prediction decide(ModelSlot slot, ModelToken.Claim claim, @Nullable ModelToken lost) {
    if (!slot.isOpen()) {
      return reject(slot, claim, "SLOT_CLOSED", "", lost);
    }
    Optional<ModelToken> held = slot.heldBy(claim.patient());
    if (held.isPresent()) {
      return reject(slot, claim, "DUPLICATE_TOKEN", ", holding " + held.get().label, lost);
    }
    List<ModelToken> queue = slot.queue();
    if (queue.size() < slot.capacity) {
      return admit(slot, claim, lost, null);
    }
    ModelToken first = slot.firstToGo().getFirst();
    boolean isEmergency = claim.priority() == TokenPriority.EMERGENCY;
    boolean isHigher = ModelToken.urgency(claim.priority()) > ModelToken.urgency(first.priority);
    // Who is called makes way for an emergency only.
    if (isEmergency || (isHigher && !first.isCalled())) {
      return admit(slot, claim, lost, first);
    }
    aspects.add(Invariant.CAPACITY);
    return reject(slot, claim, "SLOT_FULL by rule 1", "", lost);
  }

  private Prediction reject(
      ModelSlot slot,
      ModelToken.Claim claim,
      String why,
      String holding,
      @Nullable ModelToken lost) {
    slot.log(at);
    String next =
        holding.isEmpty()
            ? hospital.later(slot).stream()
                .filter(later -> later.takesFreely(claim.patient(), at))
                .findFirst()
                .map(later -> ", next " + later.label)
                .orElse("")
            : "";
    ModelToken asking = lost == null ? left : lost;
    String from = asking == null ? "" : ", from " + asking.label;
    return foretold("REJECTED " + why + holding + from, next, null, null);
  }

  private Prediction refuseChange(ModelSlot own, ModelToken lost, Refusal refusal) {
    own.log(at);
    return foretold("REJECTED " + refusal + ", from " + lost.label, "", null, null);
  }

  /// @param victim who makes room, or null when a place is free
  private Prediction admit(
      ModelSlot slot,
      ModelToken.Claim claim,
      @Nullable ModelToken lost,
      @Nullable ModelToken victim) {
    touched.add(slot.label);
    StringBuilder warnings = new StringBuilder();
    String others = victim == null ? othersWaiting(slot, claim.patient()) : "";
    String beside = hospital.heldBeside(slot, claim.patient(), left);
    int rule = 1;
    boolean isBeingSeen = victim != null && victim.isCalled();
    if (left != null) {
      left.become(TokenStatus.CANCELLED);
      hospital.slot(left.label.slot()).log(at);
    }
    if (victim != null) {
      victim.become(TokenStatus.DISPLACED);
      slot.log(at);
      rule = claim.priority() == TokenPriority.EMERGENCY ? 3 : 2;
      aspects.add(rule == 3 ? Invariant.EMERGENCY : Invariant.HIGHER_PRIORITY);
      aspects.addAll(Set.of(Invariant.TIE_BREAK, Invariant.NEVER_DELETED));
      if (victim.priority == TokenPriority.EMERGENCY) {
        warnings.append(", warning ").append(Warning.EMERGENCY_DISPLACED_EMERGENCY);
      }
    }
    if (slot.hasEnded(at)) {
      warnings.append(", warning ").append(Warning.SLOT_ENDED);
    }
    if (!others.isEmpty()) {
      warnings.append(", warning ").append(Warning.OTHERS_WAIT).append(" ").append(others);
    }
    if (isBeingSeen) {
      warnings.append(", warning ").append(Warning.BEING_SEEN);
    }
    // No simulated patient says why; who had a token before was asked then.
    if (victim != null
        && lost == null
        && left == null
        && claim.priority() == TokenPriority.EMERGENCY) {
      warnings.append(", warning ").append(Warning.NO_REASON);
    }
    ModelToken before = lost == null ? left : lost;
    boolean returns = lost != null && lost.label.slot().equals(slot.label);
    ModelToken placed;
    if (lost != null && returns) {
      lost.become(TokenStatus.ACTIVE);
      placed = lost;
    } else {
      aspects.add(Invariant.NUMBERS);
      placed = hospital.give(slot, claim, lost == null ? null : lost.label);
    }
    if (before != null && before != placed) {
      placed.bringArrival(before);
    }
    slot.log(at);
    if (lost != null && !returns) {
      lost.isMadeGood = true;
      hospital.slot(lost.label.slot()).log(at);
    }
    return foretold(
        "ADMITTED "
            + placed.label
            + (" by rule " + (returns ? 5 : rule) + ", " + slot.placeOf(placed, at))
            + (victim == null ? "" : ", displacing " + victim.label)
            + (before == null ? "" : ", from " + before.label)
            + warnings
            + (left == null ? "" : ModelChange.waiting(hospital.slot(left.label.slot()))),
        beside,
        placed.label,
        victim == null ? null : victim.label);
  }

  static String othersWaiting(ModelSlot slot, PatientKey patient) {
    return slot.waiting().stream()
        .filter(token -> !token.patient.equals(patient))
        .map(token -> token.label.toString())
        .collect(Collectors.joining(" "));
  }

  private Prediction foretold(
      String answer, String hint, @Nullable TokenLabel token, @Nullable TokenLabel displaced) {
    return new Prediction(answer, hint, token, displaced, touched, aspects);
  }
}
