package opd.output.text;

import java.io.PrintWriter;
import java.time.temporal.ChronoUnit;
import opd.domain.PlainText;
import opd.service.AuditService.Explanation;
import opd.service.VerificationService.Verified;
import opd.story.Sentence;
import opd.verify.Difference;
import opd.verify.Seal;
import opd.verify.Verification;
import org.jspecify.annotations.Nullable;

/// Explanations and verifications in prose.
final class AuditText {
  private final PrintWriter out;
  private final int width;
  private final Style style;

  AuditText(PrintWriter out, int width, Style style) {
    this.out = out;
    this.width = width;
    this.style = style;
  }

  void print(Explanation explanation) {
    out.println(style.strong(explanation.token().label().toString()));
    for (Sentence sentence : explanation.sentences()) {
      Paragraph.lines("", PlainText.visible(sentence.text()), "  ", width).forEach(out::println);
    }
  }

  void print(Verified verified) {
    Verification.Counts counts = verified.counts();
    String read =
        "%,d entries in %,d chains, %,d of them decided again"
            .formatted(counts.entries(), counts.chains(), counts.decisions());
    if (verified.isWhole()) {
      out.println(style.good("WHOLE") + "  " + read + ".");
      out.println("Every decision, row and stored outcome is what the log gives.");
      sealed(verified.sealed());
    } else {
      long found = verified.differences().size() + verified.more();
      out.println(
          "%s  %,d %s; %s."
              .formatted(
                  style.bad("NOT WHOLE"), found, found == 1 ? "difference" : "differences", read));
      verified.differences().forEach(difference -> out.println(text(difference)));
      if (verified.more() > 0) {
        out.println("and %,d more".formatted(verified.more()));
      }
    }
    if (verified.seal() != null) {
      out.println(style.quiet("seal " + verified.seal()));
    }
  }

  private void sealed(@Nullable Seal seal) {
    if (seal != null) {
      out.println(
          "All %,d entries sealed on %s are still there, unchanged."
              .formatted(seal.count(), seal.time().truncatedTo(ChronoUnit.SECONDS)));
      out.println(style.quiet("compare the seal's digest with the one noted elsewhere:"));
      out.println(style.quiet("     " + seal.digest()));
    }
  }

  private static String text(Difference difference) {
    StringBuilder where = new StringBuilder();
    if (difference.row() != null) {
      where.append(difference.row());
    } else if (difference.entry() != null) {
      where
          .append("entry ")
          .append(difference.entry())
          .append(", number ")
          .append(difference.number())
          .append(" of ")
          .append(difference.chain());
    } else {
      where.append("number ").append(difference.number()).append(" of ").append(difference.chain());
    }
    String line =
        "%s: %s: expected %s, found %s"
            .formatted(
                where,
                difference.field(),
                orNothing(difference.expected()),
                orNothing(difference.found()));
    return PlainText.visible(line);
  }

  private static String orNothing(@Nullable String value) {
    return value == null ? "nothing" : value;
  }
}
