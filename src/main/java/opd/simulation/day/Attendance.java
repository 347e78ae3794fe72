package opd.simulation.day;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import opd.decision.Outcome;
import opd.decision.TokenView;
import opd.domain.TokenLabel;
import opd.domain.TokenPriority;
import opd.domain.TokenSource;
import opd.domain.TokenStatus;
import opd.simulation.plan.DayPlan;
import opd.simulation.plan.Operation;
import org.jspecify.annotations.Nullable;

/// What patients do in the hospital: they come, go away for a test and come back, get worse, and
/// are taken for somebody else.
final class Attendance {
  private static final Duration MOMENT = Duration.ofMinutes(1);
  private static final Duration UNTIL_NOTICED = Duration.ofMinutes(3);
  private static final Duration UNTIL_BACK = Duration.ofMinutes(10);
  private static final String WRONG_CLICK = "wrong patient clicked";
  private static final String TOO_EARLY = "next was pressed too early";
  private static final String PAYMENT = "payment";

  private final DayEvents course;
  private final Patients patients;
  private final DayPlan plan;

  Attendance(DayEvents course, Patients patients, DayPlan plan) {
    this.course = course;
    this.patients = patients;
    this.plan = plan;
  }

  private Instant now() {
    return course.agenda().now();
  }

  private void at(Instant time, Agenda.Turn turn) {
    course.agenda().at(time, turn);
  }

  /// The patient has got a place.
  ///
  /// @param isFirst whether it is the first that the patient ever got
  void settled(Visit visit, TokenLabel token, boolean isFirst) {
    DayPlan.Habits habits = visit.planned.habits();
    if (visit.isPresent()) {
      if (!visit.isNoted) {
        at(now(), now -> note(visit));
      }
      if (isFirst) {
        isHere(visit);
      }
      if (visit.priority == TokenPriority.EMERGENCY && visit.isCalledByName) {
        at(now(), now -> course.doctor(token.slot()).interrupt(visit, now));
      }
    } else if (isFirst && habits.comes()) {
      at(dueAt(visit, token), now -> arrive(visit));
    }
  }

  private Instant dueAt(Visit visit, TokenLabel token) {
    return plan.slot(token.slot()).start().plus(visit.planned.habits().arrival());
  }

  private @Nullable Task arrive(Visit visit) {
    TokenLabel token = visit.token;
    if (token != null && visit.isRebooked && now().isBefore(dueAt(visit, token))) {
      at(dueAt(visit, token), now -> arrive(visit));
      return null;
    }
    visit.arrivedAt = now();
    isHere(visit);
    if (visit.isActive() && visit.planned.habits().isMistaken()) {
      at(now().plus(MOMENT), now -> clickWrongly(visit));
    }
    if (visit.isActive() && visit.planned.habits().asksTwice()) {
      at(now(), now -> note(visit));
      // The desk refuses that, unless the patient has lost the old place at that very moment.
      at(
          now(),
          now ->
              visit.token == null
                  ? null
                  : patients.askOnceMore(visit, visit.token.slot(), TokenSource.WALK_IN));
    }
    return note(visit);
  }

  private void isHere(Visit visit) {
    DayPlan.Habits habits = visit.planned.habits();
    habits.worsens().ifPresent(after -> at(now().plus(after), now -> becomeEmergency(visit)));
    habits
        .serving()
        .away()
        .filter(away -> !away.duringConsultation())
        .ifPresent(away -> at(now().plus(away.after()), now -> send(visit)));
  }

  /// That the patient is here; refused to one who has lost the place meanwhile.
  private @Nullable Task note(Visit visit) {
    TokenLabel token = visit.token;
    if (token == null || !visit.isHopeful()) {
      return null;
    }
    return course.task(
        new Operation.Arrive(token),
        outcome -> {
          if (outcome instanceof Outcome.Served && visit.holds(token)) {
            visit.isNoted = true;
            course.wake(token.slot());
          }
        });
  }

  private @Nullable Task becomeEmergency(Visit visit) {
    TokenLabel token = visit.token;
    return token == null || !visit.isActive() || visit.isCalled || visit.isSeen
        ? null
        : patients.askAsEmergency(visit, token.slot());
  }

  // Going away and coming back.

  /// The desk sends the patient to pay.
  private @Nullable Task send(Visit visit) {
    TokenLabel token = visit.token;
    if (token == null || !visit.isActive() || visit.isCalled || visit.isSeen) {
      return null;
    }
    return course.task(
        new Operation.Park(token, PAYMENT),
        outcome -> {
          if (outcome instanceof Outcome.Served) {
            sentAway(visit, token);
          }
        });
  }

  /// The patient goes away for a while.
  void sentAway(Visit visit, TokenLabel token) {
    Optional<DayPlan.Away> away = visit.planned.habits().serving().away();
    if (visit.holds(token)) {
      visit.isCalled = false;
      visit.isParked = true;
      visit.isToBeSent = false;
      Duration length = away.map(DayPlan.Away::length).orElse(UNTIL_BACK);
      at(now().plus(length), now -> comeBack(visit, token));
    }
  }

  /// Of some, nobody notes it.
  private @Nullable Task comeBack(Visit visit, TokenLabel token) {
    if (!visit.isActiveWith(token) || visit.isCalled || visit.isSeen) {
      return null;
    }
    if (visit.isParked && token.sequence() % 3 == 0) {
      visit.isBack = true;
      course.wake(token.slot());
      return null;
    }
    return course.task(
        new Operation.Return(token),
        outcome -> {
          if (outcome instanceof Outcome.Served && visit.holds(token)) {
            visit.isParked = false;
            course.wake(token.slot());
          }
        });
  }

  // Mistakes at the desk.

  /// The desk means somebody else, and is told so by the patient who stands there.
  private @Nullable Task clickWrongly(Visit visit) {
    TokenLabel token = visit.token;
    if (token == null || !visit.isActive()) {
      return null;
    }
    return course.task(
        new Operation.NoShow(token),
        outcome -> {
          patients.ended(outcome);
          if (outcome instanceof Outcome.TokenDone) {
            at(now().plus(UNTIL_NOTICED), now -> takeBack(token, WRONG_CLICK));
          }
        });
  }

  /// The place may have been given since: then the patient has lost it.
  private Task takeBack(TokenLabel token, String reason) {
    return course.task(
        new Operation.Undo(token, reason),
        outcome -> {
          if (outcome instanceof Outcome.TokenDone done) {
            if (done.token().token().status() == TokenStatus.ACTIVE) {
              regained(done.token());
            } else {
              patients.learn(done.token());
            }
            course.wake(token.slot());
          }
        });
  }

  /// The place that was lost is the patient's again.
  void regained(TokenView view) {
    patients.learn(view);
    TokenLabel label = view.token().label();
    Visit visit = patients.holderOf(label);
    if (visit != null && visit.isSeen) {
      completeLater(visit, label);
    }
  }

  /// The patient was seen, and nobody has noted it.
  void completeLater(Visit visit, TokenLabel label) {
    at(
        now().plus(MOMENT),
        now ->
            visit.isActiveWith(label)
                ? course.task(new Operation.Complete(label), patients::ended)
                : null);
  }

  /// The consultation is over; of some it was said too early.
  void seen(Visit visit, TokenLabel token) {
    boolean isTooEarly = visit.planned.isWalkIn() && visit.planned.habits().isMistaken();
    if (isTooEarly && !visit.isTakenBack) {
      visit.isTakenBack = true;
      at(now().plus(MOMENT), now -> takeBack(token, TOO_EARLY));
    }
  }
}
