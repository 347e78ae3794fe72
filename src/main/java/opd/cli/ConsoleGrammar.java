package opd.cli;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import opd.cli.console.Grammar;
import opd.cli.console.ValueKind;
import opd.cli.session.CommandContext;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// What can be typed in a console, read from the commands themselves.
final class ConsoleGrammar {
  private ConsoleGrammar() {}

  static Grammar of(CommandContext context) {
    return of(CommandTree.of(context));
  }

  /// Without what a consulting room does not work with.
  static Grammar offered(CommandContext context) {
    return of(CommandTree.offered(context));
  }

  private static Grammar of(CommandLine line) {
    CommandSpec command = line.getCommandSpec();
    return new Grammar(
        command.name(),
        firstLine(command.usageMessage().description()),
        line.getSubcommands().values().stream().map(ConsoleGrammar::of).toList(),
        command.options().stream()
            .filter(option -> !option.hidden())
            .map(ConsoleGrammar::option)
            .toList(),
        argument(command));
  }

  private static Grammar.Option option(OptionSpec option) {
    List<String> names =
        Arrays.stream(option.names()).sorted(Comparator.comparingInt(String::length)).toList();
    boolean takesValue = option.arity().max() > 0;
    return new Grammar.Option(
        names,
        firstLine(option.description()),
        takesValue ? ValueKind.ofOption(names.getLast(), option.paramLabel()) : null);
  }

  private static @Nullable ValueKind argument(CommandSpec command) {
    return command.positionalParameters().stream()
        .findFirst()
        .map(argument -> ValueKind.ofArgument(argument.paramLabel()))
        .orElse(null);
  }

  private static String firstLine(String[] description) {
    String line = description.length == 0 ? "" : description[0];
    return line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
  }
}
