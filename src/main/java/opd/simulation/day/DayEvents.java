package opd.simulation.day;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import opd.decision.Outcome;
import opd.decision.TokenView;
import opd.domain.DoctorCode;
import opd.domain.Slot;
import opd.domain.SlotLabel;
import opd.simulation.plan.DayPlan;
import opd.simulation.plan.Operation;
import org.jspecify.annotations.Nullable;

/// The course of a generated day: a discrete-event simulation in which patients ask, come, wait and
/// leave, and doctors see them. It gives the desks one task after the other, and goes on from what
/// they are answered; it draws no chance of its own. Used by one thread at a time.
final class DayEvents {
  private static final Duration UNTIL_NOTICED = Duration.ofMinutes(6);
  private static final Duration UNTIL_SECOND_TRY = Duration.ofMinutes(1);
  private static final String CALLED_AWAY = "called away";
  private static final String WRONG_SLOT = "the wrong slot was closed";

  private final DayPlan plan;
  private final Agenda agenda = new Agenda();
  private final Map<DoctorCode, DoctorProcess> doctors = new LinkedHashMap<>();
  private final List<Consultation> consultations = new ArrayList<>();
  private final Patients patients;

  DayEvents(DayPlan plan) {
    this.plan = plan;
    plan.doctors().forEach(doctor -> doctors.put(doctor.code(), new DoctorProcess(this, doctor)));
    plan.incidents().forEach(this::enter);
    patients = new Patients(this, plan);
  }

  private void enter(DayPlan.Planned incident) {
    switch (incident) {
      case DayPlan.Planned.Late(Instant at, SlotLabel first, int minutes) ->
          agenda.at(at, now -> unlessClosed(new Operation.DoctorLate(first, minutes, now)));
      case DayPlan.Planned.Leave(Instant at, SlotLabel first, Instant until, DoctorCode cover) ->
          agenda.at(
              at,
              now ->
                  unlessClosed(
                      new Operation.DoctorLeave(
                          first, plan.slot(first).start(), until, CALLED_AWAY, cover)));
      case DayPlan.Planned.Delay(Instant at, SlotLabel slot, int minutes) ->
          agenda.at(at, now -> change(new Operation.DelaySlot(slot, minutes)));
      case DayPlan.Planned.Enlarge(Instant at, SlotLabel slot, int capacity) ->
          agenda.at(at, now -> change(new Operation.ChangeSlot(slot, capacity, false)));
      case DayPlan.Planned.Shrink(Instant at, SlotLabel slot, int capacity) ->
          agenda.at(at, now -> shrink(slot, capacity));
      case DayPlan.Planned.CloseByMistake(Instant at, SlotLabel slot, boolean isCompletion) ->
          agenda.at(at, now -> closeByMistake(slot, isCompletion));
      case DayPlan.Planned.Cancel(Instant at, List<SlotLabel> slots) ->
          slots.forEach(
              slot -> agenda.at(at, now -> change(new Operation.CancelSlot(slot, CALLED_AWAY))));
    }
  }

  private Task change(Operation operation) {
    return task(operation, this::slotChanged);
  }

  /// Nothing, where the slot is closed already.
  private @Nullable Task unlessClosed(Operation operation) {
    return doctor(operation.slot()).isClosed(operation.slot()) ? null : change(operation);
  }

  /// Where too many places are taken, the desk is told so, and then means it.
  private Task shrink(SlotLabel slot, int capacity) {
    return task(
        new Operation.ChangeSlot(slot, capacity, false),
        outcome -> {
          slotChanged(outcome);
          if (outcome.isRefused()) {
            agenda.at(
                agenda.now().plus(UNTIL_SECOND_TRY),
                now -> unlessClosed(new Operation.ChangeSlot(slot, capacity, true)));
          }
        });
  }

  private @Nullable Task closeByMistake(SlotLabel slot, boolean isCompletion) {
    if (doctor(slot).isClosed(slot)) {
      return null;
    }
    Operation closing =
        isCompletion
            ? new Operation.CompleteSlot(slot)
            : new Operation.CancelSlot(slot, "not this one");
    return task(
        closing,
        outcome -> {
          slotChanged(outcome);
          if (!outcome.isRefused()) {
            Instant noticed = agenda.now().plus(UNTIL_NOTICED);
            agenda.at(noticed, now -> change(new Operation.ReopenSlot(slot, WRONG_SLOT)));
            // Two have noticed it.
            agenda.at(noticed, now -> change(new Operation.ReopenSlot(slot, WRONG_SLOT)));
          }
        });
  }

  Agenda agenda() {
    return agenda;
  }

  Patients patients() {
    return patients;
  }

  /// The next thing to do, or null when the day is over.
  @Nullable Task next() {
    return agenda.next();
  }

  /// In the order of their beginnings.
  List<Consultation> consultations() {
    return consultations.stream().sorted(Comparator.comparing(Consultation::calledAt)).toList();
  }

  void consulted(Consultation consultation) {
    consultations.add(consultation);
  }

  Task task(Operation operation, Consumer<Outcome> then) {
    return new Task(agenda.now(), operation, then);
  }

  void slotChanged(Outcome outcome) {
    switch (outcome) {
      case Outcome.SlotDone(var slot, var tokens) -> {
        learn(slot);
        tokens.forEach(patients::closed);
      }
      case Outcome.SlotDelayed(var slot, int _, var _, var _) -> learn(slot);
      case Outcome.SlotChanged changed -> {
        learn(changed.slot());
        changed.tokens().forEach(view -> patients.lost(view, Duration.ofMinutes(5)));
        patients.offer(changed.waiting());
      }
      case Outcome.SlotReopened reopened -> {
        learn(reopened.slot());
        reopened.tokens().forEach(patients.attendance()::regained);
        patients.offer(reopened.waiting());
      }
      case Outcome.DoctorLate late -> late.slots().forEach(this::slotChanged);
      case Outcome.DoctorAway away -> away.slots().forEach(this::slotChanged);
      case Outcome.SlotMoved moved -> {
        learn(moved.slot());
        moved.moved().forEach(this::movedAway);
        moved.unplaced().forEach(view -> patients.lost(view, Duration.ofMinutes(5)));
      }
      case Outcome.SlotRejected(var _, var slot) -> learn(slot);
      default -> throw new IllegalStateException("not the outcome of a slot's change: " + outcome);
    }
  }

  private void learn(Slot slot) {
    doctor(slot.label()).changed(slot);
    wake(slot.label());
  }

  /// The patient is called, and told of the new place.
  private void movedAway(TokenView placed) {
    patients.moved(placed.token());
    wake(placed.token().label().slot());
  }

  /// Whose slot it is.
  DoctorProcess doctor(SlotLabel slot) {
    return Objects.requireNonNull(doctors.get(slot.doctor()));
  }

  void wake(SlotLabel slot) {
    doctor(slot).wake(agenda.now());
  }
}
