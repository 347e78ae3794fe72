package opd.output.text;

import java.util.ArrayList;
import java.util.List;
import opd.domain.PlainText;
import opd.service.Check;

/// Checks for people: a line for each, and what is to be done where one failed.
final class CheckText {
  private static final String LINE = "%-6s  %s: %s";
  private static final String MORE = "          %-10s%s";

  private CheckText() {}

  static List<String> lines(List<Check> checks, Style style) {
    List<String> lines = new ArrayList<>();
    for (Check check : checks) {
      String line =
          LINE.formatted(
              check.ok() ? "ok" : "FAILED",
              PlainText.visible(check.name()),
              PlainText.visible(check.found()));
      lines.add(check.ok() ? line : style.bad(line));
      if (!check.ok()) {
        lines.add(MORE.formatted("expected", PlainText.visible(check.expected())));
      }
      if (check.remedy() != null) {
        lines.add(MORE.formatted("mended by", PlainText.visible(check.remedy())));
      }
    }
    long failed = checks.stream().filter(check -> !check.ok()).count();
    lines.add(
        failed == 0
            ? style.good("%d checks, all well".formatted(checks.size()))
            : style.bad("%d of %d checks failed".formatted(failed, checks.size())));
    return lines;
  }
}
