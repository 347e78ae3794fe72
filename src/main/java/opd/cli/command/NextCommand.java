package opd.cli.command;

import opd.cli.session.CommandContext;
import opd.cli.session.Description;
import opd.cli.session.Given;
import opd.decision.RoomDecision.Ending;
import picocli.CommandLine;

/// Ends the turn of a room's current patient, and calls who is next.
public final class NextCommand {
  private final CommandContext context;
  private final RoomOptions options = new RoomOptions();
  private final Given<Boolean> noShow =
      Given.flag("--no-show", "The current patient did not come (default: was seen).");
  private final Given<Boolean> park =
      Given.flag("--park", "The current patient goes away for a while, and keeps the place.");
  private final Given<Boolean> dryRun = TokenCommands.dryRun();
  private final ChangeOptions change = new ChangeOptions();

  public NextCommand(CommandContext context) {
    this.context = context;
  }

  public CommandLine line() {
    return Description.of(
            "next",
            "The room's current patient was seen: call who is next.",
            "The current patient is who was called there last. Repeating a request calls nobody twice.")
        .forRooms()
        .examples(
            "opd next --doctor RAO",
            "opd next --doctor RAO --room 2 --present",
            "opd next --slot RAO-0900 --no-show")
        .takes(options.doctor, options.slot, options.present, options.room)
        .takes(noShow, park, dryRun, change.requestId)
        .quick()
        .does(this::next);
  }

  private int next() {
    var queue = options.queue(context);
    Ending ending = ending();
    return change.decide(
        context,
        request -> {
          var serving = context.desk().serving();
          return dryRun.isGiven()
              ? serving.dryRunNext(request, queue, ending)
              : serving.next(request, queue, ending);
        });
  }

  private Ending ending() {
    if (noShow.isGiven() && park.isGiven()) {
      throw CommandContext.usage("give --no-show or --park, not both");
    }
    if (park.isGiven()) {
      return Ending.PARK;
    }
    return noShow.isGiven() ? Ending.NO_SHOW : Ending.COMPLETE;
  }
}
