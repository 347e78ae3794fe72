package opd.cli;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import opd.cli.session.CommandContext;
import opd.cli.session.Description;
import opd.cli.session.ExitStatus;
import opd.cli.session.Given;
import opd.domain.ErrorCode;
import opd.domain.OpdException;
import opd.domain.PlainText;
import opd.output.Properties;
import opd.output.text.FigureDefinitions;
import picocli.CommandLine;

/// Prints the help on the program, a command or a topic.
final class HelpCommand {
  /// What there is to read about, each in a file of its own.
  static final List<String> TOPICS =
      List.of(
          "rules", "lists", "formats", "times", "figures", "errors", "exit-codes", "environment");

  private final CommandContext context;
  private final Given<List<String>> words =
      Given.words("COMMAND|TOPIC", "A command, such as 'slot open', or one of the topics below.");

  HelpCommand(CommandContext context) {
    this.context = context;
  }

  CommandLine line() {
    return Description.of(
            "help",
            "Print the help on the program, a command or a topic.",
            "Topics: " + String.join(", ", TOPICS) + ".")
        .forRooms()
        .examples("opd help", "opd help slot open", "opd help exit-codes")
        .takes(words)
        .does(this::print);
  }

  private int print() {
    List<String> named = words.or(List.of());
    Optional<CommandLine> command = command(named);
    Optional<String> topic = named.size() == 1 ? topic(named.getFirst()) : Optional.empty();
    if (command.isPresent()) {
      print(context, "command", String.join(" ", named), command.get().getUsageMessage());
    } else if (topic.isPresent()) {
      print(context, "topic", named.getFirst(), topic.get());
    } else {
      throw unknown(String.join(" ", named));
    }
    return ExitStatus.DONE.code();
  }

  /// The innermost command that is named, or the program itself.
  private Optional<CommandLine> command(List<String> named) {
    if (named.isEmpty()) {
      return Optional.of(CommandTree.offered(context));
    }
    CommandLine found = CommandTree.described(context);
    for (String word : named) {
      found = found.getSubcommands().get(word);
      if (found == null) {
        return Optional.empty();
      }
    }
    return Optional.of(found);
  }

  private static Optional<String> topic(String word) {
    String name = word.toLowerCase(Locale.ROOT).replace('_', '-');
    Optional<String> text =
        TOPICS.contains(name) ? Texts.find("help/" + name + ".txt") : Optional.empty();
    return name.equals("figures")
        ? text.map(page -> page + String.join("\n", FigureDefinitions.lines()) + "\n")
        : text;
  }

  /// Prints a text, or with `-o json` one that a program can show.
  static void print(CommandContext context, String what, String name, String text) {
    if (context.settings().isJson()) {
      context.printer().properties(new Properties().with(what, name).with("text", text));
    } else {
      context.surroundings().out().print(text);
      context.surroundings().out().flush();
    }
  }

  private OpdException unknown(String named) {
    List<String> known =
        Stream.concat(
                CommandTree.offered(context).getSubcommands().keySet().stream(), TOPICS.stream())
            .toList();
    boolean isCode = Explanations.find(named).isPresent();
    return new OpdException(
        ErrorCode.USAGE,
        "there is no help on " + PlainText.quote(named),
        isCode
            ? "it is a code: opd explain " + named.toUpperCase(Locale.ROOT)
            : Suggestions.to(named, known)
                    .map(word -> "did you mean 'opd help " + word + "'? ")
                    .orElse("")
                + "there is: "
                + String.join(", ", known));
  }
}
