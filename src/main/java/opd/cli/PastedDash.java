package opd.cli;

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
  private static final Pattern OPTION =
      Pattern.compile(
          "(-?[\\x{2010}-\\x{2015}\\x{2212}\\x{FE58}\\x{FE63}\\x{FF0D}]+-*)([a-zA-Z][a-zA-Z-]*)(=.*)?",
          Pattern.DOTALL);

  private PastedDash() {}

  /// The error for the first word that would be an option if its dash were one.
  static Optional<OpdException> in(CommandLine root, String... words) {
    for (String word : words) {
      Matcher matcher = OPTION.matcher(word);
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
