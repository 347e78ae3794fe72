package opd.output.text;

import java.io.PrintWriter;
import java.util.List;
import opd.intake.RosterResult;
import opd.intake.RosterTally;
import opd.output.RosterPrinter;

/// What each line of a roster opened, those in full that have to be mended, then a summary.
public final class RosterTable implements RosterPrinter {
  private final PrintWriter out;
  private final Style style;
  private final boolean isDryRun;

  public RosterTable(PrintWriter out, Style style, boolean isDryRun) {
    this.out = out;
    this.style = style;
    this.isDryRun = isDryRun;
  }

  @Override
  public void results(List<RosterResult> results) {
    results.forEach(this::result);
    out.flush();
  }

  private void result(RosterResult result) {
    switch (result) {
      case RosterResult.Opened(long line, var slots, int opened, var _) ->
          out.println(
              "line %d  %s  %d of %d slots, %s to %s"
                  .formatted(
                      line,
                      style.good(isDryRun ? "WOULD BE OPENED" : "OPENED"),
                      opened,
                      slots.size(),
                      slots.getFirst(),
                      slots.getLast()));
      case RosterResult.Exists _ -> {}
      case RosterResult.Invalid(long line, var field, var error) ->
          BatchTable.invalid(out, style, line, field, error);
    }
  }

  @Override
  public void end(RosterTally tally) {
    out.println(
        "%d lines: %d %s (%d slots), %d there already, %d invalid"
            .formatted(
                tally.lines(),
                tally.opened(),
                isDryRun ? "would be opened" : "opened",
                tally.slots(),
                tally.existing(),
                tally.invalid()));
    out.flush();
  }
}
