package opd.report;

import java.time.ZoneId;
import java.util.List;
import java.util.function.Consumer;

/// Makes a report of the entries of its days' slots. They come day by day, in each chain by chain,
/// ordered by their bytes, and in each by number; one day is held in memory at a time.
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
    this.days = new DayFold(counting.andThen(each));
  }

  /// @throws opd.domain.OpdException CHECK_FAILED when the entry cannot follow the one before
  public void accept(LogEntry entry) {
    digest.add(entry.chain(), entry.hash());
    days.accept(entry);
  }

  /// An entry of a transaction that the report does not reach.
  public void later() {
    later++;
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
        asked.isPublished() ? Publishing.of(rows) : rows);
  }
}
