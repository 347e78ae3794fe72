package opd.cli;

import java.util.List;
import picocli.CommandLine;

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
    root.addSubcommand(
        group(
            new SlotCommands.Group(),
            new SlotCommands.Open(session),
            new SlotCommands.Listing(session),
            new SlotCommands.Show(session),
            new SlotCommands.Delay(session),
            new SlotCommands.Cancel(session),
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
    root.addSubcommand(new AuditCommand(session));
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
    settle(root);
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
    // Texts of people are taken as they are: no @files, no trimming of quotes.
    line.setExpandAtFiles(false);
    line.getCommandSpec().usageMessage().sortOptions(false);
    List.copyOf(line.getSubcommands().values()).forEach(CommandTree::settle);
  }
}
