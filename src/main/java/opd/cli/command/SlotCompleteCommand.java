package opd.cli.command;

import opd.cli.session.CommandContext;
import opd.cli.session.Description;
import opd.cli.session.ExitStatus;
import opd.cli.session.Given;
import opd.domain.Slot;
import opd.domain.SlotReference;
import opd.service.Request;
import picocli.CommandLine;

/// Completes a slot, and asks first where somebody can answer and patients wait in it.
final class SlotCompleteCommand {
  private final CommandContext context;
  private final Given<String> slot = SlotCommands.slot();
  private final Given<Boolean> yes = Given.flag("--yes", "Do not ask.");
  private final ChangeOptions change = new ChangeOptions();

  SlotCompleteCommand(CommandContext context) {
    this.context = context;
  }

  CommandLine line() {
    return Description.of(
            "complete",
            "Close a slot that has taken place. Its active tokens are completed.",
            "On a terminal it asks first while tokens are active.")
        .examples("opd slot complete RAO-0900")
        .quickIf(() -> yes.isGiven() || !context.surroundings().canAsk())
        .takes(slot, yes, change.requestId)
        .does(this::complete);
  }

  private int complete() {
    Request request = change.request(context);
    SlotReference reference = context.inputs().slot(slot.get());
    if (!yes.isGiven() && !isConfirmed(reference)) {
      context.progress("Nothing was changed.");
      return ExitStatus.BAD_INPUT.code();
    }
    return ChangeOptions.finish(context, context.desk().slotChanges().complete(request, reference));
  }

  private boolean isConfirmed(SlotReference reference) {
    if (!context.surroundings().canAsk()) {
      return true;
    }
    Slot found = context.desk().slots().show(reference);
    int patients = found.counts().active();
    return !found.status().isOpen()
        || patients == 0
        || context.confirm(
            "Complete %s, with %d %s?"
                .formatted(
                    found.label(),
                    patients,
                    patients == 1 ? "patient who waits" : "patients who wait"));
  }
}
