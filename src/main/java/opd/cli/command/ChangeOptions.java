package opd.cli.command;

import java.util.function.Function;
import opd.cli.session.CommandContext;
import opd.cli.session.ExitStatus;
import opd.cli.session.Given;
import opd.decision.Outcome;
import opd.decision.Response;
import opd.service.Request;

/// What every changing command takes, and how it is carried out.
final class ChangeOptions {
  final Given<String> requestId =
      Given.value(
          "--request-id",
          "ID",
          "Names this request, so that repeating it does not do it twice (default: a new id, shown in"
              + " the result).");

  /// Has the request decided, prints the answer and gives the exit code.
  int decide(CommandContext context, Function<Request, Response<? extends Outcome>> decision) {
    return finish(context, decision.apply(request(context)));
  }

  Request request(CommandContext context) {
    return context.request(requestId.orNull());
  }

  /// Prints the answer and gives the exit code.
  static int finish(CommandContext context, Response<? extends Outcome> answer) {
    if (!answer.isDryRun()) {
      context.stored(answer.requestId());
    }
    context.answered(answer);
    context.references().ifPresent(references -> references.handled(answer));
    context.printer().answer(answer);
    return ExitStatus.of(answer.outcome()).code();
  }
}
