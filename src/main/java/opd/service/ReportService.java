package opd.service;

import java.time.ZoneId;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import opd.domain.ErrorCode;
import opd.domain.OpdException;
import opd.domain.PlainText;
import opd.report.Checkpoint;
import opd.report.LoggedDay;
import opd.report.Report;
import opd.report.ReportCheck;
import opd.report.ReportFold;
import opd.report.SavedReport;
import opd.store.connection.Transaction;
import opd.store.connection.Transactions;
import opd.store.log.ReportReader;
import org.jspecify.annotations.Nullable;

/// Tells in figures what really happened, from the log alone.
public final class ReportService {
  private final Transactions transactions;
  private final ZoneId zone;

  /// @param zone of the facility
  ReportService(Transactions transactions, ZoneId zone) {
    this.transactions = transactions;
    this.zone = zone;
  }

  /// A report of what has been decided by now.
  ///
  /// @param each told of every day, in their order
  /// @throws OpdException CHECK_FAILED where the log is damaged
  public Report of(Report.Asked asked, Consumer<LoggedDay> each) {
    AtomicReference<@Nullable Report> result = new AtomicReference<>();
    transactions.stream(transaction ->
        result.set(read(transaction, asked, ReportReader.position(transaction), each)));
    Report report = result.get();
    if (report == null) {
      throw new IllegalStateException("the log was not read");
    }
    return report;
  }

  /// Makes a report that somebody kept again, up to where it went, and compares.
  ///
  /// @throws OpdException INVALID_INPUT when it is of another facility; CHECK_FAILED where the log
  ///   is damaged
  public ReportCheck check(SavedReport saved) {
    AtomicReference<@Nullable ReportCheck> result = new AtomicReference<>();
    transactions.stream(transaction -> result.set(check(transaction, saved)));
    ReportCheck check = result.get();
    if (check == null) {
      throw new IllegalStateException("the log was not read");
    }
    return check;
  }

  private ReportCheck check(Transaction transaction, SavedReport saved) {
    Checkpoint.Position now = ReportReader.position(transaction);
    Checkpoint then = saved.checkpoint();
    if (!then.facility().equals(now.facility())) {
      throw new OpdException(
          ErrorCode.INVALID_INPUT,
          "it is a report of another facility: " + PlainText.quote(saved.facility()),
          "name that one with --facility");
    }
    boolean isRenumbered = then.facilityTransaction() != now.facilityTransaction();
    // A restore writes all that it brings in one transaction, the facility's first entry as well.
    long before = isRenumbered ? now.facilityTransaction() + 1 : then.transaction();
    var position = new Checkpoint.Position(before, now.facility(), now.facilityTransaction());
    return saved.check(read(transaction, saved.asked(), position, _ -> {}), isRenumbered);
  }

  private Report read(
      Transaction transaction,
      Report.Asked asked,
      Checkpoint.Position position,
      Consumer<LoggedDay> each) {
    ReportFold fold = new ReportFold(asked, zone, position, each);
    ReportReader.read(transaction, asked.days(), fold::accept);
    return fold.end();
  }
}
