package opd.simulation.day;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import opd.decision.Outcome;
import opd.decision.TokenView;
import opd.domain.SlotLabel;
import opd.domain.Token;
import opd.domain.TokenLabel;
import opd.domain.TokenPriority;
import opd.domain.TokenSource;
import opd.domain.TokenStatus;
import opd.simulation.plan.DayPlan;
import opd.simulation.plan.Operation;
import org.jspecify.annotations.Nullable;

/// The patients of a generated day: they ask for places, and lose and give them up. What they do
/// once they are in the hospital is told by [Attendance].
final class Patients {
  private static final Duration MOMENT = Duration.ofMinutes(1);
  private static final Duration UNTIL_SECOND_TRY = Duration.ofMinutes(2);
  private static final Duration UNTIL_GIVING_UP = Duration.ofMinutes(10);

  private final DayEvents course;
  private final DayPlan plan;
  private final TokenOwners holders = new TokenOwners();
  private final Attendance attendance;

  Patients(DayEvents course, DayPlan plan) {
    this.course = course;
    this.plan = plan;
    attendance = new Attendance(course, this, plan);
    for (DayPlan.Visit planned : plan.visits()) {
      Visit visit = new Visit(planned);
      course.agenda().at(planned.asksAt(), now -> ask(visit, planned.slot()));
    }
  }

  private Instant in(Duration time) {
    return course.agenda().now().plus(time);
  }

  /// The patients with an ACTIVE token in the slot, as far as the staff know.
  List<Visit> expected(SlotLabel slot) {
    return holders.expected(slot);
  }

  /// Null for who was never given the token, or has another one by now.
  @Nullable Visit holderOf(TokenLabel label) {
    return holders.holderOf(label);
  }

  /// What they do in the hospital.
  Attendance attendance() {
    return attendance;
  }

  // Asking for a place.

  private Task ask(Visit visit, SlotLabel slot) {
    DayPlan.Visit planned = visit.planned;
    if (planned.isWalkIn() && visit.arrivedAt == null) {
      visit.arrivedAt = course.agenda().now();
    }
    Operation.How how = planned.habits().takesNext() ? Operation.How.OR_NEXT : Operation.How.PLAIN;
    return course.task(
        wish(visit, slot, planned.priority(), planned.source(), how),
        outcome -> asked(visit, outcome));
  }

