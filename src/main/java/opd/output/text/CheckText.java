package opd.output.text;

import java.util.ArrayList;
import java.util.List;
import opd.domain.PlainText;
import opd.service.Check;

/// Checks for people: a line for each, and what is to be done where one failed.
final class CheckText {
  private CheckText() {}

  static List<String> lines(List<Check> checks, Style style) {
    List<String> lines = new ArrayList<>();
    for (Check check : checks) {
      String line =
          "%-6s  %s: %s"
              .formatted(
                  check.ok() ? "ok" : "FAILED",
                  PlainText.visible(check.name()),
                  PlainText.visible(check.found()));
      lines.add(check.ok() ? line : style.bad(line));
      if (!check.ok()) {
        lines.add(" ".repeat(10) + "expected  " + PlainText.visible(check.expected()));
      }
      if (check.remedy() != null) {
        lines.add(" ".repeat(10) + "mended by " + PlainText.visible(check.remedy()));
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
