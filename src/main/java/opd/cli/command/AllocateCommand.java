package opd.cli.command;

import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import opd.cli.console.Recall;
import opd.cli.session.Description;
import opd.cli.session.Session;
import opd.decision.Answer;
import opd.decision.Outcome;
import opd.domain.Inputs;
import opd.domain.PatientKey;
import opd.domain.PersonName;
import opd.domain.SlotLabel;
import opd.domain.SlotReference;
import opd.domain.TokenPriority;
import opd.domain.TokenSource;
import opd.service.AllocationRequest;
import opd.service.Request;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

public final class AllocateCommand implements Callable<Integer> {
  private static final String FIRST_MEMBER = "1";

  private final Session session;
  private final ChangeOptions change = new ChangeOptions();
  private final BatchOptions batch = new BatchOptions();
  private @Nullable String slot;
  private @Nullable String doctor;
  private @Nullable String phone;
  private @Nullable String member;
  private @Nullable String name;
  private @Nullable String priority;
  private @Nullable String source;
  private boolean orNext;
  private boolean replace;
  private boolean dryRun;
  private boolean slip;

  private AllocateCommand(Session session) {
    this.session = session;
  }

  public static CommandLine line(Session session) {
    AllocateCommand command = new AllocateCommand(session);
    return command.batch.addTo(command.change.addTo(command.description())).line();
  }

  private Description description() {
    return Description.of("allocate", this, "Give a patient a token, if the rules allow it.")
        .oneOf(
            Description.aValue(
                "--slot",
                "SLOT",
                "Label, today's label without the date (RAO-0900), or id.",
                value -> slot = value),
            Description.aValue(
                "--doctor",
                "CODE",
                "That doctor's current or next open slot today.",
                value -> doctor = value))
        .value("--phone", "P", "The patient's number.", value -> phone = value)
        .value(
            "--member",
            "N",
            "Tells apart the people who share a phone (default: 1).",
            value -> member = value)
        .value(
            "--name",
            "N",
            "Needed for a phone number that is not known yet.",
            value -> name = value)
        .value("--priority", "P", "emergency, paid or follow-up.", value -> priority = value)
        .value("--source", "S", "walk-in, online, staff or app.", value -> source = value)
        .flag(
            "--or-next",
            "If the slot is full or closed, take the first later slot of the doctor on that day with"
                + " a free place.",
            isGiven -> orNext = isGiven)
        .flag(
            "--replace",
            "Give up a token that the patient already holds in the slot for the new one.",
            isGiven -> replace = isGiven)
        .flag(
            "--dry-run",
            "Show the decision; change and audit nothing.",
            isGiven -> dryRun = isGiven)
        .flag(
            "--slip", "Print a slip of 32 columns for the patient, too.", isGiven -> slip = isGiven)
        .examples(
            "opd allocate --slot RAO-0900 --phone 9876543210 --name \"Asha Rao\" \\",
            "    --priority follow-up --source walk-in",
            "opd allocate --doctor RAO --or-next --phone 9876543210 --priority emergency \\",
            "    --source staff --dry-run",
            "opd allocate --from prebooked.csv -o json");
  }

  @Override
  public Integer call() {
    if (batch.from != null) {
      return new BatchIntake(session, batch).run(batch.from);
    }
    Request request = change.request(session);
    AllocationRequest wish =
        new AllocationRequest(
            place(),
            new PatientKey(
                session.phone(given("--phone", phone)),
                Inputs.number(
                    "--member",
                    Objects.requireNonNullElse(member, FIRST_MEMBER),
                    1,
                    PatientKey.MOST_MEMBERS)),
            Optional.ofNullable(name).map(PersonName::new),
            Inputs.choice(TokenPriority.class, "priority", given("--priority", priority)),
            Inputs.choice(TokenSource.class, "source", given("--source", source)),
            replace,
            orNext);
    var allocations = session.desk().allocations();
    Answer<Outcome.Allocation> answer =
        dryRun ? allocations.dryRun(request, wish) : allocations.allocate(request, wish);
    int exit = ChangeOptions.finish(session, answer);
    if (slip) {
      SlipCommand.printFor(session, answer);
    }
    return exit;
  }

  private AllocationRequest.Place place() {
    if (slot != null) {
      return new AllocationRequest.Place.InSlot(session.inputs().slot(slot));
    }
    if (doctor != null) {
      return new AllocationRequest.Place.WithDoctor(Inputs.doctor(doctor));
    }
    Optional<SlotLabel> chosen = session.recall().flatMap(Recall::chosenSlot);
    if (chosen.isPresent()) {
      return new AllocationRequest.Place.InSlot(new SlotReference.ByLabel(chosen.get()));
    }
    throw Session.usage("give --slot or --doctor (or --from with a list)");
  }

  private static String given(String option, @Nullable String value) {
    if (value == null) {
      throw Session.usage("missing required option " + option);
    }
    return value;
  }
}
