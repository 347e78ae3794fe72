package opd.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import opd.console.Recall;
import opd.domain.Inputs;
import opd.domain.PatientKey;
import opd.domain.PersonName;
import opd.domain.SlotLabel;
import opd.domain.SlotReference;
import opd.domain.TokenPriority;
import opd.domain.TokenSource;
import opd.outcome.Answer;
import opd.outcome.Outcome;
import opd.service.AllocationRequest;
import opd.service.Request;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "allocate",
    description = "Give a patient a token, if the rules allow it.",
    footer = {
      "",
      "Examples:",
      "  opd allocate --slot RAO-0900 --phone 9876543210 --name \"Asha Rao\" \\",
      "      --priority follow-up --source walk-in",
      "  opd allocate --doctor RAO --or-next --phone 9876543210 --priority emergency \\",
      "      --source staff --dry-run",
      "  opd allocate --from prebooked.csv -o json"
    })
final class AllocateCommand implements Callable<Integer> {
  private final Session session;

  static final class Place {
    @Option(
        names = "--slot",
        required = true,
        paramLabel = "SLOT",
        description = "Label, today's label without the date (RAO-0900), or id.")
    @Nullable String slot;

    @Option(
        names = "--doctor",
        required = true,
        paramLabel = "CODE",
        description = "That doctor's current or next open slot today.")
    @Nullable String doctor;
  }

  @ArgGroup @Nullable Place place;

  @Option(names = "--phone", paramLabel = "P", description = "The patient's number.")
  @Nullable String phone;

  @Option(
      names = "--member",
      paramLabel = "N",
      defaultValue = "1",
      description = "Tells apart the people who share a phone (default: 1).")
  String member = "1";

  @Option(
      names = "--name",
      paramLabel = "N",
      description = "Needed for a phone number that is not known yet.")
  @Nullable String name;

  @Option(names = "--priority", paramLabel = "P", description = "emergency, paid or follow-up.")
  @Nullable String priority;

  @Option(names = "--source", paramLabel = "S", description = "walk-in, online, staff or app.")
  @Nullable String source;

  @Option(
      names = "--or-next",
      description =
          "If the slot is full or closed, take the first later slot of the doctor on that day with a"
              + " free place.")
  boolean orNext;

  @Option(
      names = "--replace",
      description = "Give up a token that the patient already holds in the slot for the new one.")
  boolean replace;

  @Option(names = "--dry-run", description = "Show the decision; change and audit nothing.")
  boolean dryRun;

  @Option(names = "--slip", description = "Print a slip of 32 columns for the patient, too.")
  boolean slip;

  @Mixin ChangeOptions change = new ChangeOptions();

  @ArgGroup(exclusive = false, heading = "%nA whole list at once:%n")
  BatchOptions batch = new BatchOptions();

  AllocateCommand(Session session) {
    this.session = session;
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
                Inputs.number("--member", member, 1, PatientKey.MOST_MEMBERS)),
            Optional.ofNullable(name).map(PersonName::new),
            Inputs.choice(TokenPriority.class, "priority", given("--priority", priority)),
            Inputs.choice(TokenSource.class, "source", given("--source", source)),
            replace,
            orNext);
    var allocations = session.desk().allocations();
    Answer<Outcome.Allocation> answer =
        dryRun ? allocations.rehearse(request, wish) : allocations.allocate(request, wish);
    int exit = ChangeOptions.finish(session, answer);
    if (slip) {
      SlipCommand.printFor(session, answer);
    }
    return exit;
  }

  private AllocationRequest.Place place() {
    if (place != null && place.slot != null) {
      return new AllocationRequest.Place.InSlot(session.inputs().slot(place.slot));
    }
    if (place != null && place.doctor != null) {
      return new AllocationRequest.Place.WithDoctor(Inputs.doctor(place.doctor));
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
