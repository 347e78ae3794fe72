package opd.output.text;

import java.io.PrintWriter;
import java.time.format.DateTimeFormatter;
import java.util.List;
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
  private final int width;
  private final Style style;

  DayText(PrintWriter out, int width, Style style) {
    this.out = out;
    this.width = width;
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
    String verdict = check.ok() ? "ok" : "FAILED";
    String start = "   " + verdict + "  ";
    String indent = " ".repeat(start.length());
    List<String> name = Paragraph.lines(start, check.name(), indent, width);
    boolean fits = DisplayWidth.of(name.getLast() + "  " + check.detail()) <= width;
    boolean isBeside = check.ok() && !check.detail().isEmpty() && fits;
    for (int line = 0; line < name.size(); line++) {
      String text =
          line == 0
              ? "   "
                  + (check.ok() ? style.good(verdict) : style.bad(verdict))
                  + name.get(line).substring("   ".length() + verdict.length())
              : name.get(line);
      boolean isLast = line == name.size() - 1;
      out.println(isLast && isBeside ? text + style.quiet("  " + check.detail()) : text);
    }
    if (!isBeside && !check.detail().isEmpty()) {
      Paragraph.lines(indent, check.detail(), indent, width)
          .forEach(line -> out.println(check.ok() ? style.quiet(line) : line));
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

  /// The tables above are of the generated day alone.
  private static String requests(DayResult day) {
    int all = day.totals().requests();
    if (day.generated() == null) {
      return all + " requests";
    }
    int generated = day.generated().total().requests();
    return "The whole day had %d requests, %d of the generated day and %d of the steps before it"
        .formatted(all, generated, all - generated);
  }

  void totals(DayResult day) {
    Totals totals = day.totals();
    out.println();
    String text =
        "%s: %d admitted, %d rejected. %d displaced, %d of them reallocated."
                .formatted(
                    requests(day),
                    totals.admitted(),
                    totals.rejected(),
                    totals.displaced(),
                    totals.reallocated())
            + " %d completed, %d cancelled, %d no-show."
                .formatted(totals.completed(), totals.cancelled(), totals.noShow());
    Paragraph.lines(text, width).forEach(out::println);
    out.println("Audit digest " + day.digest());
    String verdict =
        "%d checks passed, %d failed".formatted(day.passedChecks(), day.failedChecks());
    out.println(day.ok() ? style.good(verdict) : style.bad(verdict));
    out.flush();
  }
}
