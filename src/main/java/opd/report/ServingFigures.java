package opd.report;

import static opd.report.Figure.Unit.SECONDS;
import static opd.report.Figures.count;
import static opd.report.Figures.percent;
import static opd.report.Figures.spread;

import java.util.ArrayList;
import java.util.List;
import opd.report.FigureTable.Section;

/// What arrivals and calls tell.
final class ServingFigures {
  private static final String WAITS =
      "the first call less the later of arrival and the slot's planned start, 0 if it came before;"
          + " of tokens called whose arrival is known";
  private static final int MINUTE = 60;

  private ServingFigures() {}

  static Section serving() {
    List<Figure> figures =
        new ArrayList<>(
            List.of(
                count("called", "called", "Tokens called in at least once.", Count.CALLED),
                count(
                    "calledWithoutArrival",
                    "arrival unknown",
                    "Of these: nobody had noted an arrival. Who walked in arrived when the token was"
                        + " given.",
                    Count.CALLED_WITHOUT_ARRIVAL),
                count(
                    "callsOutOfTurn",
                    "out of turn",
                    "Calls that passed over somebody who was here, neither called nor away.",
                    Count.CALLS_OUT_OF_TURN)));
    figures.addAll(spread("waitSeconds", "wait", SECONDS, false, WAITS, Spread.WAIT));
    for (int minutes : List.of(15, 30, 60)) {
      figures.add(
          percent(
              "within" + minutes + "Percent",
              "within " + minutes + " min %",
              false,
              "Waits of at most " + minutes + " minutes for each hundred waits.",
              new Formula.Within(Spread.WAIT, minutes * MINUTE)));
    }
    figures.addAll(
        spread(
            "lateStartSeconds",
            "late start",
            SECONDS,
            true,
            "a slot's first call less its planned start, 0 if it came before; of slots with a call",
            Spread.LATE_START));
    figures.add(
        percent(
            "punctualPercent",
            "punctual %",
            true,
            "Late starts of at most 15 minutes for each hundred slots with a call.",
            new Formula.Within(Spread.LATE_START, 15 * MINUTE)));
    figures.addAll(
        spread(
            "consultationSeconds",
            "consultation",
            SECONDS,
            false,
            "from the last call until the token was completed, alone and not with its slot",
            Spread.CONSULTATION));
    figures.add(
        new Figure(
            "idleSeconds",
            "idle while waited for",
            SECONDS,
            true,
            "Between a doctor's first and last call of the day: time in which no call stood and somebody"
                + " of a slot that had begun was here, neither called nor away. Counted for the slot"
                + " of the call that ended it.",
            new Formula.SumBeside(Count.IDLE_SECONDS, Spread.LATE_START)));
    return new Section("Serving, from arrivals and calls", figures);
  }
}
