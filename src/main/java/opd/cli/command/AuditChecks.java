package opd.cli.command;

import java.util.Optional;
import java.util.concurrent.Callable;
import opd.cli.session.ExitStatus;
import opd.cli.session.Session;
import opd.domain.Inputs;
import opd.output.json.SealWriter;
import opd.service.VerificationService.Verified;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// What is found out from the log: why, and whether it is whole.
public final class AuditChecks {
  private AuditChecks() {}

  @Command(
      name = "explain",
      description = "Tell the story of a token in plain sentences.",
      footer = {
        "",
        "Examples:",
        "  opd audit explain RAO-0900-02",
        "  opd audit explain 7 -o json"
      })
  public static final class Explain implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "TOKEN", description = "Its label or id.")
    String token = "";

    public Explain(Session session) {
      this.session = session;
    }

    @Override
    public Integer call() {
      var reference = session.token(token);
      session.printer().explanation(session.desk().audit().explain(reference));
      return ExitStatus.DONE.code();
    }
  }

  @Command(
      name = "verify",
      description = {
        "Check that the log is whole and that everything is what it tells.",
        "From the log alone every decision is made again by the rules, and every slot, token, patient,"
            + " doctor, counter and stored outcome is rebuilt and compared, both ways; every hash is"
            + " computed again. Exit 0 when all is well, 7 with each difference when it is not.",
        "With --seal also: that everything which was sealed is still there, unchanged."
      },
      footer = {
        "",
        "Examples:",
        "  opd audit verify",
        "  opd audit verify --slot RAO-0900",
        "  opd audit verify --seal seal-2026-11-22.json"
      })
  public static final class Verify implements Callable<Integer> {
    private final Session session;

    @Option(
        names = "--slot",
        paramLabel = "S",
        description = "Only this slot, its tokens and their decisions.")
    @Nullable String slot;

    @Option(
        names = "--seal",
        paramLabel = "FILE",
        description = "A seal that 'opd audit seal' printed.")
    @Nullable String seal;

    public Verify(Session session) {
      this.session = session;
    }

    @Override
    public Integer call() {
      var reference = Optional.ofNullable(slot).map(text -> session.inputs().slot(text));
      Verified verified =
          session
              .desk()
              .verification()
              .verify(reference, Optional.ofNullable(seal).map(Inputs::file), this::progress);
      clearProgress();
      session.printer().verified(verified);
      return (verified.isWhole() ? ExitStatus.DONE : ExitStatus.CHECK_FAILED).code();
    }

    private void progress(long entries) {
      if (session.surroundings().isTerminal()) {
        session.surroundings().err().print("\r%,d entries read".formatted(entries));
        session.surroundings().err().flush();
      }
    }

    private void clearProgress() {
      if (session.surroundings().isTerminal()) {
        session.surroundings().err().print("\r\033[K");
        session.surroundings().err().flush();
      }
    }
  }

  @Command(
      name = "seal",
      description = {
        "Print a seal of the log: the last hash of each chain, and a digest over them.",
        "Keep the file, or at least its digest, where who can write the database cannot: on paper, with"
            + " an auditor, in a mail to somebody outside.",
        "It protects against: whoever rewrites the log later, all hashes included, or removes entries"
            + " together with what they tell of: 'audit verify --seal FILE' then shows it.",
        "It does not protect against: what was wrong before it was made, entries added since the last"
            + " seal, and a seal kept where it can be replaced. So seal often, such as every evening."
      },
      footer = {
        "",
        "Examples:",
        "  opd audit seal > seal-2026-11-22.json",
        "  opd audit verify --seal seal-2026-11-22.json"
      })
  public static final class MakeSeal implements Callable<Integer> {
    private final Session session;

    public MakeSeal(Session session) {
      this.session = session;
    }

    @Override
    public Integer call() {
      session.desk().verification().seal(new SealWriter(session.surroundings().out()));
      return ExitStatus.DONE.code();
    }
  }
}
