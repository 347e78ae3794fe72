package opd.output.text;

import java.io.PrintWriter;
import java.util.List;
import opd.decision.Outcome;
import opd.domain.OpdException;
import opd.domain.PlainText;
import opd.intake.IntakeResult;
import opd.intake.Tally;
import opd.output.BatchPrinter;
import opd.story.Reason;
import org.jspecify.annotations.Nullable;

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
      case IntakeResult.Invalid(long line, var field, var error) ->
          invalid(out, style, line, field, error);
      case IntakeResult.Decided(long line, var answer, var warnings) -> {
        warnings.forEach(
            warning -> line(line, style.caution(warning.name()), AnswerText.text(warning, null)));
        switch (answer.outcome()) {
          case Outcome.Admitted admitted ->
              admitted
                  .warnings()
                  .forEach(warning ->
                      line(
                          line,
                          style.caution(warning.name()),
                          admitted.token().token().label()
                              + "  "
                              + AnswerText.text(warning, admitted.holds())));
          case Outcome.Rejected rejected ->
              line(
                  line,
                  style.caution("REFUSED"),
                  rejected.slot().label() + "  " + Reason.of(rejected));
        }
      }
    }
  }

  /// A line that has to be mended, and what to do about it.
  static void invalid(
      PrintWriter out, Style style, long line, @Nullable String field, OpdException error) {
    out.println(
        "line %d  %s  %s"
            .formatted(line, style.bad("INVALID"), PlainText.visible(fault(field, error))));
    if (error.hint() != null) {
      out.println("  " + PlainText.visible(error.hint()));
    }
  }

  /// Beginning with the field, where the sentence does not name it anyway.
  private static String fault(@Nullable String field, OpdException error) {
    String message = error.getMessage();
    return field == null || message.contains(field) ? message : field + ": " + message;
  }

  private void line(long number, String outcome, String reason) {
    out.println("line %d  %s  %s".formatted(number, outcome, reason));
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
