package opd.testing;

import java.util.List;
import java.util.random.RandomGenerator;

/// Texts that do harm where they are run, or shown as they are.
public enum HostileText {
  /// Commands to a terminal: they erase, move, recolour, rename, or answer for the person.
  TERMINAL_ESCAPE(
      false,
      "Asha\u001b[2J",
      "\u001b]0;owned\u0007Asha",
      "A\u001b[1A\u001b[2KB",
      "\u009b31mAsha",
      "\u001bP+q544e\u001b\\",
      "Asha\rMenon",
      "Asha\b\b\b\bEvil",
      "Asha\nEMERGENCY",
      "A\u0007\u000e\u007f"),
  /// Turns the order of what is read around.
  BIDI_OVERRIDE(
      false,
      "Asha\u202enoneM",
      "\u2066Asha\u2069",
      "\u200fAsha",
      "A\u061cB",
      "\u202aA\u202c",
      "\u2067A"),
  NUL(false, "Asha\u0000Menon", "\u0000", "Asha\u0000"),
  UNPAIRED_SURROGATE(false, "Asha\ud83d", "\udc4dAsha", "\ud800\ud800", "A\udfffB"),
  /// Two texts that look the same and are not.
  INVISIBLE(
      false, "As\u200bha", "Asha\ufeff", "A\u2060sha", "A\u2028B", "A\u2029B", "A\udb40\udc41"),
  /// What is left of a text in the wrong encoding.
  REPLACED(false, "A\ufffdsha", "\ufffd"),
  BLANK(false, "", " ", "\t", "\u2003", "   \n "),
  TOO_LONG(false, "x".repeat(201), "\u0939\u093f".repeat(5_000), "x".repeat(100_000)),
  SQL(
      true,
      "'; drop table token; --",
      "x' or '1'='1",
      "$$; delete from audit_entry; $$",
      "\\'; truncate patient; --",
      "%_%",
      "Robert'); DROP TABLE slot;--",
      "{d '2030-01-01'} ? :x ${y} #{z}"),
  /// A spreadsheet runs it.
  FORMULA(
      true,
      "=cmd|'/c calc'!A1",
      "+SUM(A1:A9)",
      "@SUM(1)",
      "-2+3",
      "=HYPERLINK(\"http://x\",\"y\")",
      "=cmd()"),
  /// A browser, a template or a shell runs it.
  MARKUP(
      true,
      "<script>alert(1)</script>",
      "\"><img src=x onerror=alert(1)>",
      "{{7*7}} &amp; <!--",
      "$(reboot) `reboot`",
      "a,b;c\"d",
      "%s%n%1$s {0}"),
  /// Unusual, and a name all the same.
  FOREIGN(
      true,
      "\u0905\u0928\u094d\u200d\u091c\u0932\u093f",
      "\u0d05\u0d28\u0d3f\u0d32\u0d4d\u200d",
      "\u0130\u015fi\u011fi",
      "A\u030a\u0301ngstro\u0308m",
      "\ud83d\udc4d\ud83c\udffd",
      "\u0645\u0631\u064a\u0645",
      "z\u0351\u036b\u0343\u036a\u0302\u036b\u033d");

  private final boolean isAllowed;
  private final List<String> samples;

  HostileText(boolean isAllowed, String... samples) {
    this.isAllowed = isAllowed;
    this.samples = List.of(samples);
  }

  /// Whether a name may read so; then it is to be kept as it is.
  public boolean isAllowed() {
    return isAllowed;
  }

  public String draw(RandomGenerator random) {
    return samples.get(random.nextInt(samples.size()));
  }
}
