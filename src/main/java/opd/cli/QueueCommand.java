package opd.cli;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import opd.domain.Inputs;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "queue",
    description = "Show who is to be seen in which order.",
    footer = {
      "",
      "Examples:",
      "  opd queue RAO-0900",
      "  opd queue --doctor RAO --all",
      "  opd queue --date tomorrow"
    })
final class QueueCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(
      paramLabel = "SLOT",
      arity = "0..1",
      description = "One slot's queue (default: all slots of the day).")
  @Nullable String slot;

  @Option(names = "--doctor", paramLabel = "CODE", description = "One doctor's slots of the day.")
  @Nullable String doctor;

  @Option(names = "--date", paramLabel = "DATE", description = "Which day (default: today).")
  @Nullable String date;

  @Option(names = "--all", description = "Every token with its status, by number.")
  boolean all;

  QueueCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    if (slot != null && (doctor != null || date != null)) {
      throw Session.usage("give a slot, or --doctor and --date, not both");
    }
    var queues = session.desk().queues();
    if (slot != null) {
      session.printer().queues(List.of(queues.show(session.inputs().slot(slot), all)));
    } else {
      SlotCommands.Day day = SlotCommands.Day.of(session.inputs(), date);
      var code = Optional.ofNullable(doctor).map(Inputs::doctor);
      session.printer().queues(queues.list(code, day.from(), day.to(), all));
    }
    return ExitStatus.DONE.code();
  }
}
