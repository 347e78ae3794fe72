package opd.cli.command;

import java.time.LocalDate;
import java.util.Optional;
import opd.cli.console.ConsoleReferences;
import opd.cli.session.CommandContext;
import opd.cli.session.Description;
import opd.cli.session.Given;
import opd.decision.Outcome;
import opd.decision.Response;
import opd.domain.ErrorCode;
import opd.domain.Inputs;
import opd.domain.OpdException;
import opd.domain.PatientReference;
import opd.domain.PersonName;
import opd.domain.SlotLabel;
import opd.domain.SlotReference;
import opd.domain.TokenPriority;
import opd.domain.TokenSource;
import opd.output.Listing;
import opd.service.AllocationRequest;
import opd.service.Request;
import picocli.CommandLine;

/// Gives one patient a token, or those of a whole list.
public final class AllocateCommand {
  private final CommandContext context;
  private final Given<String> slot =
      Given.value("--slot", "SLOT", "Label, today's label without the date (RAO-0900), or id:12.");
  private final Given<String> doctor =
      Given.value(
          "--doctor", "CODE", "That doctor's current or next open slot, today or on --date.");
  private final Given<String> date =
      Given.value(
          "--date",
          "DATE",
          "The day of --doctor, of a short label, or of a whole list, whose labels keep doctor and"
              + " time (default: today, or the days that a list names).");
  private final Given<String> phone =
      Given.value("--phone", "P", "The patient's number, or U-7 of somebody without one.");
  private final Given<Boolean> unknown =
      Given.flag(
          "--unknown",
          "Nobody knows the patient's number (an emergency only): 'opd patient change U-7"
              + " --new-phone P' adds it once it is found out.");
  private final Given<String> member = PatientCommands.memberOrNext();
  private final Given<String> name =
      Given.value("--name", "N", "Needed for a phone number that is not known yet.");
  private final Given<String> priority =
      Given.value("--priority", "P", "emergency, paid or follow-up.");
  private final Given<String> source =
      Given.value("--source", "S", "walk-in, online, staff or app.");
  private final Given<Boolean> orNext =
      Given.flag(
          "--or-next",
          "If the slot is full or closed, take the first later slot of the doctor on that day with"
              + " a free place.");
  private final Given<Boolean> replace =
      Given.flag(
          "--replace",
          "Give up a token that the patient already holds in the slot for the new one.");
  private final Given<String> reason =
      Given.value(
          "--reason", "R", "Why it is an emergency; kept in the audit log, so leave names out.");
  private final Given<Boolean> dryRun =
      Given.flag("--dry-run", "Show the decision; change and audit nothing.");
  private final Given<Boolean> slip = SlipCommand.slipToo();
  private final ChangeOptions change = new ChangeOptions();
  private final BatchOptions batch = new BatchOptions();

  public AllocateCommand(CommandContext context) {
    this.context = context;
  }

  public CommandLine line() {
    Description command =
        Description.of("allocate", "Give a patient a token, if the rules allow it.")
            .oneOf(slot, doctor)
            .takes(date, phone, unknown, member, name, priority, source, reason, orNext)
            .takes(replace, dryRun, slip)
            .takes(change.requestId)
            .lists(() -> batch.from.optional().map(_ -> Listing.RESULTS))
            .quickIf(() -> !batch.from.isGiven())
            .examples(
                "opd allocate --slot RAO-0900 --phone 9876543210 --name \"Asha Rao\" \\",
                "    --priority follow-up --source walk-in",
                "opd allocate --doctor RAO --or-next --phone 9876543210 --priority emergency \\",
                "    --source staff --dry-run",
                "opd allocate --slot RAO-0900 --unknown --name \"Unknown male 40\" \\",
                "    --priority emergency --source staff",
                "opd allocate --from prebooked.csv -o json",
                "opd allocate --from monday.csv --date 2026-12-07");
    return batch.addTo(command).does(this::allocate);
  }

  private int allocate() {
    return batch.from.isGiven() ? allocateList() : allocateOne();
  }

  private int allocateList() {
    Given.firstGiven(
            slot,
            doctor,
            phone,
            unknown,
            member,
            name,
            priority,
            source,
            orNext,
            replace,
            reason,
            dryRun,
            slip,
            change.requestId)
        .ifPresent(option -> {
          throw CommandContext.usage(option + " is for one patient: it does not go with --from");
        });
    return new BatchIntake(context, batch, date).run(batch.from.get());
  }

  private int allocateOne() {
    Given.firstGiven(batch.format, batch.strict, batch.batchId)
        .ifPresent(option -> {
          throw CommandContext.usage(option + " is for a list: it goes with --from");
        });
    Request request = change.request(context);
    TokenPriority asked =
        Inputs.choice(TokenPriority.class, "priority", given("--priority", priority));
    AllocationRequest wanted =
        new AllocationRequest(
            place(),
            patient(asked),
            name.optional().map(PersonName::new),
            asked,
            Inputs.choice(TokenSource.class, "source", given("--source", source)),
            replace.isGiven(),
            orNext.isGiven(),
            reason.optional());
    var allocations = context.desk().allocations();
    Response<Outcome.Allocation> answer =
        dryRun.isGiven()
            ? allocations.dryRun(request, wanted)
            : allocations.allocate(request, wanted);
    int exit = ChangeOptions.finish(context, answer);
    if (slip.isGiven()) {
      SlipCommand.printFor(context, answer);
    }
    return exit;
  }

  private PatientReference patient(TokenPriority asked) {
    if (!unknown.isGiven()) {
      if (!phone.isGiven() && asked == TokenPriority.EMERGENCY) {
        throw new OpdException(
            ErrorCode.USAGE,
            "missing required option --phone",
            "where nobody knows the number of an emergency, give --unknown in its place");
      }
      return PatientCommands.reference(context, given("--phone", phone), member);
    }
    if (phone.isGiven() || member.isGiven()) {
      throw CommandContext.usage("give either --unknown or --phone");
    }
    if (asked != TokenPriority.EMERGENCY) {
      throw new OpdException(
          ErrorCode.USAGE,
          "--unknown is for an emergency only",
          "a patient who can wait can be asked for a phone number");
    }
    return new PatientReference.Unknown();
  }

  private AllocationRequest.Place place() {
    if (slot.isGiven()) {
      return new AllocationRequest.Place.InSlot(
          day()
              .map(day -> context.inputs().slotOn(day, slot.get()))
              .orElseGet(() -> context.inputs().slot(slot.get())));
    }
    if (doctor.isGiven()) {
      return new AllocationRequest.Place.WithDoctor(Inputs.doctor(doctor.get()), day());
    }
    if (date.isGiven()) {
      throw CommandContext.usage("--date goes with --slot or --doctor");
    }
    Optional<SlotLabel> chosen = context.references().flatMap(ConsoleReferences::chosenSlot);
    if (chosen.isPresent()) {
      return new AllocationRequest.Place.InSlot(new SlotReference.ByLabel(chosen.get()));
    }
    throw CommandContext.usage("give --slot or --doctor (or --from with a list)");
  }

  private Optional<LocalDate> day() {
    return date.optional().map(text -> context.inputs().date(text));
  }

  /// Needed for one patient, but not for a list.
  private static String given(String option, Given<String> given) {
    return given
        .optional()
        .orElseThrow(() -> CommandContext.usage("missing required option " + option));
  }
}
