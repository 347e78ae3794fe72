package opd.cli.command;

import opd.cli.session.CommandContext;
import opd.cli.session.Description;
import opd.cli.session.ExitStatus;
import opd.cli.session.Given;
import opd.decision.Outcome;
import opd.decision.Response;
import opd.domain.Slot;
import opd.domain.SlotReference;
import opd.service.Request;
import picocli.CommandLine;

/// Cancels a slot, and asks first where somebody can answer.
final class SlotCancelCommand {
  private final CommandContext context;
  private final Given<String> slot = SlotCommands.slot();
  private final Given<String> reason =
      Given.required("--reason", "R", "Kept in the audit log, so leave patients' names out.");
  private final Given<Boolean> move =
      Given.flag(
          "--move",
          "Give each patient, first claim first, the first free place in the doctor's later slots of"
              + " that day, and list those for whom there is none.");
  private final Given<Boolean> dryRun =
      Given.flag("--dry-run", "Show the plan; change and audit nothing.");
  private final Given<Boolean> yes = Given.flag("--yes", "Do not ask.");
  private final ChangeOptions change = new ChangeOptions();

  SlotCancelCommand(CommandContext context) {
    this.context = context;
  }

  CommandLine line() {
    return Description.of(
            "cancel",
            "Cancel a slot. Its active tokens are displaced, and owed a place.",
            "On a terminal it says how many patients that concerns and asks first.")
        .examples(
            "opd slot cancel RAO-0900 --reason \"doctor ill\" --move --dry-run",
            "opd slot cancel RAO-0900 --reason \"doctor ill\" --move")
        .quickIf(() -> yes.isGiven() || dryRun.isGiven() || !context.surroundings().canAsk())
        .takes(slot, reason, move, dryRun, yes, change.requestId)
        .does(this::cancel);
  }

  private int cancel() {
    Request request = change.request(context);
    SlotReference reference = context.inputs().slot(slot.get());
    var changes = context.desk().slotChanges();
    if (dryRun.isGiven()) {
      return ChangeOptions.finish(
          context, changes.dryRunCancel(request, reference, reason.get(), move.isGiven()));
    }
    if (!yes.isGiven() && !isConfirmed(reference)) {
      context.progress("Nothing was changed.");
      return ExitStatus.BAD_INPUT.code();
    }
    Response<Outcome.SlotChange> answer =
        move.isGiven()
            ? changes.cancelAndMove(request, reference, reason.get())
            : changes.cancel(request, reference, reason.get());
    return ChangeOptions.finish(context, answer);
  }

  private boolean isConfirmed(SlotReference reference) {
    if (!context.surroundings().canAsk()) {
      return true;
    }
    Slot found = context.desk().slots().show(reference);
    int patients = found.counts().active();
    return !found.status().isOpen()
        || context.confirm(
            "Cancel %s, with %d %s?"
                .formatted(found.label(), patients, patients == 1 ? "patient" : "patients"));
  }
}
