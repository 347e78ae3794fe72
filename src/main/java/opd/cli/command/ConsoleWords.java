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

  public static CommandLine use(CommandContext session) {
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
          session.recall().ifPresent(recall -> recall.choose(null));
          if (slot.isGiven()) {
            Slot found = session.desk().slots().show(session.inputs().slot(slot.get()));
            session.recall().ifPresent(recall -> recall.choose(found.label()));
            session.printer().slots(List.of(found));
          }
          return ExitStatus.DONE.code();
        });
  }

  public static CommandLine clear(CommandContext session) {
    return Description.of("clear", "Clear the screen, as Ctrl-L does.")
        .does(() -> {
          if (session.surroundings().isTerminal()) {
            session.surroundings().out().print(TOP_OF_EMPTY_SCREEN);
          }
          return ExitStatus.DONE.code();
        });
  }

  public static CommandLine exit(CommandContext session) {
    return Description.of("exit", "Leave the console.")
        .forRooms()
        .does(() -> {
          session.workplace().leave();
          return ExitStatus.DONE.code();
        });
  }
}
