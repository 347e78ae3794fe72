package opd.output.text;

import java.io.PrintWriter;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import opd.simulation.day.Check;
import opd.simulation.day.DayResult;
import opd.simulation.day.Step;
import opd.simulation.day.Totals;

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

  /// One of several days.
  void line(DayResult day, String repeat) {
    Totals totals = day.totals();
    String verdict = day.ok() ? style.good("ok") : style.bad("FAILED");
    out.println(
        "seed %d  %d requests, %d displaced, %d seen  %d checks  %s"
            .formatted(
                day.seed(),
                totals.requests(),
                totals.displaced(),
                totals.completed(),
                day.passedChecks() + day.failedChecks(),
                verdict));
    day.failures().forEach(this::check);
    if (!day.ok()) {
      out.println("   repeat it with: " + repeat);
    }
    out.flush();
  }

  void summary(int played, int wanted, boolean ok) {
    String days = played + " of " + wanted + " days played, ";
    out.println(ok ? style.good(days + "all passed") : style.bad(days + "the last failed"));
    out.flush();
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
