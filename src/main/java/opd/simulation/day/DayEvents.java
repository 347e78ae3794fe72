package opd.simulation.day;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import opd.decision.Outcome;
import opd.decision.TokenView;
import opd.domain.DoctorCode;
import opd.domain.SlotLabel;
import opd.domain.TokenLabel;
import opd.domain.TokenPriority;
import opd.domain.TokenSource;
import opd.domain.TokenStatus;
import opd.simulation.plan.DayPlan;
import opd.simulation.plan.Operation;
import org.jspecify.annotations.Nullable;

/// The course of a generated day: a discrete-event simulation in which patients ask, come, wait and
/// leave, and doctors see them. It gives the desks one task after the other, and goes on from what
/// they are answered; it draws no chance of its own. Used by one thread at a time.
final class DayEvents {
  private static final Duration MOMENT = Duration.ofMinutes(1);
  private static final Duration UNTIL_SECOND_TRY = Duration.ofMinutes(2);
  private static final Duration UNTIL_GIVING_UP = Duration.ofMinutes(10);
  private static final Duration UNTIL_NOTICED = Duration.ofMinutes(3);
  private static final String CALLED_AWAY = "called away";
  private static final String WRONG_CLICK = "wrong patient clicked";

  private final DayPlan plan;
  private final Agenda agenda = new Agenda();
  private final TokenOwners holders = new TokenOwners();
  private final Map<DoctorCode, DoctorProcess> doctors = new LinkedHashMap<>();
  private final List<Consultation> consultations = new ArrayList<>();

  DayEvents(DayPlan plan) {
    this.plan = plan;
    plan.doctors().forEach(doctor -> doctors.put(doctor.code(), new DoctorProcess(this, doctor)));
    plan.incidents().forEach(this::enter);
    for (DayPlan.Visit planned : plan.visits()) {
      Visit visit = new Visit(planned);
      agenda.at(planned.asksAt(), now -> ask(visit, planned.slot()));
    }
  }

  private void enter(DayPlan.Planned incident) {
    switch (incident) {
      case DayPlan.Planned.Late(Instant at, SlotLabel first, int minutes) ->
          agenda.at(at, now -> ofDoctor(new Operation.DoctorLate(first, minutes, now)));
      case DayPlan.Planned.Leave(Instant at, SlotLabel first, Instant until, DoctorCode cover) ->
          agenda.at(
              at,
              now ->
                  ofDoctor(
                      new Operation.DoctorLeave(
                          first, plan.slot(first).start(), until, CALLED_AWAY, cover)));
      case DayPlan.Planned.Delay(Instant at, SlotLabel slot, int minutes) ->
          agenda.at(at, now -> task(new Operation.DelaySlot(slot, minutes), this::slotChanged));
      case DayPlan.Planned.Enlarge(Instant at, SlotLabel slot, int capacity) ->
          agenda.at(at, now -> task(new Operation.ChangeSlot(slot, capacity), this::slotChanged));
      case DayPlan.Planned.Cancel(Instant at, List<SlotLabel> slots) ->
          slots.forEach(slot ->
              agenda.at(
                  at, now -> task(new Operation.CancelSlot(slot, CALLED_AWAY), this::slotChanged)));
    }
  }

  /// Nothing, where an absence before has closed the slot.
  private @Nullable Task ofDoctor(Operation.OfDoctor operation) {
    return doctor(operation.slot()).isClosed(operation.slot())
        ? null
        : task(operation, this::slotChanged);
  }

  Agenda agenda() {
    return agenda;
  }

  /// The next thing to do, or null when the day is over.
  @Nullable Task next() {
    return agenda.next();
  }

  /// In the order of their beginnings.
  List<Consultation> consultations() {
    return List.copyOf(consultations);
  }

  Task task(Operation operation, Consumer<Outcome> then) {
    return new Task(agenda.now(), operation, then);
  }

  // Asking for a place.

  private Task ask(Visit visit, SlotLabel slot) {
    DayPlan.Visit planned = visit.planned;
    if (planned.isWalkIn() && visit.arrivedAt == null) {
      visit.arrivedAt = agenda.now();
    }
    Operation.How how = planned.habits().takesNext() ? Operation.How.OR_NEXT : Operation.How.PLAIN;
    return task(
        asked(visit, slot, planned.priority(), planned.source(), how),
        outcome -> asked(visit, outcome));
  }

  private static Operation.Allocate asked(
      Visit visit, SlotLabel slot, TokenPriority priority, TokenSource source, Operation.How how) {
    return new Operation.Allocate(
        slot, visit.planned.patient(), visit.planned.name(), priority, source, how);
  }

