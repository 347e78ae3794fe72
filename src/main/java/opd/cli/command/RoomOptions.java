package opd.cli.command;

import java.util.Optional;
import opd.cli.console.ConsoleReferences;
import opd.cli.session.CommandContext;
import opd.cli.session.Given;
import opd.domain.Inputs;
import opd.domain.SlotReference;
import opd.service.ServingService.Queue;

/// Whose queue the next patient comes from, and where the patient is called to.
final class RoomOptions {
  final Given<String> doctor =
      Given.value("--doctor", "CODE", "The doctor's earliest slot of today with somebody to call.");
  final Given<String> slot = Given.value("--slot", "SLOT", "This slot's queue.");
  final Given<Boolean> present = Given.flag("--present", "Only patients who have arrived.");
  final Given<String> room =
      Given.value("--room", "R", "Shown on the board; each room has its own current patient.");

  boolean isNamed() {
    return doctor.isGiven() || slot.isGiven();
  }

  /// The queue that is meant: in a console without either option, that of the chosen slot.
  Queue queue(CommandContext context) {
    if (doctor.isGiven() && slot.isGiven()) {
      throw CommandContext.usage("give --doctor or --slot, not both");
    }
    return new Queue(place(context), present.isGiven(), room.optional());
  }

  private Queue.Place place(CommandContext context) {
    if (doctor.isGiven()) {
      return new Queue.Place.OfDoctor(Inputs.doctor(doctor.get()));
    }
    Optional<SlotReference> chosen =
        slot.isGiven()
            ? Optional.of(context.inputs().slot(slot.get()))
            : context
                .references()
                .flatMap(ConsoleReferences::chosenSlot)
                .map(SlotReference.ByLabel::new);
    return new Queue.Place.OfSlot(
        chosen.orElseThrow(() -> CommandContext.usage("give --doctor or --slot")));
  }
}
