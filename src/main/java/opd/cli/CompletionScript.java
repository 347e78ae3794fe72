package opd.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import opd.cli.console.ValueKind;
import opd.domain.AuditKind;
import opd.domain.Inputs;
import opd.domain.TokenPriority;
import opd.domain.TokenSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// The completion scripts of the shells: a frame for each shell, and one table of all commands,
/// made from what the parser knows.
final class CompletionScript {
  private CompletionScript() {}

  /// @param shell bash or zsh
  static String of(CommandLine root, String shell) {
    List<String> cases = new ArrayList<>();
    addCases(root, "", cases);
    String table = "__opd_table() {\n  case $1 in\n%s  esac\n}".formatted(String.join("", cases));
    return Texts.read("completion." + shell).replace("@TABLE@", table);
  }

  private static void addCases(CommandLine line, String path, List<String> cases) {
    CommandSpec command = line.getCommandSpec();
    String commands = String.join(" ", line.getSubcommands().keySet());
    cases.add(
        """
            '%s')
              commands='%s'
              options='%s'
              valued='%s'
              argument='%s'
              ;;
        """
            .formatted(path, commands, options(command), valued(command), argument(path, command)));
    line.getSubcommands()
        .forEach((name, sub) -> addCases(sub, path.isEmpty() ? name : path + " " + name, cases));
  }

  private static String options(CommandSpec command) {
    return command.options().stream()
        .map(OptionSpec::longestName)
        .sorted()
        .collect(Collectors.joining(" "));
  }

  private static String valued(CommandSpec command) {
    return command.options().stream()
        .filter(option -> option.arity().max() > 0)
        .flatMap(option -> Arrays.stream(option.names()).map(name -> name + "=" + kind(option)))
        .sorted()
        .collect(Collectors.joining(" "));
  }

  private static String kind(OptionSpec option) {
    return values(ValueKind.ofOption(option.longestName(), option.paramLabel()), option);
  }

  private static String argument(String path, CommandSpec command) {
    boolean isNew = path.equals("doctor add");
    if (isNew || command.positionalParameters().isEmpty()) {
      return "";
    }
    ArgSpec argument = command.positionalParameters().getFirst();
    return values(ValueKind.ofArgument(argument.paramLabel()), argument);
  }

  /// What the shell can help with: a kind of live value, a file, or choices; otherwise nothing.
  private static String values(ValueKind kind, ArgSpec argument) {
    return switch (kind) {
      case DOCTOR -> "doctor";
      case SLOT -> "slot";
      case TOKEN -> "token";
      case FILE -> "file";
      case PRIORITY -> choices(TokenPriority.values());
      case SOURCE -> choices(TokenSource.values());
      case AUDIT_KIND -> choices(AuditKind.values());
      case DATE -> "today,tomorrow";
      case OUTPUT, COLOR, PHONE, FREE -> listed(argument);
    };
  }

  private static String choices(Enum<?>[] values) {
    return Arrays.stream(values).map(Inputs::typed).collect(Collectors.joining(","));
  }

  /// The choices that a label such as `table|json` lists, or nothing.
  private static String listed(ArgSpec argument) {
    String label = argument.paramLabel();
    return label.contains("|") ? label.replace('|', ',') : "";
  }
}
