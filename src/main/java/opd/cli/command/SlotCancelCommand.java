package opd.cli.command;

import java.util.concurrent.Callable;
import opd.cli.session.ExitStatus;
import opd.cli.session.Session;
import opd.decision.Answer;
import opd.decision.Outcome;
import opd.domain.Slot;
import opd.domain.SlotReference;
import opd.service.Request;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "cancel",
    description = {
      "Cancel a slot. Its active tokens are displaced, and owed a place.",
      "On a terminal it says how many patients that concerns and asks first."
    },
    footer = {
      "",
      "Examples:",
      "  opd slot cancel RAO-0900 --reason \"doctor ill\" --move --dry-run",
      "  opd slot cancel RAO-0900 --reason \"doctor ill\" --move"
    })
public final class SlotCancelCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(paramLabel = "SLOT", description = SlotCommands.SLOT_HELP)
  String slot = "";

  @Option(
      names = "--reason",
      required = true,
      paramLabel = "R",
      description = "Kept in the audit log, so leave patients' names out.")
  String reason = "";

  @Option(
      names = "--move",
      description =
          "Give each patient, first claim first, the first free place in the doctor's later slots of"
              + " that day, and list those for whom there is none.")
  boolean move;

  @Option(names = "--dry-run", description = "Show the plan; change and audit nothing.")
  boolean dryRun;

  @Option(names = "--yes", description = "Do not ask.")
  boolean yes;

  @Mixin ChangeOptions change = new ChangeOptions();

  public SlotCancelCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    Request request = change.request(session);
    SlotReference reference = session.inputs().slot(slot);
    var changes = session.desk().slotChanges();
    if (dryRun) {
      return ChangeOptions.finish(session, changes.dryRunCancel(request, reference, reason, move));
    }
    if (!yes && !isConfirmed(reference)) {
      session.progress("Nothing was changed.");
      return ExitStatus.BAD_INPUT.code();
    }
    Answer<Outcome.SlotChange> answer =
        move
            ? changes.cancelAndMove(request, reference, reason)
            : changes.cancel(request, reference, reason);
    return ChangeOptions.finish(session, answer);
  }

  private boolean isConfirmed(SlotReference reference) {
    if (!session.surroundings().canAsk()) {
      return true;
    }
    Slot found = session.desk().slots().show(reference);
    int patients = found.counts().active();
    return !found.status().isOpen()
        || session.confirm(
            "Cancel %s, with %d %s?"
                .formatted(found.label(), patients, patients == 1 ? "patient" : "patients"));
  }
}
