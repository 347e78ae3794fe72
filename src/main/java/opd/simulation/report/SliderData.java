package opd.simulation.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;
import opd.domain.DoctorCode;
import opd.domain.SlotLabel;
import opd.domain.TokenPriority;
import opd.simulation.day.DayEvent;
import opd.simulation.day.DayRecord;
import opd.simulation.day.DoctorDay;
import opd.simulation.day.SlotDay;

/// The day as the slider reads it: lists instead of objects, each patient named once, because a
/// large day has tens of thousands of decisions. Times are seconds from the beginning of the axis.
final class SliderData {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final DayRecord day;
  private final TimeAxis axis;
  // As it stands in labels, where the page's own day need not be said.
  private final String date;
  private final Map<DoctorCode, Integer> doctors = new HashMap<>();
  private final Map<SlotLabel, Integer> slots = new HashMap<>();

  private SliderData(DayRecord day) {
    this.day = day;
    axis = TimeAxis.of(day);
    date = "-" + DateTimeFormatter.BASIC_ISO_DATE.format(day.date()) + "-";
  }

  /// Safe within a script element: it cannot end it.
  static String json(DayRecord day) {
    return new SliderData(day).node().toString().replace("<", "\\u003c");
  }

  private ObjectNode node() {
    ObjectNode node = JSON.objectNode();
    node.put("eve", axis.eve().getEpochSecond());
    node.put("morning", seconds(axis.morning())).put("evening", seconds(axis.evening()));
    node.put("left", axis.x(axis.eve())).put("band", axis.x(axis.morning()));
    node.put("right", axis.x(axis.evening()));
    ObjectNode ranks = node.putObject("ranks");
    for (TokenPriority priority : TokenPriority.values()) {
      ranks.put(ReportPhrases.of(priority), priority.rank());
    }
    ArrayNode doctorList = node.putArray("doctors");
    for (DoctorDay doctor : day.doctors()) {
      doctors.put(doctor.code(), doctors.size());
      doctorList.addArray().add(doctor.code().value()).add(doctor.name());
    }
    ArrayNode slotList = node.putArray("slots");
    for (SlotDay slot : day.slots()) {
      slots.put(slot.label(), slots.size());
      slotList
          .addArray()
          .add(doctors.get(slot.label().doctor()))
          .add(ReportPhrases.time(slot.start()))
          .add(ReportPhrases.time(slot.end()))
          .add(slot.capacity());
    }
    ArrayNode events = node.putArray("events");
    day.events().forEach(event -> events.add(event(event)));
    return node;
  }

  private long seconds(Instant at) {
    return at.getEpochSecond() - axis.eve().getEpochSecond();
  }

  /// Time, slot, what was asked and answered, what moved, and for a change of the slot its new
  /// state.
  private ArrayNode event(DayEvent event) {
    ArrayNode node = JSON.arrayNode();
    node.add(seconds(event.at())).add(slots.get(event.slot()));
    node.add(ReportPhrases.of(event.kind()) + ": " + event.answer().replace(date, "-"));
    ArrayNode moves = node.addArray();
    event.moves().forEach(move -> moves.add(move(move)));
    if (event.slotState() != null) {
      node.add(ReportPhrases.of(event.slotState().status())).add(event.slotState().delayMinutes());
    }
    return node;
  }

  /// Slot, number and new status, and for a new token all that does not change.
  private ArrayNode move(DayEvent.Move move) {
    ArrayNode node = JSON.arrayNode();
    node.add(slots.get(move.token().slot())).add(move.token().sequence());
    node.add(ReportPhrases.of(move.after()));
    if (move.before() == null) {
      node.add(ReportPhrases.of(move.priority()))
          .add(ReportPhrases.of(move.source()))
          .add(move.patient());
    }
    return node;
  }
}
