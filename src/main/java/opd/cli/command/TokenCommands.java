package opd.cli.command;

import java.util.function.BiFunction;
import opd.cli.session.CommandContext;
import opd.cli.session.Description;
import opd.cli.session.ExitStatus;
import opd.cli.session.Given;
import opd.decision.Outcome;
import opd.decision.Response;
import opd.domain.TokenReference;
import opd.service.QueueService;
import opd.service.Request;
import picocli.CommandLine;

/// The commands that change one token.
public final class TokenCommands {
  private TokenCommands() {}

  static Given<String> token() {
    return Given.argument("TOKEN", "Label, today's label without the date (RAO-0900-07), or id:9.");
  }

  public static CommandLine cancel(CommandContext context) {
    Given<String> token = token();
    Given<String> reason =
        Given.value("--reason", "R", "Kept in the audit log, so leave names out.");
    Given<Boolean> yes = Given.flag("--yes", "Do not ask.");
    ChangeOptions change = new ChangeOptions();
    return Description.of(
            "cancel",
            "Cancel a token: the patient or the desk gives it up.",
            "At a console's prompt it says whose it is and asks first.")
        .examples("opd cancel RAO-0900-07 --reason \"travelling\"")
        .takes(token, reason, yes, change.requestId)
        .quick()
        .does(() -> {
          Request request = change.request(context);
          TokenReference reference = context.token(token.get());
          if (!yes.isGiven() && !isConfirmed(context, reference)) {
            context.progress("Nothing was changed.");
            return ExitStatus.BAD_INPUT.code();
          }
          return ChangeOptions.finish(
              context, context.desk().tokens().cancel(request, reference, reason.orNull()));
        });
  }

  /// At a prompt `cancel last` is typed quickly, and cannot be seen to hit another patient.
  private static boolean isConfirmed(CommandContext context, TokenReference reference) {
    if (context.consoleState().person().isEmpty()) {
      return true;
    }
    QueueService.Slip slip = context.desk().queues().slip(reference);
    return switch (slip.token().token().status()) {
      case ACTIVE, DISPLACED ->
          context.confirm(
              "Cancel %s, %s?".formatted(slip.token().token().label(), slip.patient().shownName()));
      case CANCELLED, NO_SHOW, COMPLETED -> true;
    };
  }

  public static CommandLine noShow(CommandContext context) {
    return change(
        context,
        Description.of("no-show", "Say that the patient did not come.")
            .forRooms()
            .examples("opd no-show RAO-0900-07"),
        (request, token) -> context.desk().tokens().noShow(request, token));
  }

  public static CommandLine complete(CommandContext context) {
    return change(
        context,
        Description.of("complete", "Say that the patient was seen.")
            .forRooms()
            .examples("opd complete RAO-0900-07"),
        (request, token) -> context.desk().tokens().complete(request, token));
  }

  private static CommandLine change(
      CommandContext context,
      Description command,
      BiFunction<Request, TokenReference, Response<? extends Outcome>> change) {
    Given<String> token = token();
    ChangeOptions changeOptions = new ChangeOptions();
    return command
        .takes(token)
        .takes(changeOptions.requestId)
        .quick()
        .does(() ->
            changeOptions.decide(
                context, request -> change.apply(request, context.token(token.get()))));
  }

  public static CommandLine undo(CommandContext context) {
    Given<String> token = token();
    Given<String> reason =
        Given.required("--reason", "R", "Kept in the audit log, so leave names out.");
    Given<Boolean> dryRun = dryRun();
    ChangeOptions change = new ChangeOptions();
    return Description.of(
            "undo",
            "Take back that a token was cancelled, completed or marked as no-show.",
            "It becomes what it was, with its number, if its place is still free.")
        .examples("opd undo RAO-0900-07 --reason \"stood at the desk\"")
        .takes(token, reason, dryRun, change.requestId)
        .quick()
        .does(() ->
            change.decide(
                context,
                request -> {
                  TokenReference reference = context.token(token.get());
                  var tokens = context.desk().tokens();
                  return dryRun.isGiven()
                      ? tokens.dryRunUndo(request, reference, reason.get())
                      : tokens.undo(request, reference, reason.get());
                }));
  }

  static Given<Boolean> dryRun() {
    return Given.flag("--dry-run", "Show what would happen; change and audit nothing.");
  }

  public static CommandLine move(CommandContext context) {
    Given<String> token = token();
    Given<String> to =
        Given.required("--to", "SLOT", "This slot, by the ordinary rules, displacement included.");
    Given<Boolean> dryRun = dryRun();
    Given<Boolean> slip = SlipCommand.slipToo();
    ChangeOptions change = new ChangeOptions();
    return Description.of(
            "move",
            "Give a patient who holds a place one in another slot instead.",
            "If the rules refuse it, nothing changes. The old number is given up for good.")
        .examples(
            "opd move RAO-0900-07 --to RAO-1100", "opd move RAO-0900-07 --to RAO-1100 --dry-run")
        .takes(token, to, dryRun, slip, change.requestId)
        .quick()
        .does(() -> {
          Request request = change.request(context);
          var target = context.inputs().slot(to.get());
          var moves = context.desk().moves();
          TokenReference reference = context.token(token.get());
          var answer =
              dryRun.isGiven()
                  ? moves.dryRun(request, reference, target)
                  : moves.move(request, reference, target);
          int exit = ChangeOptions.finish(context, answer);
          if (slip.isGiven()) {
            SlipCommand.printFor(context, answer);
          }
          return exit;
        });
  }

  public static CommandLine reallocate(CommandContext context) {
    Given<String> token = token();
    Given<String> to =
        Given.value("--to", "SLOT", "This slot, by the ordinary rules, displacement included.");
    Given<Boolean> slip = SlipCommand.slipToo();
    ChangeOptions change = new ChangeOptions();
    return Description.of(
            "reallocate",
            "Give a displaced token a place again.",
            "Without --to: the first place that is free without displacing anybody, in its own slot or"
                + " in the doctor's later slots of that day.")
        .examples("opd reallocate RAO-0900-03", "opd reallocate RAO-0900-03 --to RAO-1100")
        .takes(token, to, slip, change.requestId)
        .quick()
        .does(() -> {
          Request request = change.request(context);
          var target = to.optional().map(context.inputs()::slot);
          var answer =
              context
                  .desk()
                  .reallocations()
                  .reallocate(request, context.token(token.get()), target);
          int exit = ChangeOptions.finish(context, answer);
          if (slip.isGiven()) {
            SlipCommand.printFor(context, answer);
          }
          return exit;
        });
  }
}
