package opd.cli;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import opd.cli.console.Grammar;
import opd.cli.console.ValueKind;
import opd.cli.session.Session;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// What can be typed in a console, read from the commands themselves.
final class ConsoleGrammar {
  private static final Map<String, ValueKind> OF_OPTIONS =
      Map.ofEntries(
          Map.entry("--doctor", ValueKind.DOCTOR),
          Map.entry("--slot", ValueKind.SLOT),
          Map.entry("--to", ValueKind.SLOT),
          Map.entry("--token", ValueKind.TOKEN),
          Map.entry("--phone", ValueKind.PHONE),
          Map.entry("--patient", ValueKind.PHONE),
          Map.entry("--priority", ValueKind.PRIORITY),
          Map.entry("--source", ValueKind.SOURCE),
          Map.entry("--kind", ValueKind.AUDIT_KIND),
          Map.entry("--date", ValueKind.DATE),
          Map.entry("--output", ValueKind.OUTPUT),
          Map.entry("--color", ValueKind.COLOR));

  private static final Map<String, ValueKind> OF_ARGUMENTS =
      Map.of(
          "SLOT", ValueKind.SLOT,
          "TOKEN", ValueKind.TOKEN,
          "PHONE", ValueKind.PHONE,
          "CODE", ValueKind.DOCTOR);

  private ConsoleGrammar() {}

  static Grammar of(Session session) {
    return of(CommandTree.of(session));
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
        takesValue ? OF_OPTIONS.getOrDefault(names.getLast(), ValueKind.FREE) : null);
  }

  private static @Nullable ValueKind argument(CommandSpec command) {
    return command.positionalParameters().stream()
        .findFirst()
        .map(argument -> OF_ARGUMENTS.getOrDefault(argument.paramLabel(), ValueKind.FREE))
        .orElse(null);
  }

  private static String firstLine(String[] description) {
    String line = description.length == 0 ? "" : description[0];
    return line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
  }
}
