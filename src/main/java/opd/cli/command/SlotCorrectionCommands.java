package opd.cli.command;

import java.time.Duration;
import opd.cli.session.CommandContext;
import opd.cli.session.Description;
import opd.cli.session.Given;
import opd.decision.Outcome;
import opd.decision.Response;
import opd.domain.Inputs;
import opd.domain.Slot;
import opd.service.Request;
import opd.service.SlotCorrectionService;
import picocli.CommandLine;

/// The commands that mend a slot.
final class SlotCorrectionCommands {
  private static final int MOST_MINUTES = 24 * 60;

  private final CommandContext context;
  private final Given<String> slot = SlotCommands.slot();
  private final Given<String> capacity =
      Given.value("--capacity", "N", "How many patients, 1 to " + Slot.MOST_CAPACITY + ".");
  private final Given<String> end = Given.value("--end", "TIME", "When it ends.");
  private final Given<String> minutes = Given.value("--minutes", "N", "How long it is.");
  private final Given<Boolean> displace =
      Given.flag(
          "--displace",
          "If more tokens are active than there are to be places, the last of them lose theirs.");
  private final Given<String> reason =
      Given.required("--reason", "R", "Kept in the audit log, so leave patients' names out.");
  private final Given<Boolean> dryRun = TokenCommands.dryRun();
  private final ChangeOptions options = new ChangeOptions();

  SlotCorrectionCommands(CommandContext context) {
    this.context = context;
  }

  CommandLine change() {
    return Description.of("change", "Give a slot another capacity, another end, or both.")
        .examples(
            "opd slot change RAO-0900 --capacity 20",
            "opd slot change RAO-0900 --capacity 5 --displace --dry-run")
        .takes(slot, capacity)
        .oneOf(end, minutes)
        .takes(displace, dryRun, options.requestId)
        .quick()
        .does(() -> options.decide(context, this::change));
  }

  private Response<Outcome.SlotChange> change(Request request) {
    if (!capacity.isGiven() && !end.isGiven() && !minutes.isGiven()) {
      throw CommandContext.usage("give --capacity, --end or --minutes");
    }
    var reference = context.inputs().slot(slot.get());
    var terms =
        new SlotCorrectionService.Terms(
            capacity
                .optional()
                .map(text -> Inputs.number("--capacity", text, 1, Slot.MOST_CAPACITY)),
            end.optional().map(text -> start -> context.inputs().end(start, text)),
            minutes
                .optional()
                .map(text -> Duration.ofMinutes(Inputs.number("--minutes", text, 1, MOST_MINUTES))),
            displace.isGiven());
    var corrections = context.desk().slotCorrections();
    return dryRun.isGiven()
        ? corrections.dryRunChange(request, reference, terms)
        : corrections.change(request, reference, terms);
  }

  CommandLine reopen() {
    return Description.of(
            "reopen",
            "Open a slot again that was cancelled or completed by mistake.",
            "The patients whom that cost their places have them again, with their numbers.")
        .examples("opd slot reopen RAO-0900 --reason \"the doctor came after all\"")
        .takes(slot, reason, dryRun, options.requestId)
        .quick()
        .does(() -> options.decide(context, this::reopen));
  }

  private Response<Outcome.SlotChange> reopen(Request request) {
    var reference = context.inputs().slot(slot.get());
    var corrections = context.desk().slotCorrections();
    return dryRun.isGiven()
        ? corrections.dryRunReopen(request, reference, reason.get())
        : corrections.reopen(request, reference, reason.get());
  }
}
