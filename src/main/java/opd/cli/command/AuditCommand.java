package opd.cli.command;

import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import opd.cli.session.ExitStatus;
import opd.cli.session.Session;
import opd.domain.Actor;
import opd.domain.AuditKind;
import opd.domain.Inputs;
import opd.output.Printer;
import opd.record.StoredEntry;
import opd.service.AuditService;
import opd.store.log.LogFollower;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "audit",
    description = "Read the log of decisions, oldest first.",
    footer = {
      "",
      "Examples:",
      "  opd audit --token RAO-0900-03",
      "  opd audit --kind token-displaced --since 08:00 -o json",
      "  opd audit --follow"
    })
public final class AuditCommand implements Callable<Integer> {
  private final Session session;

  @Option(names = "--token", paramLabel = "T", description = "Entries about a token.")
  @Nullable String token;

  @Option(names = "--slot", paramLabel = "S", description = "Entries about a slot and its tokens.")
  @Nullable String slot;

  @Option(names = "--doctor", paramLabel = "C", description = "Entries about a doctor's slots.")
  @Nullable String doctor;

  @Option(names = "--patient", paramLabel = "PHONE", description = "Entries about a patient.")
  @Nullable String patient;

  @Option(names = "--kind", paramLabel = "K", description = "Such as token-displaced.")
  @Nullable String kind;

  @Option(names = "--since", paramLabel = "TIME", description = "From this time on.")
  @Nullable String since;

  @Option(names = "--until", paramLabel = "TIME", description = "Before this time.")
  @Nullable String until;

  @Option(names = "--limit", paramLabel = "N", description = "At most so many, the oldest first.")
  @Nullable String limit;

  @Option(
      names = "--follow",
      description = {
        "Go on with new entries as they are committed, until interrupted. Only new ones, unless --since"
            + " says from when."
      })
  boolean follow;

  public AuditCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    Inputs inputs = session.inputs();
    AuditService.Query query =
        new AuditService.Query(
            Optional.ofNullable(token).map(session::token),
            Optional.ofNullable(slot).map(inputs::slot),
            Optional.ofNullable(doctor).map(Inputs::doctor),
            Optional.ofNullable(patient).map(session::phone),
            Optional.ofNullable(kind)
                .map(text -> Inputs.choice(AuditKind.class, "kind of entry", text)),
            Optional.ofNullable(session.options().actor).map(actor -> new Actor(actor).name()),
            Optional.ofNullable(since).map(inputs::time),
            Optional.ofNullable(until).map(inputs::time),
            Optional.ofNullable(limit)
                .map(text -> (long) Inputs.number("--limit", text, 1, Integer.MAX_VALUE)));
    if (follow) {
      session.desk().audit().follow(query, new Listener(session));
    } else {
      read(query);
    }
    session.printer().end();
    return ExitStatus.DONE.code();
  }

  private void read(AuditService.Query query) {
    Printer printer = session.printer();
    try {
      session
          .desk()
          .audit()
          .read(
              query,
              entry -> {
                if (isAbandoned() || session.surroundings().isOutputLost()) {
                  throw new CancellationException();
                }
                printer.entry(entry);
              });
    } catch (CancellationException e) {
      // Somebody interrupts it, or its results are lost, which is looked at when it ends.
    }
  }

  /// In a console Ctrl-C interrupts the command, and not the program.
  private static boolean isAbandoned() {
    return Thread.currentThread().isInterrupted();
  }

  /// Prints what comes until it is interrupted, its results are lost, or the limit is reached.
  private final class Listener implements LogFollower.Listener {
    private final Printer printer;
    private final PrintWriter out;
    private final long most;
    private long printed;

    Listener(Session session) {
      this.printer = session.printer();
      this.out = session.surroundings().out();
      this.most =
          limit == null ? Long.MAX_VALUE : Inputs.number("--limit", limit, 1, Integer.MAX_VALUE);
    }

    @Override
    public void entry(StoredEntry entry) {
      if (printed < most) {
        printed++;
        printer.entry(entry);
      }
    }

    @Override
    public boolean goOn() {
      printer.end();
      return printed < most && !out.checkError() && !isAbandoned();
    }
  }
}
