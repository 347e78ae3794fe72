package opd.cli.command;

import java.util.Optional;
import java.util.concurrent.Callable;
import opd.cli.session.Session;
import opd.domain.Inputs;
import opd.service.Request;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The commands that change one token.
public final class TokenCommands {
  static final String TOKEN_HELP = "Label, today's label without the date (RAO-0900-07), or id.";

  private TokenCommands() {}

  @Command(
      name = "cancel",
      description = "Cancel a token: the patient or the desk gives it up.",
      footer = {"", "Example:", "  opd cancel RAO-0900-07 --reason \"travelling\""})
  public static final class Cancel implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "TOKEN", description = TOKEN_HELP)
    String token = "";

    @Option(
        names = "--reason",
        paramLabel = "R",
        description = "Kept in the audit log, so leave names out.")
    @Nullable String reason;

    @Mixin ChangeOptions change = new ChangeOptions();

    public Cancel(Session session) {
      this.session = session;
    }

    @Override
    public Integer call() {
      Request request = change.request(session);
      var reference = session.token(token);
      return ChangeOptions.finish(
          session, session.desk().tokens().cancel(request, reference, reason));
    }
  }

  @Command(
      name = "no-show",
      description = "Say that the patient did not come.",
      footer = {"", "Example:", "  opd no-show RAO-0900-07"})
  public static final class NoShow implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "TOKEN", description = TOKEN_HELP)
    String token = "";

    @Mixin ChangeOptions change = new ChangeOptions();

    public NoShow(Session session) {
      this.session = session;
    }

    @Override
    public Integer call() {
      Request request = change.request(session);
      var reference = session.token(token);
      return ChangeOptions.finish(session, session.desk().tokens().noShow(request, reference));
    }
  }

  @Command(
      name = "complete",
      description = "Say that the patient was seen.",
      footer = {"", "Example:", "  opd complete RAO-0900-07"})
  public static final class Complete implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "TOKEN", description = TOKEN_HELP)
    String token = "";

    @Mixin ChangeOptions change = new ChangeOptions();

    public Complete(Session session) {
      this.session = session;
    }

    @Override
    public Integer call() {
      Request request = change.request(session);
      var reference = session.token(token);
      return ChangeOptions.finish(session, session.desk().tokens().complete(request, reference));
    }
  }

  @Command(
      name = "reallocate",
      description = {
        "Give a displaced token a place again.",
        "Without --to: the first place that is free without displacing anybody, in its own slot or in"
            + " the doctor's later slots of that day."
      },
      footer = {
        "",
        "Examples:",
        "  opd reallocate RAO-0900-03",
        "  opd reallocate RAO-0900-03 --to RAO-1100"
      })
  public static final class Reallocate implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "TOKEN", description = TOKEN_HELP)
    String token = "";

    @Option(
        names = "--to",
        paramLabel = "SLOT",
        description = "This slot, by the ordinary rules, displacement included.")
    @Nullable String to;

    @Option(names = "--slip", description = "Print a slip of 32 columns for the patient, too.")
    boolean slip;

    @Mixin ChangeOptions change = new ChangeOptions();

    public Reallocate(Session session) {
      this.session = session;
    }

    @Override
    public Integer call() {
      Request request = change.request(session);
      Inputs inputs = session.inputs();
      var target = Optional.ofNullable(to).map(inputs::slot);
      var answer = session.desk().reallocations().reallocate(request, session.token(token), target);
      int exit = ChangeOptions.finish(session, answer);
      if (slip) {
        SlipCommand.printFor(session, answer);
      }
      return exit;
    }
  }
}
