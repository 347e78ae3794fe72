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
  private static final List<String> OUTSIDE = List.of("console", "demo", "completion");

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
  static List<String> names(CommandContext session) {
    List<String> here = session.workplace().isConsole() ? IN_CONSOLES : OUTSIDE;
    return Stream.concat(EVERYWHERE.stream(), here.stream()).toList();
  }

  /// The root with the command that is named first, or with all of them where that is not sure: for
  /// the help on the program, and for hints on what is wrong.
  static CommandLine of(CommandContext session, String... arguments) {
    CommandLine root = RootCommand.line(session.options());
    List<String> all = names(session);
    List<String> wanted =
        firstWord(root.getCommandSpec(), arguments).filter(all::contains).map(List::of).orElse(all);
    add(wanted, root, session);
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

  private static void add(List<String> names, CommandLine root, CommandContext session) {
    names.forEach(name -> root.addSubcommand(command(name, session)));
    List<OptionSpec> global = globalOptions(root);
    settle(root);
    root.getSubcommands().values().forEach(command -> takeGlobalOptions(command, global));
  }

  /// The root with the commands that are offered here: in the console of a consulting room those
  /// that it works with.
  static CommandLine offered(CommandContext session) {
    CommandLine root = of(session);
    if (session.workplace().isInRoom()) {
      Description.keepThoseForRooms(root);
    }
    return root;
  }

  /// Those that are offered here and, to read about them only, those that are offered elsewhere: in
  /// a console those of the shell, and the other way round.
  static CommandLine described(CommandContext session) {
    CommandLine root = offered(session);
    if (!session.workplace().isInRoom()) {
      CommandLine others = RootCommand.line(session.options());
      add(session.workplace().isConsole() ? OUTSIDE : IN_CONSOLES, others, session);
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

  private static CommandLine command(String name, CommandContext session) {
    return switch (name) {
      case "allocate" -> new AllocateCommand(session).line();
      case "arrive" -> ServingCommands.arrive(session);
      case "call" -> new CallCommand(session).line();
      case "next" -> new NextCommand(session).line();
      case "park" -> ServingCommands.park(session);
      case "return" -> ServingCommands.comeBack(session);
      case "cancel" -> TokenCommands.cancel(session);
      case "no-show" -> TokenCommands.noShow(session);
      case "complete" -> TokenCommands.complete(session);
      case "reallocate" -> TokenCommands.reallocate(session);
      case "move" -> TokenCommands.move(session);
      case "undo" -> TokenCommands.undo(session);
      case "owed" -> OwedCommand.line(session);
      case "queue" -> new QueueCommand(session).line();
      case "slip" -> SlipCommand.line(session);
      case "slot" -> SlotCommands.line(session);
      case "doctor" -> DoctorCommands.line(session);
      case "patient" -> PatientCommands.line(session);
      case "audit" -> new AuditCommand(session).line();
      case "report" -> new ReportCommand(session).line();
      case "db" -> DbCommands.line(session);
      case "check" -> new CheckCommand(session).line();
      case "metrics" -> new MetricsCommand(session).line();
      case "simulate" -> new SimulateCommand(session).line();
      case "config" -> ConfigCommand.line(session);
      case "help" -> new HelpCommand(session).line();
      case "explain" -> new ExplainCommand(session).line();
      case "schema" -> new SchemaCommand(session).line();
      case "use" -> ConsoleWords.use(session);
      case "clear" -> ConsoleWords.clear(session);
      case "exit" -> ConsoleWords.exit(session);
      case "console" -> new ConsoleCommand(session).line();
      case "demo" -> new DemoCommand(session).line();
      case "completion" -> new CompletionCommand(session).line();
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
