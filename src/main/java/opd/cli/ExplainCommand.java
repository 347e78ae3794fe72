package opd.cli;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import opd.cli.Explanations.Explanation;
import opd.cli.session.CommandContext;
import opd.cli.session.Description;
import opd.cli.session.ExitStatus;
import opd.cli.session.Given;
import opd.domain.ErrorCode;
import opd.domain.OpdException;
import opd.domain.PlainText;
import opd.domain.Similar;
import opd.output.Listing;
import opd.output.Properties;
import picocli.CommandLine;

/// Tells what a code of a refusal, a warning or an error means, and what to do.
final class ExplainCommand {
  private static final int WIDTH_OF_CODES = 31;
  private static final int WIDTH_OF_LINES = 80 - WIDTH_OF_CODES;

  private final CommandContext context;
  private final Given<String> code =
      Given.optionalArgument("CODE", "As an answer names it; without one, all are listed.");

  ExplainCommand(CommandContext context) {
    this.context = context;
  }

  CommandLine line() {
    return Description.of(
            "explain",
            "Tell what a refusal, a warning or an error means, and what to do.",
            "The story of a token is told by 'opd audit explain TOKEN'.")
        .forRooms()
        .examples("opd explain SLOT_FULL", "opd explain", "opd explain -o json")
        .takes(code)
        .lists(() -> code.isGiven() ? Optional.empty() : Optional.of(Listing.CODES))
        .does(this::print);
  }

  private int print() {
    if (code.isGiven()) {
      printOne(Explanations.find(code.get()).orElseThrow(() -> unknown(code.get())));
    } else {
      printAll(
          Explanations.codes().stream()
              .map(each -> Explanations.find(each).orElseThrow())
              .toList());
    }
    return ExitStatus.DONE.code();
  }

  private void printOne(Explanation explanation) {
    if (context.settings().isJson()) {
      context.printer().properties(fields(explanation));
    } else {
      print(explanation.toString());
    }
  }

  private void printAll(List<Explanation> explanations) {
    if (context.settings().isOwnTable()) {
      print(explanations.stream().map(ExplainCommand::line).collect(Collectors.joining()));
    } else {
      context.printer().records(explanations.stream().map(ExplainCommand::fields).toList());
    }
  }

  private void print(String text) {
    context.surroundings().out().print(text);
    context.surroundings().out().flush();
  }

  private static Properties fields(Explanation explanation) {
    return new Properties()
        .with("code", explanation.code())
        .with("summary", explanation.firstSentence())
        .with("text", explanation.toString());
  }

  private static String line(Explanation explanation) {
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
