package opd.simulation.report;

import java.time.LocalDate;
import opd.domain.TokenLabel;
import opd.simulation.day.DayEvent;

/// Tells in words who lost a place, to whom, and what came of it.
final class LossText {
  private LossText() {}

  static Timeline.Loss of(Displacement loss, LocalDate day) {
    DayEvent.Move lost = loss.lost();
    return new Timeline.Loss(
        loss.anchor(),
        loss.number(),
        ReportPhrases.time(loss.at(), day),
        lost.patient() + ", " + ReportPhrases.of(lost.priority()),
        own(lost.token()) + ": " + reason(loss),
        fate(loss, day),
        otherDoctor(loss, day));
  }

  /// For a picture's title.
  static String sentence(Displacement loss, LocalDate day) {
    DayEvent.Move lost = loss.lost();
    return "%s: %s (%s) lost %s, %s; %s"
        .formatted(
            ReportPhrases.time(loss.at(), day),
            lost.patient(),
            ReportPhrases.of(lost.priority()),
            ReportPhrases.token(lost.token()),
            reason(loss),
            fate(loss, day));
  }

  private static String own(TokenLabel token) {
    return ReportPhrases.time(token.slot()) + ", number " + token.sequence();
  }

  private static String reason(Displacement loss) {
    TokenLabel by = loss.lost().displacedBy();
    if (by != null && loss.winner() != null) {
      return "taken by number %d (%s)".formatted(by.sequence(), ReportPhrases.of(loss.winner()));
    }
    return loss.kind() == DayEvent.Kind.CHANGE_SLOT
        ? "the slot lost places"
        : "the slot was cancelled";
  }

  private static String fate(Displacement loss, LocalDate day) {
    return switch (loss.fate()) {
      case Displacement.Fate.Reinstated(var at) ->
          "the same place again, " + ReportPhrases.time(at, day);
      case Displacement.Fate.Moved(var at, var to) ->
          place(to, loss, day) + ", at " + ReportPhrases.time(at, day);
      case Displacement.Fate.GaveUp(var at) -> "gave up, " + ReportPhrases.time(at, day);
      case Displacement.Fate.StillOwed() -> "still owed a place";
    };
  }

  private static String place(TokenLabel to, Displacement loss, LocalDate day) {
    if (!to.slot().day().equals(day)) {
      return to.toString();
    }
    return to.slot().doctor().equals(loss.doctor()) ? own(to) : ReportPhrases.token(to);
  }

  /// Whose part of the page tells how it went on, or empty.
  private static String otherDoctor(Displacement loss, LocalDate day) {
    return switch (loss.fate()) {
      case Displacement.Fate.Moved(var _, var to) when isWithOther(to, loss, day) ->
          to.slot().doctor().value();
      case Displacement.Fate.Moved _,
          Displacement.Fate.Reinstated _,
          Displacement.Fate.GaveUp _,
          Displacement.Fate.StillOwed _ ->
          "";
    };
  }

  /// Whether it is in the timeline of another doctor on the page.
  static boolean isWithOther(TokenLabel to, Displacement loss, LocalDate day) {
    return to.slot().day().equals(day) && !to.slot().doctor().equals(loss.doctor());
  }
}
