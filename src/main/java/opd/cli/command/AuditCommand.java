package opd.cli.command;

import java.io.PrintWriter;
import java.util.concurrent.CancellationException;
import opd.cli.session.CommandContext;
import opd.cli.session.Description;
import opd.cli.session.ExitStatus;
import opd.cli.session.Given;
import opd.domain.Actor;
import opd.domain.AuditKind;
import opd.domain.Inputs;
import opd.output.Listing;
import opd.output.Printer;
import opd.record.StoredEntry;
import opd.service.AuditService;
import opd.store.log.LogSubscriber;
import picocli.CommandLine;

/// Reads the log, or follows it.
public final class AuditCommand {
  private final CommandContext context;
  private final Given<String> token = Given.value("--token", "T", "Entries about a token.");
  private final Given<String> slot =
      Given.value("--slot", "S", "Entries about a slot and its tokens.");
  private final Given<String> doctor =
      Given.value("--doctor", "C", "Entries about a doctor's slots.");
  private final Given<String> patient =
      Given.value("--patient", "PHONE", "Entries about a patient.");
  private final Given<String> kind = Given.value("--kind", "K", "Such as token-displaced.");
  private final Given<String> since = Given.value("--since", "TIME", "From this time on.");
  private final Given<String> until = Given.value("--until", "TIME", "Before this time.");
  private final Given<String> limit =
      Given.value("--limit", "N", "At most so many, the oldest first.");
  private final Given<Boolean> follow =
      Given.flag(
          "--follow",
          "Go on with new entries as they are committed, until interrupted. Only new ones, unless"
              + " --since says from when.");

  public AuditCommand(CommandContext context) {
    this.context = context;
  }

  public CommandLine line() {
    return Description.of("audit", "Read the log of decisions, oldest first.")
        .examples(
            "opd audit --token RAO-0900-03",
            "opd audit --kind token-displaced --since 08:00 -o json",
            "opd audit --follow")
        .takes(token, slot, doctor, patient, kind, since, until, limit, follow)
        .lists(Listing.ENTRIES)
        .does(
            this::show,
            AuditChecks.explain(context),
            AuditChecks.verify(context),
            AuditChecks.seal(context));
  }

  private int show() {
    Inputs inputs = context.inputs();
    AuditService.Query query =
        new AuditService.Query(
            token.optional().map(context::token),
            slot.optional().map(inputs::slot),
            doctor.optional().map(Inputs::doctor),
            patient.optional().map(context::phoneReference),
            kind.optional().map(text -> Inputs.choice(AuditKind.class, "kind of entry", text)),
            context.options().actor.optional().map(actor -> new Actor(actor).name()),
            since.optional().map(inputs::time),
            until.optional().map(inputs::time),
            limit
                .optional()
                .map(text -> (long) Inputs.number("--limit", text, 1, Integer.MAX_VALUE)));
    if (follow.isGiven()) {
      context.desk().audit().follow(query, new Listener(context));
    } else {
      read(query);
    }
    context.printer().end();
    return ExitStatus.DONE.code();
  }

  private void read(AuditService.Query query) {
    Printer printer = context.printer();
    try {
      context
          .desk()
          .audit()
          .read(
              query,
              entry -> {
                if (isAbandoned() || context.surroundings().isOutputLost()) {
                  throw new CancellationException();
                }
                printer.entry(entry);
              });
    } catch (CancellationException e) {
      // Reading ends early: somebody interrupted it, or its results are lost, which Program
      // reports.
    }
  }

  /// In a console Ctrl-C interrupts the command, and not the program.
  private static boolean isAbandoned() {
    return Thread.currentThread().isInterrupted();
  }

  /// Prints what comes until it is interrupted, its results are lost, or the limit is reached.
  private final class Listener implements LogSubscriber.Listener {
    private final Printer printer;
    private final PrintWriter out;
    private final long most;
    private long printed;

    Listener(CommandContext context) {
      this.printer = context.printer();
      this.out = context.surroundings().out();
      this.most =
          limit.isGiven()
              ? Inputs.number("--limit", limit.get(), 1, Integer.MAX_VALUE)
              : Long.MAX_VALUE;
    }

    @Override
    public void entry(StoredEntry entry) {
      if (printed < most) {
        printed++;
        printer.entry(entry);
      }
    }

    @Override
    public void asksAtIntervals(String why) {
      context.progress(LogSubscriber.Listener.asking(why));
    }

    @Override
    public boolean goOn() {
      printer.end();
      return printed < most && !out.checkError() && !isAbandoned();
    }
  }
}
