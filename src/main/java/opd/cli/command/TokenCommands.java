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

  public static CommandLine cancel(CommandContext session) {
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
          Request request = change.request(session);
          TokenReference reference = session.token(token.get());
          if (!yes.isGiven() && !isConfirmed(session, reference)) {
            session.progress("Nothing was changed.");
            return ExitStatus.BAD_INPUT.code();
          }
          return ChangeOptions.finish(
              session, session.desk().tokens().cancel(request, reference, reason.orNull()));
        });
  }

  /// At a prompt `cancel last` is typed quickly, and cannot be seen to hit another patient.
  private static boolean isConfirmed(CommandContext session, TokenReference reference) {
    if (session.workplace().person().isEmpty()) {
      return true;
    }
    QueueService.Slip slip = session.desk().queues().slip(reference);
    return switch (slip.token().token().status()) {
      case ACTIVE, DISPLACED ->
          session.confirm(
              "Cancel %s, %s?".formatted(slip.token().token().label(), slip.patient().shownName()));
      case CANCELLED, NO_SHOW, COMPLETED -> true;
    };
  }

  public static CommandLine noShow(CommandContext session) {
    return change(
        session,
        Description.of("no-show", "Say that the patient did not come.")
            .forRooms()
            .examples("opd no-show RAO-0900-07"),
        (request, token) -> session.desk().tokens().noShow(request, token));
  }

  public static CommandLine complete(CommandContext session) {
    return change(
        session,
        Description.of("complete", "Say that the patient was seen.")
            .forRooms()
            .examples("opd complete RAO-0900-07"),
        (request, token) -> session.desk().tokens().complete(request, token));
  }

  private static CommandLine change(
      CommandContext session,
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
                session, request -> change.apply(request, session.token(token.get()))));
  }

  public static CommandLine undo(CommandContext session) {
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
                session,
                request -> {
                  TokenReference reference = session.token(token.get());
                  var tokens = session.desk().tokens();
                  return dryRun.isGiven()
                      ? tokens.dryRunUndo(request, reference, reason.get())
                      : tokens.undo(request, reference, reason.get());
                }));
  }

  static Given<Boolean> dryRun() {
    return Given.flag("--dry-run", "Show what would happen; change and audit nothing.");
  }

  public static CommandLine move(CommandContext session) {
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
          Request request = change.request(session);
          var target = session.inputs().slot(to.get());
          var moves = session.desk().moves();
          TokenReference reference = session.token(token.get());
          var answer =
              dryRun.isGiven()
                  ? moves.dryRun(request, reference, target)
                  : moves.move(request, reference, target);
          int exit = ChangeOptions.finish(session, answer);
          if (slip.isGiven()) {
            SlipCommand.printFor(session, answer);
          }
          return exit;
        });
  }

  public static CommandLine reallocate(CommandContext session) {
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
          Request request = change.request(session);
          var target = to.optional().map(session.inputs()::slot);
          var answer =
              session
                  .desk()
                  .reallocations()
                  .reallocate(request, session.token(token.get()), target);
          int exit = ChangeOptions.finish(session, answer);
          if (slip.isGiven()) {
            SlipCommand.printFor(session, answer);
          }
          return exit;
        });
  }
}
