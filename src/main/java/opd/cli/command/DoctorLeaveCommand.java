package opd.cli.command;

import java.time.Instant;
import java.util.Optional;
import opd.cli.session.CommandContext;
import opd.cli.session.Description;
import opd.cli.session.ExitStatus;
import opd.cli.session.Given;
import opd.decision.Outcome;
import opd.domain.ErrorCode;
import opd.domain.Inputs;
import opd.domain.OpdException;
import opd.service.AbsenceService;
import opd.service.Request;
import picocli.CommandLine;

/// Cancels the slots of a doctor who is away, and asks first where somebody can answer.
final class DoctorLeaveCommand {
  private final CommandContext context;
  private final Given<String> code = Given.argument("CODE", "The doctor's, as in labels.");
  private final Given<String> from =
      Given.value("--from", "TIME", "When the absence begins (default: now).");
  private final Given<String> until =
      Given.value("--until", "TIME", "When it ends (default: the end of that day).");
  private final Given<String> reason =
      Given.required("--reason", "R", "Kept in the audit log, so leave patients' names out.");
  private final Given<String> cover = Given.value("--cover", "CODE", "The doctor who stands in.");
  private final Given<Boolean> dryRun =
      Given.flag("--dry-run", "Show the plan; change and audit nothing.");
  private final Given<Boolean> yes = Given.flag("--yes", "Do not ask.");
  private final ChangeOptions change = new ChangeOptions();

  DoctorLeaveCommand(CommandContext context) {
    this.context = context;
  }

  CommandLine line() {
    return Description.of(
            "leave",
            "Cancel the slots of a doctor who is away, and give their patients other places.",
            "Each patient, first claim first, gets the first free place of that day: in a later slot"
                + " of the doctor, or in one of the doctor who stands in. Nobody is displaced for it."
                + " It lists whom to call. On a terminal it says how many patients that concerns and"
                + " asks first.")
        .examples(
            "opd doctor leave RAO --reason \"ill\" --cover IYER --dry-run",
            "opd doctor leave RAO --from 13:00 --until 18:00 --reason \"called to surgery\"")
        .quickIf(() -> yes.isGiven() || dryRun.isGiven() || !context.surroundings().canAsk())
        .takes(code, from, until, reason, cover, dryRun, yes, change.requestId)
        .does(this::leave);
  }

  private int leave() {
    Request request = change.request(context);
    AbsenceService.Leave leave =
        new AbsenceService.Leave(
            Inputs.doctor(code.get()),
            from.optional().map(context.inputs()::time),
            until.optional().map(this::end),
            reason.get(),
            cover.optional().map(Inputs::doctor));
    AbsenceService absences = context.desk().absences();
    if (dryRun.isGiven()) {
      return ChangeOptions.finish(context, absences.dryRunLeave(request, leave));
    }
    if (!yes.isGiven() && !isConfirmed(absences, request, leave)) {
      context.progress("Nothing was changed.");
      return ExitStatus.BAD_INPUT.code();
    }
    return ChangeOptions.finish(context, absences.leave(request, leave));
  }

  private Instant end(String text) {
    Inputs inputs = context.inputs();
    return from.isGiven() ? inputs.end(inputs.time(from.get()), text) : inputs.time(text);
  }

  private boolean isConfirmed(
      AbsenceService absences, Request request, AbsenceService.Leave leave) {
    if (!context.surroundings().canAsk()) {
      return true;
    }
    return plan(absences, request, leave)
        .map(plan -> context.confirm(question(plan, leave)))
        // Nothing would be cancelled: a repeated request is answered, any other refused.
        .orElse(true);
  }

  private static Optional<Outcome.DoctorAway> plan(
      AbsenceService absences, Request request, AbsenceService.Leave leave) {
    try {
      return Optional.of(absences.dryRunLeave(request, leave).outcome());
    } catch (OpdException e) {
      if (e.code() == ErrorCode.SLOT_NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static String question(Outcome.DoctorAway plan, AbsenceService.Leave leave) {
    int slots = plan.slots().size();
    int patients = plan.slots().stream().mapToInt(part -> part.tokens().size()).sum();
    int unplaced = plan.slots().stream().mapToInt(part -> part.unplaced().size()).sum();
    return "Cancel %d %s of %s, with %d %s, of whom %d %s no other place?"
        .formatted(
            slots,
            slots == 1 ? "slot" : "slots",
            leave.doctor(),
            patients,
            patients == 1 ? "patient" : "patients",
            unplaced,
            unplaced == 1 ? "gets" : "get");
  }
}
