package opd.simulation.report;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import opd.domain.DoctorCode;
import opd.domain.TokenLabel;
import opd.report.FigureTable;
import opd.report.LoggedDay;
import opd.report.LoggedSlot;
import opd.report.LoggedToken;
import opd.report.Report;
import opd.simulation.day.Consultation;
import opd.simulation.day.DayRecord;
import opd.simulation.day.DoctorDay;
import opd.simulation.day.Figures;
import opd.simulation.day.SlotDay;
import opd.simulation.day.Waits;
import org.jspecify.annotations.Nullable;

/// Makes the record that the drawings are made of from a day of the log. Patients have numbers in
/// it instead of names, and doctors their codes.
final class RecordOfLog {
  private final LoggedDay day;
  private final ZoneId zone;

  private RecordOfLog(LoggedDay day, ZoneId zone) {
    this.day = day;
    this.zone = zone;
  }

  /// @param zone of the facility, whose clock the times are of
  static DayRecord of(LoggedDay day, ZoneId zone) {
    return new RecordOfLog(day, zone).record();
  }

  /// As the clock on the wall shows it, read as if it went by UTC.
  static Instant onWall(Instant at, ZoneId zone) {
    return at.atZone(zone).toLocalDateTime().toInstant(ZoneOffset.UTC);
  }

  private DayRecord record() {
    List<Report.Row> rows = day.byDoctor(zone);
    List<DoctorDay> doctors = new ArrayList<>();
    for (Report.Row row : rows.subList(0, rows.size() - 1)) {
      String code = Objects.requireNonNull(row.group());
      doctors.add(new DoctorDay(new DoctorCode(code), code, "", figures(row)));
    }
    List<SlotDay> slots =
        day.slots().stream().map(this::slot).sorted(Comparator.comparing(SlotDay::label)).toList();
    return new DayRecord(
        day.date(),
        doctors,
        slots,
        new EventsOfLog(day, zone).events(),
        consultations(),
        figures(rows.getLast()),
        Map.of());
  }

  private SlotDay slot(LoggedSlot slot) {
    return new SlotDay(
        slot.label(),
        onWall(slot.start(), zone),
        onWall(slot.end(), zone),
        slot.capacity(),
        slot.status(),
        slot.delayMinutes());
  }

  private List<Consultation> consultations() {
    Map<TokenLabel, @Nullable Instant> arrivals = day.arrivals();
    List<Consultation> seen = new ArrayList<>();
    for (LoggedSlot slot : day.slots()) {
      for (LoggedToken token : slot.tokens()) {
        token.seen().ifPresent(one -> seen.add(consultation(token, one, arrivals)));
      }
    }
    seen.sort(Comparator.comparing(Consultation::calledAt));
    return seen;
  }

  private Consultation consultation(
      LoggedToken token, LoggedToken.Seen seen, Map<TokenLabel, @Nullable Instant> arrivals) {
    Instant arrival = arrivals.get(token.label());
    Instant called = onWall(seen.call().at(), zone);
    return new Consultation(
        token.label(),
        arrival == null ? called : onWall(arrival, zone),
        called,
        onWall(seen.end().at(), zone));
  }

  /// What the drawings tell: the page has a table of its own.
  private static Figures figures(Report.Row row) {
    return new Figures(
        value(row, "requests"),
        value(row, "admitted"),
        value(row, "refused"),
        value(row, "displaced"),
        value(row, "displacedTwice"),
        value(row, "reallocated"),
        value(row, "cancelled"),
        value(row, "noShow"),
        value(row, "completed"),
        value(row, "places"),
        new Waits(
            value(row, "waitSeconds.count"),
            value(row, "waitSeconds.median"),
            value(row, "waitSeconds.p90"),
            value(row, "waitSeconds.longest"),
            0),
        0,
        0);
  }

  private static int value(Report.Row row, String figure) {
    return Math.toIntExact(row.value(FigureTable.named(figure)).orElse(0));
  }
}
