package opd.output.json;

import java.util.List;
import opd.intake.IntakeResult;
import opd.intake.Tally;
import opd.output.BatchPrinter;
import opd.output.RowPrinter;

/// The results of a list as rows of chosen columns.
public final class ResultRows implements BatchPrinter {
  private final JsonRows rows;

  public ResultRows(List<String> columns, RowPrinter rows) {
    this.rows = new JsonRows(columns, rows);
  }

  @Override
  public void results(List<IntakeResult> results) {
    results.forEach(result -> rows.row(AnswerJson.of(result)));
    rows.end();
  }

  @Override
  public void end(Tally tally) {
    rows.end();
  }
}
