package opd.cli;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import opd.cli.command.AllocateCommand;
import opd.cli.command.AuditCommand;
import opd.cli.command.CallCommand;
import opd.cli.command.CheckCommand;
import opd.cli.command.ConfigCommand;
import opd.cli.command.ConsoleWords;
import opd.cli.command.DbCommands;
import opd.cli.command.DoctorCommands;
import opd.cli.command.MetricsCommand;
import opd.cli.command.NextCommand;
import opd.cli.command.OwedCommand;
import opd.cli.command.PatientCommands;
import opd.cli.command.QueueCommand;
import opd.cli.command.ReportCommand;
import opd.cli.command.RootCommand;
import opd.cli.command.ServingCommands;
import opd.cli.command.SimulateCommand;
import opd.cli.command.SlipCommand;
import opd.cli.command.SlotCommands;
import opd.cli.command.TokenCommands;
import opd.cli.session.CommandContext;
import opd.cli.session.Description;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/// All commands of the program. Each is built only when it is wanted, so that a command at the desk
/// loads no class of another.
final class CommandTree {
  private static final List<String> EVERYWHERE =
      List.of(
          "allocate",
          "arrive",
          "call",
          "next",
          "park",
          "return",
          "cancel",
          "no-show",
          "complete",
          "reallocate",
          "move",
          "undo",
          "owed",
          "queue",
          "slip",
          "slot",
          "doctor",
          "patient",
          "audit",
          "report",
          "db",
          "check",
          "metrics",
          "simulate",
          "config",
          "help",
          "explain",
          "schema");

  private static final List<String> IN_CONSOLES = List.of("use", "clear", "exit");
  private static final List<String> OUTSIDE = List.of("console", "session", "demo", "completion");

  /// The examples come first: they are what most people look for.
  private static final List<String> SECTIONS =
      List.of(
          UsageMessageSpec.SECTION_KEY_SYNOPSIS_HEADING,
          UsageMessageSpec.SECTION_KEY_SYNOPSIS,
          UsageMessageSpec.SECTION_KEY_DESCRIPTION,
          UsageMessageSpec.SECTION_KEY_FOOTER,
          UsageMessageSpec.SECTION_KEY_PARAMETER_LIST_HEADING,
          UsageMessageSpec.SECTION_KEY_PARAMETER_LIST,
          UsageMessageSpec.SECTION_KEY_OPTION_LIST_HEADING,
          UsageMessageSpec.SECTION_KEY_OPTION_LIST,
          UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING,
          UsageMessageSpec.SECTION_KEY_COMMAND_LIST,
          UsageMessageSpec.SECTION_KEY_FOOTER_HEADING);

  private CommandTree() {}

  /// The names of all commands, in the order of the help.
  static List<String> names(CommandContext context) {
    List<String> here = context.consoleState().isConsole() ? IN_CONSOLES : OUTSIDE;
    return Stream.concat(EVERYWHERE.stream(), here.stream()).toList();
  }

  /// The root with the command that is named first, or with all of them where that is not sure: for
  /// the help on the program, and for hints on what is wrong.
  static CommandLine of(CommandContext context, String... arguments) {
    CommandLine root = RootCommand.line(context.options());
    List<String> all = names(context);
    List<String> wanted =
        firstWord(root.getCommandSpec(), arguments).filter(all::contains).map(List::of).orElse(all);
    add(wanted, root, context);
    if (wanted.size() > 1) {
      root.getCommandSpec()
          .usageMessage()
          .footerHeading(
              "%nMore: 'opd help COMMAND', 'opd help TOPIC' ("
                  + String.join(", ", HelpCommand.TOPICS)
                  + "), 'opd explain CODE'.%n");
    }
    return root;
  }

  private static void add(List<String> names, CommandLine root, CommandContext context) {
    names.forEach(name -> root.addSubcommand(command(name, context)));
    List<OptionSpec> global = globalOptions(root);
    settle(root);
    root.getSubcommands().values().forEach(command -> takeGlobalOptions(command, global));
  }

  /// The root with the commands that are offered here: in the console of a consulting room those
  /// that it works with.
  static CommandLine offered(CommandContext context) {
    CommandLine root = of(context);
    if (context.consoleState().isInRoom()) {
      Description.keepThoseForRooms(root);
    }
    return root;
  }

  /// Those that are offered here and, to read about them only, those that are offered elsewhere: in
  /// a console those of the shell, and the other way round.
  static CommandLine described(CommandContext context) {
    CommandLine root = offered(context);
    if (!context.consoleState().isInRoom()) {
      CommandLine others = RootCommand.line(context.options());
      add(context.consoleState().isConsole() ? OUTSIDE : IN_CONSOLES, others, context);
      others.getSubcommands().forEach(root::addSubcommand);
    }
    return root;
  }

