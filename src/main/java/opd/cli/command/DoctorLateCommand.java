package opd.cli.command;

import opd.cli.session.CommandContext;
import opd.cli.session.Description;
import opd.cli.session.Given;
import opd.domain.Inputs;
import opd.domain.Slot;
import picocli.CommandLine;

/// Delays all slots that a doctor still has on that day.
final class DoctorLateCommand {
  private final CommandContext context;
  private final Given<String> code = Given.argument("CODE", "The doctor's, as in labels.");
  private final Given<String> minutes =
      Given.required("--minutes", "N", "0 to " + Slot.MOST_DELAY_MINUTES + ".");
  private final Given<String> from =
      Given.value("--from", "TIME", "Leave slots as they are that end before (default: now).");
  private final ChangeOptions change = new ChangeOptions();

  DoctorLateCommand(CommandContext context) {
    this.context = context;
  }

  CommandLine line() {
    return Description.of(
            "late",
            "Say how late a doctor is, for all of the day's slots that have not ended.",
            "The minutes replace what was said before; 0 puts the slots back on schedule.")
        .examples("opd doctor late RAO --minutes 20")
        .takes(code, minutes, from, change.requestId)
        .quick()
        .does(() ->
            change.decide(
                context,
                request ->
                    context
                        .desk()
                        .absences()
                        .late(
                            request,
                            Inputs.doctor(code.get()),
                            Inputs.number("--minutes", minutes.get(), 0, Slot.MOST_DELAY_MINUTES),
                            from.optional().map(context.inputs()::time))));
  }
}
