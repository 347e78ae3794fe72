package opd.report;

import static opd.report.Figure.Unit.MINUTES;
import static opd.report.Figures.count;
import static opd.report.Figures.ofSlots;
import static opd.report.Figures.percent;
import static opd.report.Figures.spread;

import java.util.ArrayList;
import java.util.List;
import opd.report.FigureTable.Section;

/// What became of the places, and how slots were used.
final class PlaceFigures {
  private PlaceFigures() {}

  static Section ends() {
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

  static Section lead() {
    List<Figure> figures = new ArrayList<>();
    for (LeadTime lead : LeadTime.values()) {
      String field = "leadTime." + lead.field + ".";
      List<Count> ended = List.of(lead.noShow, lead.completed);
      figures.add(
          count(
              field + "given",
              lead.words + ": given",
              "Tokens " + lead.definition + "; the day is the slot's, by the facility's calendar.",
              lead.given));
      figures.add(
          count(
              field + "noShow",
              lead.words + ": no-show",
              "Of these: no-shows in the end.",
              lead.noShow));
      figures.add(
          count(
              field + "completed",
              lead.words + ": seen",
              "Of these: completed in the end.",
              lead.completed));
      figures.addAll(
          share(
              field + "noShow",
              lead.words + ": no-show",
              "No-shows of these for each hundred no-shows and completed",
              lead.noShow,
              ended));
      figures.add(
          count(
              field + "cancelled",
              lead.words + ": cancelled",
              "Of these: cancelled in the end.",
              lead.cancelled));
      figures.addAll(
          share(
              field + "cancelled",
              lead.words + ": cancelled",
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
            words + " at least %",
            false,
            "The lower end of the interval that holds that share with 95 % certainty (Wilson).",
            new Formula.Bound(part, all, false)),
        percent(
            name + "High",
            words + " at most %",
            false,
            "Its upper end.",
            new Formula.Bound(part, all, true)));
  }

  static Section slots() {
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
}