  private static Operation.Allocate wish(
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
          course
              .agenda()
              .at(in(UNTIL_SECOND_TRY), now -> askOnceMore(visit, next, visit.planned.source()));
        }
      }
      default -> throw new IllegalStateException("not the outcome of an allocation: " + outcome);
    }
  }

  Task askOnceMore(Visit visit, SlotLabel slot, TokenSource source) {
    return course.task(
        wish(visit, slot, visit.planned.priority(), source, Operation.How.PLAIN),
        outcome -> settleOr(visit, outcome, () -> {}));
  }

  /// In exchange for the token that the patient holds.
  Task askAsEmergency(Visit visit, SlotLabel slot) {
    return course.task(
        wish(visit, slot, TokenPriority.EMERGENCY, TokenSource.STAFF, Operation.How.REPLACE),
        outcome -> asked(visit, outcome));
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
    offer(admitted.waiting());
    if (isFirst) {
      visit
          .planned
          .habits()
          .cancelsAt()
          .ifPresent(time -> course.agenda().at(time, now -> cancel(visit)));
      visit
          .planned
          .habits()
          .rebooking()
          .ifPresent(wish -> course.agenda().at(wish.at(), now -> move(visit, wish.to())));
    }
    attendance.settled(visit, token, isFirst);
    course.wake(token.slot());
  }

  /// The patient would rather have another slot.
  private @Nullable Task move(Visit visit, SlotLabel to) {
    TokenLabel token = visit.token;
    if (token == null || !visit.isActive() || visit.isCalled || visit.isSeen) {
      return null;
    }
    return course.task(
        new Operation.Move(token, to),
        outcome -> {
          if (outcome instanceof Outcome.Admitted admitted) {
            visit.isRebooked = true;
            settle(visit, admitted);
          }
        });
  }

  // Losing a place.

  /// @param patience how long the patient takes to ask for another
  void lost(TokenView displaced, Duration patience) {
    TokenLabel label = displaced.token().label();
    Visit visit = holders.holderOf(label);
    if (visit == null) {
      return;
    }
    course.doctor(label.slot()).breakOff(visit, course.agenda().now());
    visit.lose();
    if (visit.planned.habits().waits()) {
      course.agenda().at(in(patience), now -> seek(visit, label));
    } else {
      giveUp(visit, label);
    }
    course.wake(label.slot());
  }

  /// The slot was closed with this token in it. Some take it as it comes, and ask later.
  void closed(TokenView view) {
    switch (view.token().status()) {
      case DISPLACED -> lost(view, Duration.ofMinutes(view.token().sequence() % 2 == 0 ? 10 : 5));
      case COMPLETED -> learn(view);
      case ACTIVE, CANCELLED, NO_SHOW -> {}
    }
  }

  /// The patient has lost the place with its slot, and has another at once.
  void moved(Token placed) {
    TokenLabel from = placed.reallocatedFrom();
    Visit visit = from == null ? null : holders.holderOf(from);
    if (visit != null && from != null) {
      course.doctor(from.slot()).breakOff(visit, course.agenda().now());
      holders.moved(placed);
      attendance.settled(visit, placed.label(), false);
    }
  }

  private @Nullable Task seek(Visit visit, TokenLabel label) {
    return visit.isOwedFor(label)
        ? course.task(
            new Operation.Reallocate(label, Optional.empty()),
            outcome ->
                settleOr(
                    visit,
                    outcome,
                    () -> course.agenda().at(in(MOMENT), now -> seekElsewhere(visit, label))))
        : null;
  }

  /// With a colleague of the same specialization, whose later slot may have to be fought for.
  private @Nullable Task seekElsewhere(Visit visit, TokenLabel label) {
    if (!visit.isOwedFor(label)) {
      return null;
    }
    Optional<SlotLabel> other = plan.colleagueOf(label.slot().doctor(), course.agenda().now());
    if (other.isEmpty()) {
      giveUp(visit, label);
      return null;
    }
    return course.task(
        new Operation.Reallocate(label, other),
        outcome -> settleOr(visit, outcome, () -> giveUp(visit, label)));
  }

  /// Half of those who give up say so: the others stay owed a place.
  private void giveUp(Visit visit, TokenLabel label) {
    if (label.sequence() % 2 == 0) {
      course.agenda().at(in(UNTIL_GIVING_UP), now -> visit.isOwedFor(label) ? cancel(visit) : null);
    }
  }

  private @Nullable Task cancel(Visit visit) {
    TokenLabel label = visit.token;
    if (label == null || !visit.isHopeful()) {
      return null;
    }
    return course.task(new Operation.Cancel(label), this::ended);
  }

  // What became of a token.

  /// The staff learn the token's status.
  void learn(TokenView view) {
    holders.changed(view.token());
  }

  /// A token was cancelled, completed, or marked as not come, or could not be.
  void ended(Outcome outcome) {
    switch (outcome) {
      case Outcome.TokenDone done -> {
        learn(done.token());
        offer(done.waiting());
      }
      // Another desk was faster.
      case Outcome.ChangeRejected rejected -> learn(rejected.token());
      default -> throw new IllegalStateException("not the outcome of a change: " + outcome);
    }
  }

  /// A patient's turn was ended by calling the next, which tells of nobody who waits.
  void ended(TokenView previous) {
    learn(previous);
    Token token = previous.token();
    Visit visit = holders.holderOf(token.label());
    if (visit != null && token.status() == TokenStatus.ACTIVE) {
      attendance.sentAway(visit, token.label());
    } else if (visit != null && token.status() == TokenStatus.COMPLETED) {
      attendance.seen(visit, token.label());
    }
    List<Visit> owed = holders.owed(token.label().slot());
    if (!owed.isEmpty() && !course.doctor(token.label().slot()).isClosed(token.label().slot())) {
      offer(owed.getFirst());
    }
  }

  /// The desk calls who waits first for the place that became free.
  void offer(List<TokenView> waiting) {
    if (!waiting.isEmpty()) {
      Visit visit = holders.holderOf(waiting.getFirst().token().label());
      if (visit != null) {
        offer(visit);
      }
    }
  }

  private void offer(Visit visit) {
    TokenLabel label = visit.token;
    if (label != null) {
      course.agenda().at(in(MOMENT), now -> seek(visit, label));
    }
  }
}
