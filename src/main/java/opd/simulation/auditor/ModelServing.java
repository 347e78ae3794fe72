package opd.simulation.auditor;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import opd.domain.TokenLabel;
import opd.domain.TokenSource;
import opd.domain.TokenStatus;
import opd.simulation.plan.Operation;
import org.jspecify.annotations.Nullable;

/// What must be noted of a patient who comes, is called in, goes away and comes back.
final class ModelServing {
  private final HospitalModel hospital;
  private final Instant at;
  private final Set<opd.domain.SlotLabel> touched = new TreeSet<>();

  ModelServing(HospitalModel hospital, Instant at) {
    this.hospital = hospital;
    this.at = at;
  }

  /// The first arrival counts; of who walked in nothing is noted.
  Prediction arrive(TokenLabel label) {
    return noted(
        label,
        (token, slot) -> {
          if (token.source != TokenSource.WALK_IN && token.arrivedAt == null) {
            token.arrivedAt = slot.timeOf(at);
          }
        });
  }

  Prediction park(TokenLabel label) {
    return noted(label, this::putOff);
  }

  private void putOff(ModelToken token, ModelSlot slot) {
    token.takeCallBack();
    if (token.parkedAt == null) {
      token.parkedAt = slot.timeOf(at);
    }
  }

  Prediction comeBack(TokenLabel label) {
    return noted(label, (token, slot) -> token.parkedAt = null);
  }

  private interface Note {
    void on(ModelToken token, ModelSlot slot);
  }

  private Prediction noted(TokenLabel label, Note note) {
    ModelToken token = hospital.token(label);
    ModelSlot slot = hospital.slot(label.slot());
    slot.log(at);
    touched.add(slot.label);
    if (!token.isActive()) {
      return refused(token);
    }
    note.on(token, slot);
    return foretold("DONE " + shown(token, slot), null);
  }

  private Prediction refused(ModelToken token) {
    String why = token.isMadeGood ? "ALREADY_REALLOCATED" : "TOKEN_NOT_ACTIVE";
    return foretold("REJECTED " + why + ", " + token.label + " is " + token.status, null);
  }

  private String shown(ModelToken token, ModelSlot slot) {
    return token.label + token.serving(slot.zone) + ", " + slot.placeOf(token, at);
  }

  /// By name, whoever stands before.
  Prediction call(Operation.Call asked) {
    ModelToken token = hospital.token(asked.token());
    ModelSlot slot = hospital.slot(asked.slot());
    touched.add(slot.label);
    if (!token.isActive()) {
      slot.log(at);
      return refused(token);
    }
    return foretold("DONE " + called(token, slot, asked.room(), "OUT_OF_TURN"), token.label);
  }

  /// @param whyNot of those before who wait and were not called
  private String called(ModelToken token, ModelSlot slot, Optional<String> room, String whyNot) {
    List<String> passed = new ArrayList<>();
    for (ModelToken other : slot.queue()) {
      if (other == token) {
        break;
      }
      String why = other.isCalled() ? "CALLED" : other.parkedAt != null ? "PARKED" : whyNot;
      passed.add(other.label + " " + why);
    }
    slot.log(at);
    token.calledAt = slot.timeOf(at);
    token.room = room.orElse(null);
    token.calls++;
    token.callOrder = hospital.nextCall();
    token.parkedAt = null;
    return shown(token, slot)
        + (passed.isEmpty() ? "" : ", passing over " + String.join(" ", passed));
  }

  Prediction callNext(Operation.OfQueue asked) {
    return callFirst(asked, "");
  }

  /// Who was called to the room last is done, or put off; then somebody else is called.
  Prediction next(Operation.Next asked) {
    Optional<ModelToken> current =
        open(asked).stream()
            .flatMap(slot -> slot.queue().stream())
            .filter(ModelToken::isCalled)
            .filter(token -> Objects.equals(token.room, asked.room().orElse(null)))
            .max(
                Comparator.comparing((ModelToken token) -> Objects.requireNonNull(token.calledAt))
                    .thenComparing(token -> token.label.slot())
                    .thenComparingLong(token -> token.callOrder));
    if (current.isEmpty()) {
      return callFirst(asked, "");
    }
    ModelToken token = current.get();
    ModelSlot slot = hospital.slot(token.label.slot());
    touched.add(slot.label);
    slot.log(at);
    switch (asked.ending()) {
      case COMPLETE -> ModelChange.end(token, TokenStatus.COMPLETED);
      case NO_SHOW -> ModelChange.end(token, TokenStatus.NO_SHOW);
      case PARK -> putOff(token, slot);
    }
    String ended = token.label + " is " + token.status + token.serving(slot.zone) + ", ";
    return callFirst(asked, ended);
  }

  /// Whoever is first in the earliest queue that has somebody: not called, not away, and here if
  /// only those are meant.
  ///
  /// @param ended what became of the one before, or empty
  private Prediction callFirst(Operation.OfQueue asked, String ended) {
    for (ModelSlot slot : open(asked)) {
      if (asked.isOfSlot() && !slot.label.equals(asked.slot())) {
        continue;
      }
      for (ModelToken token : slot.queue()) {
        boolean isWaiting = !token.isCalled() && token.parkedAt == null;
        if (isWaiting && (!asked.isPresent() || token.hasArrived())) {
          touched.add(slot.label);
          String called = called(token, slot, asked.room(), "NOT_HERE");
          return foretold("DONE " + ended + called, token.label);
        }
      }
    }
    return foretold(
        ended.isEmpty()
            ? "REJECTED NOBODY_WAITING, " + asked.slot().doctor()
            : "DONE " + ended + "nobody called",
        null);
  }

  /// The doctor's open slots of the day, and those of the day before that are not over.
  private List<ModelSlot> open(Operation.OfQueue asked) {
    LocalDate day = asked.isOfSlot() ? asked.slot().day() : hospital.dayOf(at);
    return hospital.openOf(asked.slot().doctor()).stream()
        .filter(slot -> {
          Instant end = slot.end.plus(Duration.ofMinutes(slot.delayMinutes));
          boolean goesOn = slot.label.day().equals(day.minusDays(1)) && at.isBefore(end);
          return slot.label.day().equals(day) || goesOn;
        })
        .toList();
  }

  private Prediction foretold(String answer, @Nullable TokenLabel token) {
    return new Prediction(
        answer, "", token, null, touched, EnumSet.of(Invariant.ANSWER, Invariant.CALL));
  }
}
