package opd.cli.command;

import opd.cli.session.CommandContext;
import opd.cli.session.Description;
import opd.cli.session.Given;
import picocli.CommandLine;

/// Calls one patient in, and ends nobody's turn.
public final class CallCommand {
  private final CommandContext context;
  private final Given<String> token =
      Given.optionalArgument(
          "TOKEN", "Who is called, out of turn perhaps (default: who is next in the queue).");
  private final RoomOptions options = new RoomOptions();
  private final ChangeOptions change = new ChangeOptions();

  public CallCommand(CommandContext context) {
    this.context = context;
  }

  public CommandLine line() {
    return Description.of(
            "call",
            "Call a patient in: this one, or who is next.",
            "Who was called and did not come may be called again. Nobody's turn is ended: see next.")
        .forRooms()
        .examples(
            "opd call RAO-0900-07 --room 2",
            "opd call --doctor RAO --present",
            "opd call --slot RAO-0900")
        .takes(token, options.doctor, options.slot, options.present, options.room, change.requestId)
        .quick()
        .does(this::call);
  }

  private int call() {
    if (!token.isGiven()) {
      var queue = options.queue(context);
      return change.decide(context, request -> context.desk().serving().callNext(request, queue));
    }
    if (options.present.isGiven()) {
      throw CommandContext.usage("--present goes with --doctor or --slot");
    }
    if (options.isNamed()) {
      throw CommandContext.usage("give a token, or --doctor or --slot, not both");
    }
    return change.decide(
        context,
        request ->
            context
                .desk()
                .serving()
                .call(request, context.token(token.get()), options.room.optional()));
  }
}
