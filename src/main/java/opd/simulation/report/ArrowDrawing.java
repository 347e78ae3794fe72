package opd.simulation.report;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import opd.domain.SlotLabel;
import opd.domain.TokenLabel;

/// Draws where the patients of one doctor went who lost a place, and who came from other doctors.
final class ArrowDrawing {
  private static final double BEND = 9;
  private static final double STUB = 7;
  private static final double MARGIN = 2;

  private final TimeAxis axis;
  private final Map<SlotLabel, Integer> baseLines;
  private final int bottom;
  private final LocalDate day;
  private final List<Timeline.Arrow> arrows = new ArrayList<>();
  private final ArrowNumbers marks = new ArrowNumbers();

  /// @param baseLines of the doctor's slots
  /// @param bottom where arrows to other doctors end
  ArrowDrawing(TimeAxis axis, Map<SlotLabel, Integer> baseLines, int bottom, LocalDate day) {
    this.axis = axis;
    this.baseLines = baseLines;
    this.bottom = bottom;
    this.day = day;
  }

  List<Timeline.Arrow> arrows() {
    return List.copyOf(arrows);
  }

  List<Timeline.Mark> marks() {
    return marks.drawn();
  }

  void lost(Displacement loss) {
    SlotLabel slot = loss.lost().token().slot();
    double x = axis.x(loss.at());
    double top = top(slot);
    arrows.add(
        new Timeline.Arrow(
            loss.anchor(),
            path(loss.fate(), x, slot),
            end(loss.fate()),
            LossText.sentence(loss, day)));
    marks.add(loss, x, top - MARGIN);
  }

  /// Somebody who lost a place with another doctor.
  void arrived(Displacement loss) {
    if (loss.fate() instanceof Displacement.Fate.Moved(var at, var to)) {
      double x = axis.x(at);
      String path = new SvgPath().move(x, MARGIN).line(x, middle(to.slot())).data();
      arrows.add(
          new Timeline.Arrow(
              loss.anchor(), path, Timeline.End.PLACE, LossText.sentence(loss, day)));
    }
  }

  private String path(Displacement.Fate fate, double x, SlotLabel slot) {
    double top = top(slot);
    return switch (fate) {
      case Displacement.Fate.Reinstated(var at) -> loop(x, axis.x(at), top);
      case Displacement.Fate.GaveUp(var at) -> loop(x, axis.x(at), top);
      case Displacement.Fate.StillOwed() ->
          new SvgPath().move(x, top).line(x + STUB, top - STUB).data();
      case Displacement.Fate.Moved(var at, var to) ->
          away(x, top, axis.x(at), isOwn(to) ? middle(to.slot()) : bottom);
    };
  }

  private boolean isOwn(TokenLabel token) {
    return baseLines.containsKey(token.slot());
  }

  private static Timeline.End end(Displacement.Fate fate) {
    return switch (fate) {
      case Displacement.Fate.Reinstated _, Displacement.Fate.Moved _ -> Timeline.End.PLACE;
      case Displacement.Fate.GaveUp _, Displacement.Fate.StillOwed _ -> Timeline.End.NOTHING;
    };
  }

  private static String loop(double from, double to, double y) {
    double end = Math.max(to, from + STUB);
    return new SvgPath().move(from, y).curve((from + end) / 2, y - 2 * BEND, end, y).data();
  }

  private static String away(double fromX, double fromY, double toX, double toY) {
    double middleX = Math.max(fromX, toX) + BEND;
    return new SvgPath().move(fromX, fromY).curve(middleX, (fromY + toY) / 2, toX, toY).data();
  }

  private double top(SlotLabel slot) {
    return base(slot) - RowDrawing.FILL;
  }

  private double middle(SlotLabel slot) {
    return base(slot) - RowDrawing.FILL / 2.0;
  }

  private double base(SlotLabel slot) {
    return baseLines.getOrDefault(slot, bottom);
  }
}
