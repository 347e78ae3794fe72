package opd.cli.command;

import opd.cli.session.CommandContext;
import opd.cli.session.Description;
import opd.cli.session.Given;
import picocli.CommandLine;

/// The commands that note who is here and who is away.
public final class ServingCommands {
  private ServingCommands() {}

  public static CommandLine arrive(CommandContext context) {
    Given<String> token = TokenCommands.token();
    ChangeOptions change = new ChangeOptions();
    return Description.of(
            "arrive", "Note that the patient is here.", "A walk-in is here from the beginning.")
        .examples("opd arrive RAO-0900-07")
        .takes(token, change.requestId)
        .quick()
        .does(() ->
            change.decide(
                context,
                request -> context.desk().serving().arrive(request, context.token(token.get()))));
  }

  public static CommandLine park(CommandContext context) {
    Given<String> token = TokenCommands.token();
    Given<String> reason =
        Given.value("--reason", "R", "Kept in the audit log, so leave names out.");
    ChangeOptions change = new ChangeOptions();
    return Description.of(
            "park",
            "Let a patient go away for a test or a payment.",
            "Place and number stay, and a call is taken back.")
        .forRooms()
        .examples("opd park RAO-0900-07 --reason \"blood test\"")
        .takes(token, reason, change.requestId)
        .quick()
        .does(() ->
            change.decide(
                context,
                request ->
                    context
                        .desk()
                        .serving()
                        .park(request, context.token(token.get()), reason.orNull())));
  }

  public static CommandLine comeBack(CommandContext context) {
    Given<String> token = TokenCommands.token();
    ChangeOptions change = new ChangeOptions();
    return Description.of("return", "Note that a patient who was away is back.")
        .forRooms()
        .examples("opd return RAO-0900-07")
        .takes(token, change.requestId)
        .quick()
        .does(() ->
            change.decide(
                context,
                request -> context.desk().serving().comeBack(request, context.token(token.get()))));
  }
}
