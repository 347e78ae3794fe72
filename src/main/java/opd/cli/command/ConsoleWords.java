package opd.cli.command;

import java.util.List;
import java.util.concurrent.Callable;
import opd.cli.session.ExitStatus;
import opd.cli.session.Session;
import opd.domain.Slot;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// The commands that only a console has.
public final class ConsoleWords {
  private ConsoleWords() {}

  @Command(
      name = "use",
      description = "Choose a slot, which 'allocate' and 'queue' then take; without one, none.",
      footer = {"", "Example:", "  use RAO-0900"})
  public static final class Use implements Callable<Integer> {
    private final Session session;

    @Parameters(
        paramLabel = "SLOT",
        arity = "0..1",
        description = "Label, today's label without the date (RAO-0900), or id.")
    @Nullable String slot;

    public Use(Session session) {
      this.session = session;
    }

    @Override
    public Integer call() {
      if (slot == null) {
        session.recall().ifPresent(recall -> recall.choose(null));
      } else {
        Slot found = session.desk().slots().show(session.inputs().slot(slot));
        session.recall().ifPresent(recall -> recall.choose(found.label()));
        session.printer().slots(List.of(found));
      }
      return ExitStatus.DONE.code();
    }
  }

  @Command(name = "exit", description = "Leave the console.")
  public static final class Exit implements Callable<Integer> {
    private final Session session;

    public Exit(Session session) {
      this.session = session;
    }

    @Override
    public Integer call() {
      session.workplace().leave();
      return ExitStatus.DONE.code();
    }
  }
}
