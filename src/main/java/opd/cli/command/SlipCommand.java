package opd.cli.command;

import opd.cli.session.CommandContext;
import opd.cli.session.Description;
import opd.cli.session.ExitStatus;
import opd.cli.session.Given;
import opd.decision.Outcome;
import opd.decision.Response;
import opd.domain.ErrorCode;
import opd.domain.OpdException;
import opd.domain.TokenLabel;
import opd.domain.TokenReference;
import picocli.CommandLine;

/// A token on paper, for the patient.
public final class SlipCommand {
  private SlipCommand() {}

  public static CommandLine line(CommandContext context) {
    Given<String> token = TokenCommands.token();
    return Description.of("slip", "Print a token's slip of 32 columns (again).")
        .examples("opd slip RAO-0900-07 | lp")
        .takes(token)
        .quick()
        .does(() -> {
          print(context, context.token(token.get()));
          return ExitStatus.DONE.code();
        });
  }

  /// The option of a command that gives a place.
  static Given<Boolean> slipToo() {
    return Given.flag("--slip", "Print a slip of 32 columns for the patient, too.");
  }

  /// Prints the slip of a token that was given a place just now, if it was.
  ///
  /// @throws OpdException OUTCOME_UNKNOWN when it cannot be read: never what says that nothing
  ///   happened
  static void printFor(CommandContext context, Response<Outcome.Allocation> answer) {
    switch (answer.outcome()) {
      case Outcome.Admitted admitted when !answer.isDryRun() ->
          printStored(context, admitted.token().token().label());
      case Outcome.Admitted _, Outcome.Rejected _ -> {}
    }
  }

  private static void printStored(CommandContext context, TokenLabel token) {
    try {
      print(context, new TokenReference.ByLabel(token));
    } catch (OpdException e) {
      throw new OpdException(
          ErrorCode.OUTCOME_UNKNOWN,
          "it was decided and stored, but the slip cannot be printed: " + e.getMessage(),
          "print it later with 'opd slip " + token + "'",
          e);
    }
  }

  private static void print(CommandContext context, TokenReference token) {
    context.printer().slip(context.desk().queues().slip(token));
  }
}
