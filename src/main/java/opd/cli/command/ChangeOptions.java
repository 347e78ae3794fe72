package opd.cli.command;

import opd.cli.session.Description;
import opd.cli.session.ExitStatus;
import opd.cli.session.Session;
import opd.decision.Answer;
import opd.decision.Outcome;
import opd.domain.OpdException;
import opd.service.Request;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What every changing command takes.
final class ChangeOptions {
  private static final String NAME = "--request-id";
  private static final String LABEL = "ID";
  private static final String TEXT =
      "Names this request, so that repeating it does not do it twice (default: a new id, shown in"
          + " the result).";

  @Option(names = NAME, paramLabel = LABEL, description = TEXT)
  @Nullable String requestId;

  /// Adds them to a command that has no annotations.
  Description addTo(Description command) {
    return command.value(NAME, LABEL, TEXT, value -> requestId = value);
  }

  Request request(Session session) {
    return session.request(requestId);
  }

  /// Prints the answer and gives the exit code.
  static int finish(Session session, Answer<? extends Outcome> answer) throws OpdException {
    if (!answer.isRehearsal()) {
      session.stored(answer.requestId());
    }
    session.recall().ifPresent(recall -> recall.handled(answer));
    session.printer().answer(answer);
    return ExitStatus.of(answer.outcome()).code();
  }
}