  private void asked(Visit visit, Outcome outcome) {
    switch (outcome) {
      case Outcome.Admitted admitted -> settle(visit, admitted);
      case Outcome.Rejected rejected -> {
        // A patient who insists on one slot asks once more, for the slot that the refusal named.
        boolean insists = !visit.planned.habits().takesNext() && visit.planned.habits().waits();
        if (insists && rejected.next() != null) {
          SlotLabel next = rejected.next().label();
          agenda.at(
              agenda.now().plus(UNTIL_SECOND_TRY),
              now -> askOnceMore(visit, next, visit.planned.source()));
        }
      }
      default -> throw new IllegalStateException("not the outcome of an allocation: " + outcome);
    }
  }

  private Task askOnceMore(Visit visit, SlotLabel slot, TokenSource source) {
    return task(
        asked(visit, slot, visit.planned.priority(), source, Operation.How.PLAIN),
        outcome -> settleOr(visit, outcome, () -> {}));
  }

  private void settleOr(Visit visit, Outcome outcome, Runnable otherwise) {
    if (outcome instanceof Outcome.Admitted admitted) {
      settle(visit, admitted);
    } else {
      otherwise.run();
    }
  }

  /// The patient has a place, and maybe somebody else has lost one.
  private void settle(Visit visit, Outcome.Admitted admitted) {
    boolean isFirst = visit.token == null;
    TokenLabel token = admitted.token().token().label();
    holders.admitted(visit, admitted);
    if (admitted.displaced() != null) {
      lost(admitted.displaced(), Duration.ofMinutes(3));
    }
    DayPlan.Habits habits = visit.planned.habits();
    if (isFirst) {
      habits.cancelsAt().ifPresent(time -> agenda.at(time, now -> cancel(visit)));
    }
    if (isFirst && !visit.isPresent() && habits.comes()) {
      agenda.at(plan.slot(token.slot()).start().plus(habits.arrival()), now -> arrive(visit));
    } else if (isFirst && visit.isPresent()) {
      habits.worsens().ifPresent(after -> getWorse(visit, after));
    }
    wake(token.slot());
  }

  private @Nullable Task arrive(Visit visit) {
    visit.arrivedAt = agenda.now();
    TokenLabel token = visit.token;
    if (token == null || !visit.isActive()) {
      return null;
    }
    wake(token.slot());
    visit.planned.habits().worsens().ifPresent(after -> getWorse(visit, after));
    if (visit.planned.habits().isMistaken()) {
      agenda.at(agenda.now().plus(MOMENT), now -> clickWrongly(visit));
    }
    // The desk refuses that, unless the patient has lost the old place at that very moment.
    return visit.planned.habits().asksTwice()
        ? askOnceMore(visit, token.slot(), TokenSource.WALK_IN)
        : null;
  }

  private void getWorse(Visit visit, Duration after) {
    agenda.at(agenda.now().plus(after), now -> becomeEmergency(visit));
  }

  private @Nullable Task becomeEmergency(Visit visit) {
    TokenLabel token = visit.token;
    if (token == null || !visit.isActive()) {
      return null;
    }
    return task(
        asked(
            visit, token.slot(), TokenPriority.EMERGENCY, TokenSource.STAFF, Operation.How.REPLACE),
        outcome -> asked(visit, outcome));
  }

  /// The desk means somebody else, and is told so by the patient who stands there.
  private @Nullable Task clickWrongly(Visit visit) {
    TokenLabel token = visit.token;
    if (token == null || !visit.isActive()) {
      return null;
    }
    return task(
        new Operation.NoShow(token),
        outcome -> {
          if (outcome instanceof Outcome.TokenDone done) {
            visit.status = TokenStatus.NO_SHOW;
            offer(done.waiting());
            agenda.at(agenda.now().plus(UNTIL_NOTICED), now -> takeBack(visit, token));
          }
        });
  }

  /// The place may have been given since: then the patient has lost it.
  private Task takeBack(Visit visit, TokenLabel token) {
    return task(
        new Operation.Undo(token, WRONG_CLICK),
        outcome -> {
          if (outcome instanceof Outcome.TokenDone done && visit.holds(token)) {
            visit.status = done.token().token().status();
            wake(token.slot());
          }
        });
  }

  // Losing a place.

