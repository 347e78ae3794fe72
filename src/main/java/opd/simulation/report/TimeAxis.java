package opd.simulation.report;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import opd.simulation.day.Consultation;
import opd.simulation.day.DayEvent;
import opd.simulation.day.DayRecord;
import opd.simulation.day.SlotDay;

/// Where a moment stands in the picture of a doctor's day: all that is booked before the day's
/// first hours is squeezed into a narrow band on the left, and what is before or after the picture
/// stands at its edge.
///
/// @param eve the beginning of the day before
/// @param morning where the band ends
record TimeAxis(Instant eve, Instant morning, Instant evening) {
  static final int WIDTH = 360;
  static final int LEFT = 46;
  private static final int BAND = 22;
  private static final int RIGHT = WIDTH - 6;
  private static final int MOST_LABELS = 7;
  // What somebody notes days later must not squeeze the day.
  private static final int MOST_HOURS_AFTER = 6;

  /// An hour on the axis.
  ///
  /// @param text empty where there is no room for one
  record Tick(String x, String text) {}

  static TimeAxis of(DayRecord day) {
    Instant midnight = day.date().atStartOfDay(ZoneOffset.UTC).toInstant();
    Instant first =
        day.slots().stream().map(SlotDay::start).min(Instant::compareTo).orElse(midnight);
    Instant last = first.plus(1, ChronoUnit.HOURS);
    for (SlotDay slot : day.slots()) {
      last = later(last, slot.end().plus(slot.delayMinutes(), ChronoUnit.MINUTES));
    }
    Instant most = last.plus(MOST_HOURS_AFTER, ChronoUnit.HOURS);
    for (Consultation consultation : day.consultations()) {
      last = later(last, consultation.endedAt());
    }
    for (DayEvent event : day.events()) {
      last = later(last, event.at());
    }
    last = last.isAfter(most) ? most : last;
    return new TimeAxis(
        midnight.minus(1, ChronoUnit.DAYS),
        first.minus(30, ChronoUnit.MINUTES).truncatedTo(ChronoUnit.HOURS),
        last.plus(59, ChronoUnit.MINUTES).truncatedTo(ChronoUnit.HOURS));
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  double x(Instant at) {
    double morningX = LEFT + BAND;
    return at.isBefore(morning)
        ? LEFT + BAND * part(eve, at, morning)
        : morningX + (RIGHT - morningX) * part(morning, at, evening);
  }

  private static double part(Instant from, Instant at, Instant to) {
    double part =
        (double) Duration.between(from, at).toSeconds() / Duration.between(from, to).toSeconds();
    return Math.clamp(part, 0, 1);
  }

  List<Tick> hours() {
    long hours = Duration.between(morning, evening).toHours();
    long labelled = Math.ceilDiv(hours, MOST_LABELS);
    List<Tick> ticks = new ArrayList<>();
    for (long hour = 0; hour <= hours; hour++) {
      Instant at = morning.plus(hour, ChronoUnit.HOURS);
      String text = hour % labelled == 0 && hour < hours ? ReportPhrases.time(at) : "";
      ticks.add(new Tick(SvgPath.number(x(at)), text));
    }
    return ticks;
  }
}
