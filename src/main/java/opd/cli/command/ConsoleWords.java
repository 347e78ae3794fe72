package opd.cli.command;

import java.util.List;
import opd.cli.session.CommandContext;
import opd.cli.session.Description;
import opd.cli.session.ExitStatus;
import opd.cli.session.Given;
import opd.domain.Slot;
import picocli.CommandLine;

/// The commands that only a console has.
public final class ConsoleWords {
  private static final String TOP_OF_EMPTY_SCREEN = "\u001b[H\u001b[2J";

  private ConsoleWords() {}

  public static CommandLine use(CommandContext context) {
    Given<String> slot =
        Given.optionalArgument(
            "SLOT", "Label, today's label without the date (RAO-0900), or id:12.");
    return Description.of(
            "use",
            "Choose a slot, which 'allocate', 'queue', 'call' and 'next' then take, and whose tokens go by"
                + " their number (7); without one, none.")
        .forRooms()
        .examples("use RAO-0900")
        .takes(slot)
        .does(() -> {
          // Also where there is no such slot: a number must not hit a patient of the one before.
          context.references().ifPresent(references -> references.choose(null));
          if (slot.isGiven()) {
            Slot found = context.desk().slots().show(context.inputs().slot(slot.get()));
            context.references().ifPresent(references -> references.choose(found.label()));
            context.printer().slots(List.of(found));
          }
          return ExitStatus.DONE.code();
        });
  }

  public static CommandLine clear(CommandContext context) {
    return Description.of("clear", "Clear the screen, as Ctrl-L does.")
        .does(() -> {
          if (context.surroundings().isTerminal()) {
            context.surroundings().out().print(TOP_OF_EMPTY_SCREEN);
          }
          return ExitStatus.DONE.code();
        });
  }

  public static CommandLine exit(CommandContext context) {
    return Description.of("exit", "Leave the console.")
        .forRooms()
        .does(() -> {
          context.consoleState().leave();
          return ExitStatus.DONE.code();
        });
  }
}
