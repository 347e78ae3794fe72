package opd.cli.command;

import java.util.concurrent.Callable;
import opd.cli.session.ExitStatus;
import opd.cli.session.Session;
import opd.decision.Answer;
import opd.decision.Outcome;
import opd.domain.ErrorCode;
import opd.domain.OpdException;
import opd.domain.TokenLabel;
import opd.domain.TokenReference;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "slip",
    description = "Print a token's slip of 32 columns (again).",
    footer = {"", "Example:", "  opd slip RAO-0900-07 | lp"})
public final class SlipCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(paramLabel = "TOKEN", description = TokenCommands.TOKEN_HELP)
  String token = "";

  public SlipCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    print(session, session.token(token));
    return ExitStatus.DONE.code();
  }

  /// Prints the slip of a token that was given a place just now, if it was.
  ///
  /// @throws OpdException OUTCOME_UNKNOWN when it cannot be read: never what says that nothing
  ///   happened
  static void printFor(Session session, Answer<Outcome.Allocation> answer) {
    switch (answer.outcome()) {
      case Outcome.Admitted admitted when !answer.isRehearsal() ->
          printStored(session, admitted.token().token().label());
      case Outcome.Admitted _, Outcome.Rejected _ -> {}
    }
  }

  private static void printStored(Session session, TokenLabel token) {
    try {
      print(session, new TokenReference.ByLabel(token));
    } catch (OpdException e) {
      throw new OpdException(
          ErrorCode.OUTCOME_UNKNOWN,
          "it was decided and stored, but the slip cannot be printed: " + e.getMessage(),
          "print it later with 'opd slip " + token + "'",
          e);
    }
  }

  private static void print(Session session, TokenReference token) {
    session.printer().slip(session.desk().queues().slip(token));
  }
}
