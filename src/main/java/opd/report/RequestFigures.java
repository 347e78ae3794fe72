package opd.report;

import static opd.report.Figure.Unit.HOUR;
import static opd.report.Figure.Unit.MINUTES;
import static opd.report.Figures.count;
import static opd.report.Figures.spread;

import java.util.ArrayList;
import java.util.List;
import opd.report.FigureTable.Section;

/// What was asked for, what priority costs, and who uses the emergency.
final class RequestFigures {
  private RequestFigures() {}

  static Section demand() {
    List<Count> refused =
        List.of(Count.REFUSED_FULL, Count.REFUSED_CLOSED, Count.REFUSED_DUPLICATE);
    List<Count> requests = new ArrayList<>(refused);
    requests.addFirst(Count.ADMITTED);
    return new Section(
        "Demand",
        List.of(
            count(
                "requests",
                "requests",
                "New requests for a place: admitted and refused. One that found its slot full and got"
                    + " a place in a later one (--or-next) is one, admitted; a repeated one does not"
                    + " count again.",
                new Formula.Sum(requests)),
            count("admitted", "admitted", "Requests that got a place.", Count.ADMITTED),
            count("refused", "refused", "Requests that got none.", new Formula.Sum(refused)),
            count(
                "refusedBy.SLOT_FULL",
                "refused: full",
                "Refused because every place was taken by a claim at least as high.",
                Count.REFUSED_FULL),
            count(
                "refusedBy.SLOT_CLOSED",
                "refused: closed",
                "Refused because the slot was cancelled or completed.",
                Count.REFUSED_CLOSED),
            count(
                "refusedBy.DUPLICATE_TOKEN",
                "refused: has one",
                "Refused because the patient held a place in the slot.",
                Count.REFUSED_DUPLICATE),
            count(
                "refusedPatients",
                "patients refused",
                "Patients and days: refused because full or closed at least once, counted where that"
                    + " was first.",
                Count.REFUSED_PATIENTS),
            count(
                "refusedPlaced",
                "of them placed",
                "Of the patients refused: those who were given a place of the same day afterwards,"
                    + " with any doctor.",
                Count.REFUSED_PLACED),
            count(
                "turnedAway",
                "turned away",
                "The patients refused, less those placed.",
                new Formula.Rest(Count.REFUSED_PATIENTS, Count.REFUSED_PLACED)),
            new Figure(
                "peak.hour",
                "peak hour",
                HOUR,
                false,
                "The hour of the facility's clock in which most requests were decided, the earliest of"
                    + " several.",
                new Formula.PeakHour()),
            count(
                "peak.requests",
                "requests in it",
                "Requests decided in the peak hour, of all days together.",
                new Formula.PeakRequests())));
  }

  static Section price() {
    List<Figure> figures =
        new ArrayList<>(
            List.of(
                count(
                    "displaced",
                    "places lost",
                    "Places lost to a higher claim, or because the slot was cancelled or made smaller;"
                        + " not those that a reopened slot gave back.",
                    Count.DISPLACED),
                count(
                    "displacedTwice",
                    "lost twice",
                    "Patients and days: lost a second place of the day, counted where the second was.",
                    Count.DISPLACED_TWICE),
                count(
                    "reallocated",
                    "made good",
                    "Lost places made good: the same one again, or one in another slot.",
                    Count.REALLOCATED),
                count(
                    "stillOwed",
                    "still owed",
                    "Tokens that are displaced in the end and were not made good, of patients without a"
                        + " place in that slot. Who gave up waiting is neither owed a place nor"
                        + " made good.",
                    Count.STILL_OWED)));
    figures.addAll(
        spread(
            "owedMinutes",
            "owed",
            MINUTES,
            false,
            "whole minutes from the loss until the place was made good",
            Spread.OWED));
    return new Section("The price of priority", figures);
  }

  static Section lever() {
    return new Section(
        "The emergency lever",
        List.of(
            count(
                "emergencies",
                "emergencies",
                "Requests admitted as EMERGENCY; by actor: by who gave the place.",
                Count.EMERGENCIES),
            count(
                "emergenciesMedian",
                "emergencies: median of actors",
                "The facility's own median of emergencies by actor, over all who gave places in these"
                    + " days.",
                new Formula.ActorsMedian(0)),
            count(
                "emergenciesDisplacing",
                "that displaced",
                "Of the emergencies: took the place of somebody.",
                Count.EMERGENCIES_DISPLACING),
            count(
                "emergenciesDisplacingMedian",
                "that displaced: median of actors",
                "The same median of the emergencies that displaced somebody.",
                new Formula.ActorsMedian(1)),
            count(
                "emergenciesWithReason",
                "with a reason",
                "Of the emergencies: a reason was given.",
                Count.EMERGENCIES_WITH_REASON),
            count(
                "emergenciesCompleted",
                "emergencies seen",
                "Of the emergencies: their tokens are completed in the end.",
                Count.EMERGENCIES_COMPLETED),
            count(
                "emergenciesNoShow",
                "emergencies no-show",
                "Of the emergencies: their tokens are no-shows in the end.",
                Count.EMERGENCIES_NO_SHOW)));
  }
}
