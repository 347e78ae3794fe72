package opd.cli;

import opd.cli.session.CommandContext;
import opd.cli.session.ConnectionNotices;
import opd.cli.session.ConsoleState;
import opd.cli.session.Description;
import opd.cli.session.Given;
import opd.store.connection.FacilityConnection;
import picocli.CommandLine;

/// Reads commands from a prompt or a pipe.
final class ConsoleCommand {
  private final CommandContext context;
  private final Given<Boolean> stopOnError =
      Given.flag(
          "--stop-on-error", "From a pipe: stop after the first command whose exit code is not 0.");

  ConsoleCommand(CommandContext context) {
    this.context = context;
  }

  CommandLine line() {
    return Description.of(
            "console",
            "The same commands on a prompt, one a line, without a new process for each; or from a"
                + " pipe.",
            "Words are quoted as in a shell; # starts a comment, ; stands between commands, a"
                + " backslash at the end goes on in the next line. Short: a allocate, c cancel,"
                + " d complete, ns no-show, q queue, r reallocate, u undo,"
                + " ar arrive, n next, p park.",
            "'use RAO-0900' chooses a slot for allocate and queue; 'last' is the token just handled,"
                + " and at a prompt #3 the third of the queue as it was last shown.",
            "At a prompt an allocate asks for what it lacks, and a refusal offers what to do instead."
                + " The lines typed are kept in console-history in OPD_HOME, readable by you alone,"
                + " without names and phone numbers; with OPD_HISTORY=on as they were typed.",
            "With -o json each command's results are followed by"
                + " {\"line\":3,\"exit\":0,\"error\":null}. The exit code is the worst of the"
                + " commands', in the order 1, 6, 5, 8, 7, 2, 4, 3, 0.")
        .examples(
            "opd console",
            "opd console < morning.opd",
            "opd console --stop-on-error -o json < morning.opd")
        .takes(stopOnError)
        .does(this::run);
  }

  private int run() {
    try (ConsoleState consoleState =
        ConsoleState.ofConsole(context.options(), new ConnectionNotices(context::progress))) {
      return context.surroundings().canAsk()
          ? atTerminal(consoleState)
          : new PipedConsole(context, consoleState, stopOnError.isGiven()).run().code();
    }
  }

  private int atTerminal(ConsoleState consoleState) {
    try (ConsoleState besides =
        ConsoleState.ofConsole(context.options(), FacilityConnection.SILENT)) {
      return new TerminalConsole(context, consoleState, besides).run().code();
    }
  }
}