  /// The first argument that is neither an option nor an option's value. Empty after an option that
  /// shows help, or that is not written as `--name value` or `--name=value`.
  private static Optional<String> firstWord(CommandSpec root, String... arguments) {
    int index = 0;
    while (index < arguments.length && arguments[index].startsWith("-")) {
      String[] nameAndValue = arguments[index].split("=", 2);
      OptionSpec option = root.optionsMap().get(nameAndValue[0]);
      if (option == null || option.usageHelp() || option.versionHelp()) {
        return Optional.empty();
      }
      boolean isValueNext = option.arity().max() > 0 && nameAndValue.length == 1;
      index += isValueNext ? 2 : 1;
    }
    return index < arguments.length ? Optional.of(arguments[index]) : Optional.empty();
  }

  private static CommandLine command(String name, CommandContext context) {
    return switch (name) {
      case "allocate" -> new AllocateCommand(context).line();
      case "arrive" -> ServingCommands.arrive(context);
      case "call" -> new CallCommand(context).line();
      case "next" -> new NextCommand(context).line();
      case "park" -> ServingCommands.park(context);
      case "return" -> ServingCommands.comeBack(context);
      case "cancel" -> TokenCommands.cancel(context);
      case "no-show" -> TokenCommands.noShow(context);
      case "complete" -> TokenCommands.complete(context);
      case "reallocate" -> TokenCommands.reallocate(context);
      case "move" -> TokenCommands.move(context);
      case "undo" -> TokenCommands.undo(context);
      case "owed" -> OwedCommand.line(context);
      case "queue" -> new QueueCommand(context).line();
      case "slip" -> SlipCommand.line(context);
      case "slot" -> SlotCommands.line(context);
      case "doctor" -> DoctorCommands.line(context);
      case "patient" -> PatientCommands.line(context);
      case "audit" -> new AuditCommand(context).line();
      case "report" -> new ReportCommand(context).line();
      case "db" -> DbCommands.line(context);
      case "check" -> new CheckCommand(context).line();
      case "metrics" -> new MetricsCommand(context).line();
      case "simulate" -> new SimulateCommand(context).line();
      case "config" -> ConfigCommand.line(context);
      case "help" -> new HelpCommand(context).line();
      case "explain" -> new ExplainCommand(context).line();
      case "schema" -> new SchemaCommand(context).line();
      case "use" -> ConsoleWords.use(context);
      case "clear" -> ConsoleWords.clear(context);
      case "exit" -> ConsoleWords.exit(context);
      case "console" -> new ConsoleCommand(context).line();
      case "session" -> new SessionCommand(context).line();
      case "demo" -> new DemoCommand(context).line();
      case "completion" -> new CompletionCommand(context).line();
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static void settle(CommandLine line) {
    line.setUsageHelpWidth(80);
    line.setUsageHelpAutoWidth(false);
    line.setUnmatchedOptionsArePositionalParams(false);
    // A facility may be called as a command is: demo.
    line.setAllowSubcommandsAsOptionParameters(true);
    // Texts of people are taken as they are: a leading @ names no file.
    line.setExpandAtFiles(false);
    // No ${...} in any of them, and looking for it takes a third of the making.
    line.getCommandSpec().interpolateVariables(false);
    line.getCommandSpec().usageMessage().sortOptions(false).sortSynopsis(false);
    headings(line);
    List.copyOf(line.getSubcommands().values()).forEach(CommandTree::settle);
  }

  private static void headings(CommandLine line) {
    line.setHelpSectionKeys(SECTIONS);
    CommandSpec command = line.getCommandSpec();
    command.usageMessage().commandListHeading("%nCommands:%n");
    if (!command.positionalParameters().isEmpty()) {
      command.usageMessage().parameterListHeading("%nArguments:%n");
    }
    if (!command.options().isEmpty()) {
      command.usageMessage().optionListHeading("%nOptions:%n");
    }
  }

  private static List<OptionSpec> globalOptions(CommandLine root) {
    return root.getCommandSpec().options().stream()
        .filter(option -> !option.versionHelp())
        .toList();
  }

  /// Every command takes the global options, but shows in its help only what is its own.
  private static void takeGlobalOptions(CommandLine line, List<OptionSpec> global) {
    CommandSpec command = line.getCommandSpec();
    for (OptionSpec option : global) {
      // A command may have one of its own under the same name: db migrate's --zone.
      if (command.findOption(option.longestName()) != null) {
        continue;
      }
      // As inherited: values given before the command's name must not be reset when it is parsed.
      command.addOption(
          OptionSpec.builder(option).inherited(true).root(option).hidden(true).build());
    }
    command.usageMessage().footerHeading("%nGlobal options, such as -o json: see 'opd --help'.%n");
    line.getSubcommands().values().forEach(sub -> takeGlobalOptions(sub, global));
  }
}
