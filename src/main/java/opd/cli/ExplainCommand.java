package opd.cli;

import java.util.List;
import java.util.stream.Collectors;
import opd.cli.session.CommandContext;
import opd.cli.session.Description;
import opd.cli.session.ExitStatus;
import opd.cli.session.Given;
import opd.domain.ErrorCode;
import opd.domain.OpdException;
import opd.domain.PlainText;
import opd.domain.Similar;
import picocli.CommandLine;

/// Tells what a code of a refusal, a warning or an error means, and what to do.
final class ExplainCommand {
  private static final int WIDTH_OF_CODES = 31;
  private static final int WIDTH_OF_LINES = 80 - WIDTH_OF_CODES;

  private final CommandContext session;
  private final Given<String> code =
      Given.optionalArgument("CODE", "As an answer names it; without one, all are listed.");

  ExplainCommand(CommandContext session) {
    this.session = session;
  }

  CommandLine line() {
    return Description.of(
            "explain",
            "Tell what a refusal, a warning or an error means, and what to do.",
            "The story of a token is told by 'opd audit explain TOKEN'.")
        .forRooms()
        .examples("opd explain SLOT_FULL", "opd explain")
        .takes(code)
        .does(this::print);
  }

  private int print() {
    if (code.isGiven()) {
      var found = Explanations.find(code.get()).orElseThrow(() -> unknown(code.get()));
      HelpCommand.print(session, "code", found.code(), found.toString());
    } else {
      String all =
          Explanations.codes().stream()
              .map(each -> line(Explanations.find(each).orElseThrow()))
              .collect(Collectors.joining());
      HelpCommand.print(session, "code", "", all);
    }
    return ExitStatus.DONE.code();
  }

  private static String line(Explanations.Explanation explanation) {
    StringBuilder lines = new StringBuilder("%-31s".formatted(explanation.code()));
    int column = 0;
    for (String word : explanation.firstSentence().split(" ", -1)) {
      if (column > 0 && column + 1 + word.length() > WIDTH_OF_LINES) {
        lines.append("\n").append(" ".repeat(WIDTH_OF_CODES));
        column = 0;
      }
      lines.append(column == 0 ? "" : " ").append(word);
      column += word.length() + (column == 0 ? 0 : 1);
    }
    return lines.append('\n').toString();
  }

  private static OpdException unknown(String typed) {
    List<String> codes = Explanations.codes();
    return new OpdException(
        ErrorCode.USAGE,
        "there is no code " + PlainText.quote(typed),
        Similar.to(typed, codes)
            .map(similar -> "did you mean " + similar + "?")
            .orElse("'opd explain' lists all; a token's story: opd audit explain TOKEN"));
  }
}
