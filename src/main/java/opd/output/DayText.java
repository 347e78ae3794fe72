package opd.output;

import java.io.PrintWriter;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import opd.simulation.Check;
import opd.simulation.DayResult;
import opd.simulation.Step;
import opd.simulation.Totals;

/// A simulated day for people: each step with its checks, then how it ended.
final class DayText {
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("EEEE d MMMM uuuu", Locale.ENGLISH);

  private final PrintWriter out;
  private final Style style;

  DayText(PrintWriter out, Style style) {
    this.out = out;
    this.style = style;
  }

  void steps(DayResult day) {
    out.println(style.strong("An outpatient day, " + DAY.format(day.date())));
    for (Step step : day.steps()) {
      out.println();
      out.println(style.strong("%d  %s".formatted(step.step(), step.name())));
      step.checks().forEach(this::check);
    }
    out.println();
  }

  private void check(Check check) {
    if (check.ok()) {
      String extent = check.detail().isEmpty() ? "" : style.quiet("  " + check.detail());
      out.println("   " + style.good("ok") + "  " + check.name() + extent);
    } else {
      out.println("   " + style.bad("FAILED") + "  " + check.name());
      out.println("           " + check.detail());
    }
  }

  void totals(DayResult day) {
    Totals totals = day.totals();
    out.println();
    out.println(
        "%d requests: %d admitted, %d rejected. %d displaced, %d of them reallocated."
            .formatted(
                totals.requests(),
                totals.admitted(),
                totals.rejected(),
                totals.displaced(),
                totals.reallocated()));
    out.println(
        "%d completed, %d cancelled, %d no-show."
            .formatted(totals.completed(), totals.cancelled(), totals.noShow()));
    out.println("Audit digest " + day.digest());
    String verdict =
        "%d checks passed, %d failed".formatted(day.passedChecks(), day.failedChecks());
    out.println(day.ok() ? style.good(verdict) : style.bad(verdict));
    out.flush();
  }
}
