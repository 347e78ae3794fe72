package opd.report;

import java.time.LocalDate;
import opd.domain.TokenLabel;
import opd.simulation.DayEvent;

/// Tells in words who lost a place, to whom, and what came of it.
final class LossText {
  private LossText() {}

  static Timeline.Loss of(Displacement loss, LocalDate day) {
    DayEvent.Move lost = loss.lost();
    return new Timeline.Loss(
        loss.anchor(),
        loss.number(),
        Words.time(loss.at(), day),
        lost.patient(),
        Words.of(lost.priority()),
        place(lost),
        reason(loss),
        fate(loss.fate()));
  }

  /// For a picture's title.
  static String sentence(Displacement loss) {
    DayEvent.Move lost = loss.lost();
    return "%s: %s (%s) lost %s, %s; %s"
        .formatted(
            Words.time(loss.at()),
            lost.patient(),
            Words.of(lost.priority()),
            Words.token(lost.token()),
            reason(loss),
            fate(loss.fate()));
  }

  private static String place(DayEvent.Move lost) {
    return "%s, number %d"
        .formatted(Words.time(lost.token().slot().start()), lost.token().sequence());
  }

  private static String reason(Displacement loss) {
    TokenLabel by = loss.lost().displacedBy();
    return by == null || loss.winner() == null
        ? "the slot was cancelled"
        : "taken by number %d (%s)".formatted(by.sequence(), Words.of(loss.winner()));
  }

  private static String fate(Displacement.Fate fate) {
    return switch (fate) {
      case Displacement.Fate.Reinstated(var at) -> "the same place again at " + Words.time(at);
      case Displacement.Fate.Moved(var at, var to) ->
          Words.token(to) + " from " + Words.time(at) + " on";
      case Displacement.Fate.GaveUp(var at) -> "gave up at " + Words.time(at);
      case Displacement.Fate.StillOwed() -> "still owed a place";
    };
  }
}
