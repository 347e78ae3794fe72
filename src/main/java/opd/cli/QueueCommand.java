package opd.cli;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import opd.console.Recall;
import opd.domain.Inputs;
import opd.domain.SlotReference;
import opd.service.QueueService.SlotQueue;
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
    List<SlotQueue> queues = queues();
    session.recall().ifPresent(recall -> recall.shown(queues));
    session.printer().queues(queues);
    return ExitStatus.DONE.code();
  }

  private List<SlotQueue> queues() {
    var service = session.desk().queues();
    Optional<SlotReference> one = slot();
    if (one.isPresent()) {
      return List.of(service.show(one.get(), all));
    }
    Inputs.Day day = session.inputs().day(date);
    return service.list(Optional.ofNullable(doctor).map(Inputs::doctor), day.from(), day.to(), all);
  }

  private Optional<SlotReference> slot() {
    if (slot != null) {
      return Optional.of(session.inputs().slot(slot));
    }
    boolean isForDay = doctor != null || date != null;
    return isForDay
        ? Optional.empty()
        : session.recall().flatMap(Recall::chosenSlot).map(SlotReference.ByLabel::new);
  }
}
