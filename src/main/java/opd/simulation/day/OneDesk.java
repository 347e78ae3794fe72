package opd.simulation.day;

import java.util.ArrayList;
import java.util.List;
import opd.decision.Outcome;
import opd.decision.Response;
import opd.simulation.auditor.Auditor;
import opd.simulation.auditor.DecidedOperation;
import opd.simulation.auditor.Prediction;

/// One desk does everything. Each decision is foretold before it is made and judged after it.
record OneDesk(OperationRunner hand, LogicalClock clock, DayEvents course, Auditor auditor) {
  /// Some requests are sent twice, as a program does that cannot know whether its request arrived.
  private static final int REQUESTS_BETWEEN_REPEATED_ONES = 25;

  /// Stops when the auditor has found a fault: nothing after it could be foretold.
  List<DecidedOperation> play() {
    List<DecidedOperation> all = new ArrayList<>();
    Task task = course.next();
    while (task != null && auditor.isSatisfied()) {
      clock.advanceTo(task.at());
      String id = "generated-" + (all.size() + 1);
      try {
        Prediction foretold = auditor.foretell(task.operation(), clock.get());
        DecidedOperation decided = hand.decide(task, id, clock.get());
        all.add(decided);
        auditor.judge(foretold, decided);
        task.then().accept(decided.outcome());
        if (all.size() % REQUESTS_BETWEEN_REPEATED_ONES == 0) {
          Response<? extends Outcome> again =
              hand.perform(task.operation(), OperationRunner.request(id));
          auditor.judgeRepeated(decided, again, OutcomeText.of(again, hand.desk().zone()));
        }
      } catch (RuntimeException e) {
        auditor.failed(id, task.operation(), e);
      }
      task = course.next();
    }
    return all;
  }
}
