package opd.cli;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import opd.domain.ErrorCode;
import opd.domain.OpdException;
import opd.domain.PlainText;
import picocli.CommandLine;

/// An option that was pasted from a document, which made one long dash of its two hyphens.
final class PastedDash {
  private static final char FIRST = '\u2010';
  // Not compiled at the start of every command: 1.5 ms, where a look at two characters is enough.
  private static final String OPTION =
      "(?s)(-?[\\x{2010}-\\x{2015}\\x{2212}\\x{FE58}\\x{FE63}\\x{FF0D}]+-*)([a-zA-Z][a-zA-Z-]*)(=.*)?";

  private PastedDash() {}

  /// The error for the first word that would be an option if its dash were one.
  static Optional<OpdException> in(CommandLine root, String... words) {
    for (String word : words) {
      if (!mayBegin(word)) {
        continue;
      }
      Matcher matcher = Pattern.compile(OPTION).matcher(word);
      if (matcher.matches()) {
        String name = matcher.group(2);
        String option = (name.length() == 1 ? "-" : "--") + name;
        if (all(root).anyMatch(line -> line.getCommandSpec().findOption(option) != null)) {
          return Optional.of(error(word, matcher.group(1), option));
        }
      }
    }
    return Optional.empty();
  }

  /// Whether any of the words looks like such an option.
  static boolean isIn(List<String> words) {
    return words.stream().anyMatch(word -> mayBegin(word) && word.matches(OPTION));
  }

  private static boolean mayBegin(String word) {
    boolean isLater = word.length() > 1 && word.charAt(1) >= FIRST;
    return !word.isEmpty() && (word.charAt(0) >= FIRST || (word.charAt(0) == '-' && isLater));
  }

  private static Stream<CommandLine> all(CommandLine line) {
    return Stream.concat(
        Stream.of(line), line.getSubcommands().values().stream().flatMap(PastedDash::all));
  }

  private static OpdException error(String word, String dashes, String option) {
    int dash = dashes.codePoints().filter(each -> each != '-').findFirst().orElseThrow();
    return new OpdException(
        ErrorCode.USAGE,
        "%s begins with the character U+%04X, which is no hyphen"
            .formatted(PlainText.quote(word), dash),
        "type it as " + option);
  }
}
