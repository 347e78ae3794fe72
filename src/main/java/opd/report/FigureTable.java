package opd.report;

import static opd.report.Figure.Unit.COUNT;
import static opd.report.Figure.Unit.HOUR;
import static opd.report.Figure.Unit.MINUTES;
import static opd.report.Figure.Unit.PERCENT;
import static opd.report.Figure.Unit.SECONDS;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// All figures that there are, under the headings that they are shown. The names in JSON and CSV,
/// the heads of tables and `opd help figures` are made from it.
public final class FigureTable {
  private static final String WAITS =
      "the first call less the later of arrival and the slot's planned start, 0 if it came before;"
          + " of tokens called whose arrival is known";
  private static final int MINUTE = 60;

  /// Figures that belong together.
  public record Section(String heading, List<Figure> figures) {}

  /// In the order in which they are shown.
  public static final List<Section> SECTIONS =
      List.of(demand(), price(), lever(), ends(), lead(), slots(), serving());

  /// The same without headings.
  public static final List<Figure> ALL =
      SECTIONS.stream().flatMap(section -> section.figures().stream()).toList();

  private static final Map<String, Figure> BY_NAME =
      ALL.stream().collect(Collectors.toUnmodifiableMap(Figure::name, Function.identity()));

  private FigureTable() {}

  /// @throws IllegalArgumentException when there is none of this name
  public static Figure named(String name) {
    Figure figure = BY_NAME.get(name);
    if (figure == null) {
      throw new IllegalArgumentException(name);
    }
    return figure;
  }

  /// The figure that is this count.
  static Figure counting(Count count) {
    return with(new Formula.Sum(List.of(count)));
  }

  /// How many of these lengths there are.
  static Figure sizeOf(Spread lengths) {
    return with(new Formula.Size(lengths));
  }

  private static Figure with(Formula formula) {
    return ALL.stream()
        .filter(figure -> figure.formula().equals(formula))
        .findFirst()
        .orElseThrow();
  }

