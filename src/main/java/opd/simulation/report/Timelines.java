package opd.simulation.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import opd.domain.DoctorCode;
import opd.domain.SlotLabel;
import opd.domain.TokenStatus;
import opd.simulation.day.Consultation;
import opd.simulation.day.DayEvent;
import opd.simulation.day.DayRecord;
import opd.simulation.day.DoctorDay;
import opd.simulation.day.SlotDay;

/// Draws the timeline of each doctor.
final class Timelines {
  private final DayRecord day;
  private final TimeAxis axis;
  private final RowDrawing rowDrawing;
  private final Map<DoctorCode, List<SlotDay>> slots;
  private final Map<DoctorCode, List<Displacement>> losses = new HashMap<>();
  private final Map<DoctorCode, List<Displacement>> arrivals = new HashMap<>();

  private Timelines(DayRecord day) {
    this.day = day;
    axis = TimeAxis.of(day);
    rowDrawing = new RowDrawing(axis, Occupancy.ofSlots(day), consultations(day), completions(day));
    slots = day.slots().stream().collect(Collectors.groupingBy(slot -> slot.label().doctor()));
    for (Displacement loss : Displacement.of(day)) {
      add(losses, loss.doctor(), loss);
      if (loss.fate() instanceof Displacement.Fate.Moved(var _, var to)
          && LossText.isWithOther(to, loss, day.date())) {
        add(arrivals, to.slot().doctor(), loss);
      }
    }
  }

  /// One for each doctor, in the order of the record.
  static List<Timeline> of(DayRecord day) {
    Timelines timelines = new Timelines(day);
    return day.doctors().stream().map(timelines::draw).toList();
  }

  private static <V> void add(Map<DoctorCode, List<V>> lists, DoctorCode doctor, V value) {
    lists.computeIfAbsent(doctor, some -> new ArrayList<>()).add(value);
  }

  private static Map<SlotLabel, List<Consultation>> consultations(DayRecord day) {
    return day.consultations().stream()
        .collect(Collectors.groupingBy(consultation -> consultation.token().slot()));
  }

  private static Map<SlotLabel, Integer> completions(DayRecord day) {
    Map<SlotLabel, Integer> completions = new HashMap<>();
    for (DayEvent event : day.events()) {
      for (DayEvent.Move move : event.moves()) {
        int change =
            (move.after() == TokenStatus.COMPLETED ? 1 : 0)
                - (move.before() == TokenStatus.COMPLETED ? 1 : 0);
        completions.merge(move.token().slot(), change, Integer::sum);
      }
    }
    return completions;
  }

  private Timeline draw(DoctorDay doctor) {
    List<SlotDay> own = slots.getOrDefault(doctor.code(), List.of());
    List<Timeline.Row> rows = new ArrayList<>();
    Map<SlotLabel, Integer> baseLines = new HashMap<>();
    for (SlotDay slot : own) {
      int y = RowDrawing.baseLine(rows.size());
      baseLines.put(slot.label(), y);
      rows.add(rowDrawing.row(slot, y));
    }
    int bottom = RowDrawing.baseLine(own.size() - 1) + RowDrawing.BELOW;
    ArrowDrawing arrows = new ArrowDrawing(axis, baseLines, bottom, day.date());
    List<Displacement> lost = losses.getOrDefault(doctor.code(), List.of());
    lost.forEach(arrows::lost);
    arrivals.getOrDefault(doctor.code(), List.of()).forEach(arrows::arrived);
    return new Timeline(
        doctor,
        axis.hours(),
        rows,
        arrows.arrows(),
        arrows.marks(),
        lost.stream().map(loss -> LossText.of(loss, day.date())).toList(),
        bottom);
  }
}
