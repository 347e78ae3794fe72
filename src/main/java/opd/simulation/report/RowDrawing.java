package opd.simulation.report;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import opd.domain.SlotLabel;
import opd.domain.TokenPriority;
import opd.simulation.day.Consultation;
import opd.simulation.day.SlotDay;

/// Draws a slot: its time, how full it was all day long, and when patients were with the doctor.
final class RowDrawing {
  static final int FILL = 24;
  static final int BELOW = 8;
  private static final int TOP = 12;
  private static final int PITCH = 40;
  private static final int DASH = 4;
  private static final double GAP = .6;

  /// The lowest first: what is painted later covers what is below it in the pile.
  private static final List<TokenPriority> PAINTING =
      List.of(TokenPriority.FOLLOW_UP, TokenPriority.PAID, TokenPriority.EMERGENCY);

  private final TimeAxis axis;
  private final Map<SlotLabel, List<Occupancy>> levels;
  private final Map<SlotLabel, List<Consultation>> consultations;
  private final Map<SlotLabel, Integer> completions;

  /// @param completions how many tokens of a slot were completed in the end
  RowDrawing(
      TimeAxis axis,
      Map<SlotLabel, List<Occupancy>> levels,
      Map<SlotLabel, List<Consultation>> consultations,
      Map<SlotLabel, Integer> completions) {
    this.axis = axis;
    this.levels = levels;
    this.consultations = consultations;
    this.completions = completions;
  }

  static int baseLine(int index) {
    return TOP + (index + 1) * PITCH - BELOW;
  }

  Timeline.Row row(SlotDay slot, int y) {
    List<Consultation> seen = consultations.getOrDefault(slot.label(), List.of());
    int completed = completions.getOrDefault(slot.label(), 0);
    Duration delay = Duration.ofMinutes(slot.delayMinutes());
    Instant start = slot.start();
    return new Timeline.Row(
        y,
        ReportPhrases.time(start),
        completed + " of " + slot.capacity(),
        note(slot),
        title(slot, completed),
        window(start, slot.end()),
        window(start.plus(delay), slot.end().plus(delay)),
        areas(slot, y),
        dashes(seen, y + DASH));
  }

  private static String note(SlotDay slot) {
    return switch (slot.status()) {
      case CANCELLED -> "cancelled";
      case SCHEDULED, DELAYED, COMPLETED ->
          slot.delayMinutes() == 0 ? "" : "+" + slot.delayMinutes() + " min";
    };
  }

  private static String title(SlotDay slot, int seen) {
    String note = note(slot);
    return "%s to %s: %d places, %d patients seen%s"
        .formatted(
            ReportPhrases.slot(slot.label()),
            ReportPhrases.time(slot.end()),
            slot.capacity(),
            seen,
            note.isEmpty() ? "" : ", " + note);
  }

  private Timeline.Window window(Instant from, Instant to) {
    double x = axis.x(from);
    return new Timeline.Window(SvgPath.number(x), SvgPath.number(axis.x(to) - x));
  }

  private List<Timeline.Area> areas(SlotDay slot, int y) {
    List<Occupancy> course = levels.getOrDefault(slot.label(), List.of());
    List<Timeline.Area> areas = new ArrayList<>();
    for (TokenPriority priority : PAINTING) {
      String path = area(course, priority, slot.capacity(), y);
      if (!path.isEmpty()) {
        areas.add(new Timeline.Area(PriorityStyle.of(priority), path));
      }
    }
    return areas;
  }

  private String area(List<Occupancy> course, TokenPriority priority, int capacity, int y) {
    SvgPath outline = new SvgPath();
    int height = 0;
    double x = 0;
    for (Occupancy level : course) {
      int next = level.atLeast(priority);
      if (next != height) {
        x = axis.x(level.from());
        if (height == 0) {
          outline.move(x, y);
        } else {
          outline.horizontal(x);
        }
        outline.vertical(y - (double) FILL * next / capacity);
        height = next;
      }
    }
    if (height > 0) {
      outline.horizontal(axis.x(axis.evening())).vertical(y);
    }
    return outline.data();
  }

  private String dashes(List<Consultation> seen, double y) {
    SvgPath outline = new SvgPath();
    for (Consultation consultation : seen) {
      double x = axis.x(consultation.calledAt());
      outline.move(x, y).horizontal(Math.max(x + GAP, axis.x(consultation.endedAt()) - GAP));
    }
    return outline.data();
  }
}
