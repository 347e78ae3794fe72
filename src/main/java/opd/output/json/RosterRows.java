package opd.output.json;

import java.util.List;
import opd.intake.RosterResult;
import opd.intake.RosterTally;
import opd.output.RosterPrinter;
import opd.output.RowPrinter;

/// The results of a roster as rows of chosen columns.
public final class RosterRows implements RosterPrinter {
  private final JsonRows rows;
  private final boolean isDryRun;

  public RosterRows(List<String> columns, RowPrinter rows, boolean isDryRun) {
    this.rows = new JsonRows(columns, rows);
    this.isDryRun = isDryRun;
  }

  @Override
  public void results(List<RosterResult> results) {
    results.forEach(result -> rows.row(RosterJson.of(result, isDryRun)));
    rows.end();
  }

  @Override
  public void end(RosterTally tally) {
    rows.end();
  }
}