  private static Section demand() {
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

  private static Section price() {
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
                        + " place in that slot.",
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

  private static Section lever() {
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
                "median of actors",
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
                "median of actors",
                "The same median of the emergencies that displaced somebody.",
                new Formula.ActorsMedian(1)),
            count(
                "emergenciesWithReason",
                "with a reason",
                "Of the emergencies: a reason was given.",
                Count.EMERGENCIES_WITH_REASON),
            count(
                "emergenciesCompleted",
                "seen",
                "Of the emergencies: their tokens are completed in the end.",
                Count.EMERGENCIES_COMPLETED),
            count(
                "emergenciesNoShow",
                "did not come",
                "Of the emergencies: their tokens are no-shows in the end.",
                Count.EMERGENCIES_NO_SHOW)));
  }

  private static Section ends() {
    return new Section(
        "What became of the places",
        List.of(
            count("completed", "seen", "Tokens completed in the end.", Count.COMPLETED),
            count("noShow", "no-show", "Tokens that are no-shows in the end.", Count.NO_SHOW),
            count(
                "cancelled",
                "cancelled",
                "Tokens cancelled in the end, those given up for another one included.",
                Count.CANCELLED)));
  }

  private static Section lead() {
    List<Figure> figures = new ArrayList<>();
    for (LeadTime lead : LeadTime.values()) {
      String field = "leadTime." + lead.field + ".";
      List<Count> ended = List.of(lead.noShow, lead.completed);
      figures.add(
          count(field + "given", lead.words, "Tokens " + lead.words + " of the slot.", lead.given));
      figures.add(
          count(field + "noShow", "no-show", "Of these: no-shows in the end.", lead.noShow));
      figures.add(
          count(field + "completed", "seen", "Of these: completed in the end.", lead.completed));
      figures.addAll(
          share(
              field + "noShow",
              "no-show",
              "No-shows of these for each hundred no-shows and completed",
              lead.noShow,
              ended));
      figures.add(
          count(
              field + "cancelled", "cancelled", "Of these: cancelled in the end.", lead.cancelled));
      figures.addAll(
          share(
              field + "cancelled",
              "cancelled",
              "Cancelled ones of these for each hundred given",
              lead.cancelled,
              List.of(lead.given)));
    }
    return new Section("No-shows and cancellations by lead time", figures);
  }

  private static List<Figure> share(
      String name, String words, String text, Count part, List<Count> all) {
    return List.of(
        percent(name + "Percent", words + " %", false, text + ".", new Formula.Share(part, all)),
        percent(
            name + "Low",
            "at least %",
            false,
            "The lower end of the interval that holds that share with 95 % certainty (Wilson).",
            new Formula.Bound(part, all, false)),
        percent(
            name + "High",
            "at most %",
            false,
            "Its upper end.",
            new Formula.Bound(part, all, true)));
  }

  private static Section slots() {
    List<Figure> figures =
        new ArrayList<>(
            List.of(
                ofSlots(
                    "slots", "slots", "Slots of these days, cancelled ones included.", Count.SLOTS),
                ofSlots(
                    "places",
                    "places",
                    "The capacity, in the end, of the slots that were not cancelled.",
                    Count.PLACES),
                percent(
                    "utilisationPercent",
                    "used %",
                    true,
                    "Tokens completed for each hundred places; above 100 where places that became free"
                        + " were given again, or capacity was taken back.",
                    new Formula.Share(Count.SEEN_ON_PLACES, List.of(Count.PLACES)))));
    figures.addAll(
        spread(
            "overrunMinutes",
            "overrun",
            MINUTES,
            true,
            "whole minutes by which the last call or completion of a slot came after its planned end,"
                + " without those that completing the whole slot brought; of slots that overran",
            Spread.OVERRUN));
    figures.add(
        ofSlots(
            "delaysAnnounced",
            "delays announced",
            "Announcements of a delay, of all minutes but 0.",
            Count.DELAYS_ANNOUNCED));
    figures.addAll(
        spread(
            "delayMinutes",
            "delay",
            MINUTES,
            true,
            "the minutes announced last, of slots with a delay in the end",
            Spread.DELAY));
    figures.add(
        ofSlots(
            "cancelledSlots",
            "slots cancelled",
            "Slots cancelled in the end.",
            Count.CANCELLED_SLOTS));
    figures.add(
        ofSlots(
            "cancelledSlotTokens",
            "patients hit",
            "Tokens that lost their places by these cancellations.",
            Count.CANCELLED_SLOT_TOKENS));
    figures.add(
        ofSlots(
            "cancelledSlotReallocated",
            "of them made good",
            "Of these: made good in another slot.",
            Count.CANCELLED_SLOT_REALLOCATED));
    return new Section("Slots: use, overrun, delays, cancellations", figures);
  }

  private static Section serving() {
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

  private static Figure count(String name, String words, String text, Count what) {
    return count(name, words, text, new Formula.Sum(List.of(what)));
  }

  private static Figure count(String name, String words, String text, Formula formula) {
    return new Figure(name, words, COUNT, false, text, formula);
  }

  private static Figure ofSlots(String name, String words, String text, Count what) {
    return new Figure(name, words, COUNT, true, text, new Formula.Sum(List.of(what)));
  }

  private static Figure percent(
      String name, String words, boolean isOfSlots, String text, Formula formula) {
    return new Figure(name, words, PERCENT, isOfSlots, text, formula);
  }

  /// @param text what one of the lengths is
  private static List<Figure> spread(
      String name, String words, Figure.Unit unit, boolean isOfSlots, String text, Spread lengths) {
    return List.of(
        new Figure(
            name + ".count",
            words + ": how many",
            COUNT,
            isOfSlots,
            "How many: " + text + ".",
            new Formula.Size(lengths)),
        quantile(
            name + ".median",
            words + ": median",
            unit,
            isOfSlots,
            "Their median",
            lengths,
            Formula.MEDIAN),
        quantile(
            name + ".p90",
            words + ": 90 %",
            unit,
            isOfSlots,
            "What nine in ten of them do not exceed",
            lengths,
            Formula.NINE_TENTHS),
        quantile(
            name + ".longest",
            words + ": longest",
            unit,
            isOfSlots,
            "The longest",
            lengths,
            Formula.LONGEST));
  }

  private static Figure quantile(
      String name,
      String words,
      Figure.Unit unit,
      boolean isOfSlots,
      String text,
      Spread lengths,
      int percent) {
    return new Figure(
        name, words, unit, isOfSlots, text + ".", new Formula.Quantile(lengths, percent));
  }
}