  /// @param patience how long the patient takes to ask for another
  private void lost(TokenView displaced, Duration patience) {
    TokenLabel label = displaced.token().label();
    Visit visit = holders.holderOf(label);
    if (visit == null) {
      return;
    }
    visit.status = TokenStatus.DISPLACED;
    visit.losses++;
    if (visit.planned.habits().waits()) {
      agenda.at(agenda.now().plus(patience), now -> seek(visit, label));
    } else {
      giveUp(visit, label);
    }
  }

  private @Nullable Task seek(Visit visit, TokenLabel label) {
    return visit.isOwedFor(label)
        ? task(
            new Operation.Reallocate(label, Optional.empty()),
            outcome ->
                settleOr(
                    visit,
                    outcome,
                    () -> agenda.at(agenda.now().plus(MOMENT), now -> seekElsewhere(visit, label))))
        : null;
  }

  /// With a colleague of the same specialization, whose later slot may have to be fought for.
  private @Nullable Task seekElsewhere(Visit visit, TokenLabel label) {
    if (!visit.isOwedFor(label)) {
      return null;
    }
    Optional<SlotLabel> other = plan.colleagueOf(label.slot().doctor(), agenda.now());
    if (other.isEmpty()) {
      giveUp(visit, label);
      return null;
    }
    return task(
        new Operation.Reallocate(label, other),
        outcome -> settleOr(visit, outcome, () -> giveUp(visit, label)));
  }

  /// Half of those who give up say so: the others stay owed a place.
  private void giveUp(Visit visit, TokenLabel label) {
    if (label.sequence() % 2 == 0) {
      agenda.at(
          agenda.now().plus(UNTIL_GIVING_UP), now -> visit.isOwedFor(label) ? cancel(visit) : null);
    }
  }

  private @Nullable Task cancel(Visit visit) {
    TokenLabel label = visit.token;
    if (label == null || !visit.isHopeful()) {
      return null;
    }
    return task(
        new Operation.Cancel(label),
        outcome -> {
          if (outcome instanceof Outcome.TokenDone done) {
            visit.status = TokenStatus.CANCELLED;
            offer(done.waiting());
          }
        });
  }

  /// The desk calls who waits first for the place that became free.
  void offer(List<TokenView> waiting) {
    if (waiting.isEmpty()) {
      return;
    }
    TokenLabel label = waiting.getFirst().token().label();
    Visit visit = holders.holderOf(label);
    if (visit != null) {
      agenda.at(agenda.now().plus(MOMENT), now -> seek(visit, label));
    }
  }

  // Doctors and their slots.

  void slotChanged(Outcome outcome) {
    switch (outcome) {
      case Outcome.SlotDone(var slot, var tokens) -> {
        doctor(slot.label()).changed(slot);
        for (TokenView view : tokens) {
          switch (view.token().status()) {
            case DISPLACED -> lost(view, Duration.ofMinutes(5));
            case COMPLETED -> holders.seen(view.token().label());
            case ACTIVE, CANCELLED, NO_SHOW -> {}
          }
        }
        wake(slot.label());
      }
      case Outcome.SlotDelayed(var slot, int _, var _, var _) -> {
        doctor(slot.label()).changed(slot);
        wake(slot.label());
      }
      case Outcome.SlotChanged changed -> {
        doctor(changed.slot().label()).changed(changed.slot());
        offer(changed.waiting());
      }
      case Outcome.DoctorLate late -> late.slots().forEach(this::slotChanged);
      case Outcome.DoctorAway away -> away.slots().forEach(this::slotChanged);
      case Outcome.SlotMoved moved -> {
        doctor(moved.slot().label()).changed(moved.slot());
        moved.moved().forEach(this::movedAway);
        moved.unplaced().forEach(view -> lost(view, Duration.ofMinutes(5)));
        wake(moved.slot().label());
      }
      case Outcome.SlotRejected(var _, var slot) -> doctor(slot.label()).changed(slot);
      default -> throw new IllegalStateException("not the outcome of a slot's change: " + outcome);
    }
  }

  /// The patient is called, and told of the new place.
  private void movedAway(TokenView placed) {
    holders.moved(placed.token());
    wake(placed.token().label().slot());
  }

  private DoctorProcess doctor(SlotLabel slot) {
    return Objects.requireNonNull(doctors.get(slot.doctor()));
  }

  private void wake(SlotLabel slot) {
    doctor(slot).wake(agenda.now());
  }

  /// The patients with an ACTIVE token in the slot, as far as the staff know.
  List<Visit> expected(SlotLabel slot) {
    return holders.expected(slot);
  }

  void consulted(Consultation consultation) {
    consultations.add(consultation);
  }
}
