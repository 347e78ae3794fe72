package opd.output.text;

import java.io.PrintWriter;
import java.util.List;
import opd.decision.Outcome;
import opd.domain.PlainText;
import opd.intake.IntakeResult;
import opd.intake.Tally;
import opd.output.BatchPrinter;
import opd.story.Reason;

/// The lines that were not admitted as they come, then a summary.
public final class BatchTable implements BatchPrinter {
  private final PrintWriter out;
  private final Style style;

  public BatchTable(PrintWriter out, Style style) {
    this.out = out;
    this.style = style;
  }

  @Override
  public void results(List<IntakeResult> results) {
    results.forEach(this::result);
    out.flush();
  }

  private void result(IntakeResult result) {
    switch (result) {
      case IntakeResult.Invalid(long line, var error) ->
          line(line, style.bad("INVALID"), PlainText.visible(error.getMessage()));
      case IntakeResult.Decided(long line, var answer, var warnings) -> {
        warnings.forEach(
            warning -> line(line, style.caution(warning.name()), AnswerText.text(warning, null)));
        switch (answer.outcome()) {
          case Outcome.Admitted _ -> {}
          case Outcome.Rejected rejected ->
              line(
                  line,
                  style.caution("REFUSED"),
                  rejected.slot().label() + "  " + Reason.of(rejected));
        }
      }
    }
  }

  private void line(long number, String outcome, String reason) {
    out.println("%s  %s  %s".formatted(number == 0 ? "end" : "line " + number, outcome, reason));
  }

  @Override
  public void end(Tally tally) {
    out.println(
        "%d lines: %d admitted (%d by displacing somebody), %d refused, %d invalid"
            .formatted(
                tally.lines(),
                tally.admitted(),
                tally.displaced(),
                tally.rejected(),
                tally.invalid()));
    if (tally.replayed() > 0) {
      out.println(tally.replayed() + " of them had been decided before");
    }
    out.flush();
  }
}
