package opd.cli;

import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// All commands of the program. Each is built only when it is wanted: reading the annotations of
/// all of them takes longer than a whole command at the desk.
final class CommandTree {
  private static final List<String> EVERYWHERE =
      List.of(
          "allocate",
          "cancel",
          "no-show",
          "complete",
          "reallocate",
          "queue",
          "slip",
          "slot",
          "doctor",
          "patient",
          "audit",
          "db",
          "simulate",
          "config");

  private CommandTree() {}

  /// The names of all commands, in the order of the help.
  static List<String> names(Session session) {
    List<String> here =
        session.workplace().isConsole() ? List.of("use", "exit") : List.of("console", "completion");
    return Stream.concat(EVERYWHERE.stream(), here.stream()).toList();
  }

  /// The root with all commands.
  static CommandLine of(Session session) {
    return of(session, names(session));
  }

  /// The root with these commands only.
  static CommandLine of(Session session, List<String> names) {
    CommandLine root = RootCommand.line(session.options());
    names.forEach(name -> root.addSubcommand(command(name, session)));
    List<OptionSpec> global = globalOptions(root);
    settle(root);
    root.getSubcommands().values().forEach(command -> takeGlobalOptions(command, global));
    return root;
  }

  private static CommandLine command(String name, Session session) {
    return switch (name) {
      case "allocate" -> AllocateCommand.line(session);
      case "cancel" -> new CommandLine(new TokenCommands.Cancel(session));
      case "no-show" -> new CommandLine(new TokenCommands.NoShow(session));
      case "complete" -> new CommandLine(new TokenCommands.Complete(session));
      case "reallocate" -> new CommandLine(new TokenCommands.Reallocate(session));
      case "queue" -> QueueCommand.line(session);
      case "slot" -> slot(session);
      case "doctor" -> doctor(session);
      case "patient" -> patient(session);
      case "audit" -> audit(session);
      case "db" -> db(session);
      case "simulate" -> new CommandLine(new SimulateCommand(session));
      case "config" -> new CommandLine(new ConfigCommand(session));
      case "use" -> new CommandLine(new ConsoleWords.Use(session));
      case "exit" -> new CommandLine(new ConsoleWords.Exit(session));
      case "console" -> new CommandLine(new ConsoleCommand(session));
      case "completion" -> new CommandLine(new CompletionCommand(session));
      case "slip" -> new CommandLine(new SlipCommand(session));
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static CommandLine slot(Session session) {
    return group(
        new SlotCommands.Group(),
        new SlotCommands.Open(session),
        new SlotCommands.Listing(session),
        new SlotCommands.Show(session),
        new SlotCommands.Delay(session),
        new SlotCancelCommand(session),
        new SlotCommands.Complete(session));
  }

  private static CommandLine doctor(Session session) {
    return group(
        new DoctorCommands.Group(),
        new DoctorCommands.Add(session),
        new DoctorCommands.Listing(session),
        new DoctorCommands.Show(session),
        new DoctorCommands.Activate(session),
        new DoctorCommands.Deactivate(session));
  }

  private static CommandLine patient(Session session) {
    return group(
        new PatientCommands.Group(),
        new PatientCommands.Add(session),
        new PatientCommands.Change(session),
        new PatientCommands.Find(session),
        new PatientCommands.Show(session));
  }

  private static CommandLine audit(Session session) {
    return group(
        new AuditCommand(session),
        new AuditChecks.Explain(session),
        new AuditChecks.Verify(session),
        new AuditChecks.MakeSeal(session));
  }

  private static CommandLine db(Session session) {
    return group(
        new DbCommands.Group(),
        new DbCommands.Migrate(session),
        new DbCommands.ShowStatus(session),
        new DbCommands.Start(session),
        new DbCommands.Stop(session),
        new DbCommands.Url(session),
        new RolesCommand(session),
        new BackupCommands.Write(session),
        new BackupCommands.Read(session));
  }

  private static CommandLine group(Object group, Object... commands) {
    CommandLine line = new CommandLine(group);
    for (Object command : commands) {
      line.addSubcommand(command);
    }
    return line;
  }

  private static void settle(CommandLine line) {
    line.setUsageHelpWidth(80);
    line.setUsageHelpAutoWidth(false);
    line.setUnmatchedOptionsArePositionalParams(false);
    // Texts of people are taken as they are: a leading @ names no file.
    line.setExpandAtFiles(false);
    // No ${...} in any of them, and looking for it takes a third of the making.
    line.getCommandSpec().interpolateVariables(false);
    line.getCommandSpec().usageMessage().sortOptions(false).sortSynopsis(false);
    List.copyOf(line.getSubcommands().values()).forEach(CommandTree::settle);
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
