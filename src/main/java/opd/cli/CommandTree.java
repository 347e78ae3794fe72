package opd.cli;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// All commands of the program.
final class CommandTree {
  private CommandTree() {}

  static CommandLine of(Session session) {
    CommandLine root = new CommandLine(new RootCommand(session.options()));
    root.addSubcommand(new AllocateCommand(session));
    root.addSubcommand(new TokenCommands.Cancel(session));
    root.addSubcommand(new TokenCommands.NoShow(session));
    root.addSubcommand(new TokenCommands.Complete(session));
    root.addSubcommand(new TokenCommands.Reallocate(session));
    root.addSubcommand(new QueueCommand(session));
    root.addSubcommand(new SlipCommand(session));
    root.addSubcommand(
        group(
            new SlotCommands.Group(),
            new SlotCommands.Open(session),
            new SlotCommands.Listing(session),
            new SlotCommands.Show(session),
            new SlotCommands.Delay(session),
            new SlotCancelCommand(session),
            new SlotCommands.Complete(session)));
    root.addSubcommand(
        group(
            new DoctorCommands.Group(),
            new DoctorCommands.Add(session),
            new DoctorCommands.Listing(session),
            new DoctorCommands.Show(session),
            new DoctorCommands.Activate(session),
            new DoctorCommands.Deactivate(session)));
    root.addSubcommand(
        group(
            new PatientCommands.Group(),
            new PatientCommands.Add(session),
            new PatientCommands.Change(session),
            new PatientCommands.Find(session),
            new PatientCommands.Show(session)));
    root.addSubcommand(
        group(
            new AuditCommand(session),
            new AuditChecks.Explain(session),
            new AuditChecks.Verify(session),
            new AuditChecks.MakeSeal(session)));
    root.addSubcommand(
        group(
            new DbCommands.Group(),
            new DbCommands.Migrate(session),
            new DbCommands.ShowStatus(session),
            new DbCommands.Start(session),
            new DbCommands.Stop(session),
            new DbCommands.Url(session)));
    root.addSubcommand(new SimulateCommand(session));
    root.addSubcommand(new ConfigCommand(session));
    if (session.workplace().isConsole()) {
      root.addSubcommand(new ConsoleWords.Use(session));
      root.addSubcommand(new ConsoleWords.Exit(session));
    } else {
      root.addSubcommand(new ConsoleCommand(session));
      root.addSubcommand(new CompletionCommand(session));
    }
    List<OptionSpec> global = globalOptions(root);
    settle(root);
    root.getSubcommands().values().forEach(command -> takeGlobalOptions(command, global));
    return root;
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
    line.getCommandSpec().usageMessage().sortOptions(false);
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
