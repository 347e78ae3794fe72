package opd.report;

import java.time.ZoneId;
import java.util.List;
import java.util.function.Consumer;

/// Makes a report of the entries of its days' slots. They come day by day, and in each as they
/// like; one day is held in memory at a time.
public final class ReportFold {
  private final Report.Asked asked;
  private final ZoneId zone;
  private final Checkpoint.Position position;
  private final Tallies tallies;
  private final EntriesDigest digest = new EntriesDigest();
  private final DayFold days;
  private long later;

  /// @param zone of the facility
  /// @param each told of every day, in their order
  public ReportFold(
      Report.Asked asked, ZoneId zone, Checkpoint.Position position, Consumer<LoggedDay> each) {
    this.asked = asked;
    this.zone = zone;
    this.position = position;
    this.tallies = new Tallies(asked.by());
    Consumer<LoggedDay> counting = day -> new DayCount(day, zone, tallies).count();
    this.days = new DayFold(digest, counting.andThen(each));
  }

  /// Of a transaction that the report does not reach, it is counted only.
  ///
  /// @throws opd.domain.OpdException CHECK_FAILED when an entry cannot stand where it does
  public void accept(LogEntry entry) {
    if (entry.transaction() >= position.transaction()) {
      later++;
      return;
    }
    days.accept(entry);
  }

  /// To be called after the last entry.
  public Report end() {
    days.end();
    List<Report.Row> rows = tallies.rows();
    return new Report(
        asked,
        zone,
        position.with(digest),
        later,
        asked.isPublished() ? Publishing.of(rows, asked.by()) : rows);
  }
}
