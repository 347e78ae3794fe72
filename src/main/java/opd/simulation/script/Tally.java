package opd.simulation.script;

import opd.decision.Answer;
import opd.decision.Outcome;
import opd.domain.TokenStatus;
import opd.simulation.day.Totals;

/// Counts what happened, from the outcomes alone.
final class Tally {
  private int admitted;
  private int displaced;
  private int rejected;
  private int cancelled;
  private int noShow;
  private int completed;
  private int reallocated;

  void count(Answer<?> answer) {
    if (answer.replayed() || answer.isRehearsal()) {
      return;
    }
    switch (answer.outcome()) {
      case Outcome.Admitted outcome -> count(outcome);
      case Outcome.Rejected outcome -> rejected += outcome.from() == null ? 1 : 0;
      case Outcome.TokenDone(var view, var _) -> countStatus(view.token().status());
      case Outcome.SlotDone(var _, var views) ->
          views.forEach(view -> countStatus(view.token().status()));
      case Outcome.SlotMoved moved -> {
        moved.tokens().forEach(view -> countStatus(view.token().status()));
        reallocated += moved.moved().size();
      }
      case Outcome.SlotDelayed _ -> {}
      case Outcome.ChangeRejected _, Outcome.SlotRejected _ -> {}
      case Outcome.SlotsOpened _, Outcome.DoctorSaved _ -> {}
      case Outcome.PatientSaved _, Outcome.FacilitySaved _ -> {}
    }
  }

  /// Counts the token that a patient gave up for a new one, which the outcome does not mention.
  void countReplaced() {
    countStatus(TokenStatus.CANCELLED);
  }

  private void count(Outcome.Admitted outcome) {
    if (outcome.from() == null) {
      admitted++;
    } else {
      reallocated++;
    }
    if (outcome.displaced() != null) {
      displaced++;
    }
  }

  private void countStatus(TokenStatus status) {
    switch (status) {
      case ACTIVE -> {}
      case DISPLACED -> displaced++;
      case CANCELLED -> cancelled++;
      case NO_SHOW -> noShow++;
      case COMPLETED -> completed++;
    }
  }

  Totals totals() {
    int requests = admitted + rejected;
    return new Totals(
        requests, admitted, displaced, rejected, cancelled, noShow, completed, reallocated);
  }
}
