package opd.cli.console;

import java.util.List;
import java.util.Map;
import org.jline.reader.Candidate;
import org.jline.reader.CompletingParsedLine;
import org.jline.reader.CompletionMatcher;
import org.jline.reader.LineReader;
import org.jspecify.annotations.Nullable;

/// Takes each suggestion as it comes: they were chosen by what was typed already, and need not
/// begin with it, as a phone number that is found by the patient's name.
final class EveryCandidate implements CompletionMatcher {
  private String typed = "";
  private List<Candidate> candidates = List.of();

  @Override
  public void compile(
      Map<LineReader.Option, Boolean> options,
      boolean prefix,
      CompletingParsedLine line,
      boolean caseInsensitive,
      int errors,
      String originalGroupName) {
    typed = line.word();
  }

  @Override
  public List<Candidate> matches(List<Candidate> found) {
    candidates = found;
    return found;
  }

  @Override
  public @Nullable Candidate exactMatch() {
    return candidates.stream()
        .filter(candidate -> candidate.complete() && candidate.value().equals(typed))
        .findFirst()
        .orElse(null);
  }

  @Override
  public String getCommonPrefix() {
    String common = candidates.isEmpty() ? "" : candidates.getFirst().value();
    for (Candidate candidate : candidates) {
      int length = 0;
      while (length < Math.min(common.length(), candidate.value().length())
          && common.charAt(length) == candidate.value().charAt(length)) {
        length++;
      }
      common = common.substring(0, length);
    }
    return common;
  }
}
