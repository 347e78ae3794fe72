package opd.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import opd.cli.session.ExitStatus;
import opd.decision.Warning;
import opd.domain.ErrorCode;
import opd.domain.Refusal;

/// What each code of an answer means: cause, example and remedy, each in a file of its own.
final class Explanations {
  private Explanations() {}

  /// @param title what kind of code it is, and how a command ends with it
  record Explanation(String code, String title, String text) {
    /// What it means, shortly.
    String firstSentence() {
      String paragraph = text.split("\n\n", 2)[0].replace('\n', ' ');
      return paragraph.split("(?<=[.:;]) ", 2)[0].replaceFirst("[.:;]$", "");
    }

    @Override
    public String toString() {
      return code + ": " + title + "\n\n" + text;
    }
  }

  /// All codes, in the order of a contract.
  static List<String> codes() {
    return Stream.of(Refusal.values(), Warning.values(), ErrorCode.values())
        .flatMap(Arrays::stream)
        .map(Enum::name)
        .toList();
  }

  /// @param typed in any case, with `-` or `_`
  static Optional<Explanation> find(String typed) {
    String code = typed.toUpperCase(Locale.ROOT).replace('-', '_');
    if (!code.matches("[A-Z_]+")) {
      return Optional.empty();
    }
    return of("refusals", code, "a refusal by the rules, audited (exit 3)")
        .or(() -> of("warnings", code, "a warning, which comes with an answer"))
        .or(() -> of("errors", code, "an error (exit %d)".formatted(exit(code))));
  }

  private static Optional<Explanation> of(String folder, String code, String title) {
    return Texts.find(folder + "/" + code + ".txt").map(text -> new Explanation(code, title, text));
  }

  private static int exit(String code) {
    return Stream.of(ErrorCode.values())
        .filter(each -> each.name().equals(code))
        .findFirst()
        .map(each -> ExitStatus.of(each).code())
        .orElse(ExitStatus.FAULT.code());
  }
}
