package opd.cli.command;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import opd.cli.session.CommandContext;
import opd.cli.session.Description;
import opd.cli.session.ExitStatus;
import opd.cli.session.Given;
import opd.cli.session.WorkNotes.Work;
import opd.domain.Inputs;
import opd.output.Properties;
import opd.output.json.SealWriter;
import opd.service.FacilityServices;
import opd.service.VerificationService.Verified;
import opd.simulation.report.ReportFile;
import picocli.CommandLine;

/// What is found out from the log: why, and whether it is whole.
final class AuditChecks {
  private static final String VERIFY_AGAIN = "the same command begins anew";

  private AuditChecks() {}

  static CommandLine explain(CommandContext context) {
    Given<String> token =
        Given.argument("TOKEN", "Label, today's label without the date (RAO-0900-07), or id:9.");
    return Description.of("explain", "Tell the story of a token in plain sentences.")
        .forRooms()
        .examples("opd audit explain RAO-0900-02", "opd audit explain id:7 -o json")
        .takes(token)
        .quick()
        .does(() -> {
          var reference = context.token(token.get());
          context.printer().explanation(context.desk().audit().explain(reference, context.zone()));
          return ExitStatus.DONE.code();
        });
  }

  static CommandLine verify(CommandContext context) {
    Given<String> slot =
        Given.value("--slot", "S", "Only this slot, its tokens and their decisions.");
    Given<String> seal = Given.value("--seal", "FILE", "A seal that 'opd audit seal' printed.");
    Given<Boolean> all = Fleet.all();
    Given<String> jobs = Fleet.jobs();
    return Description.of(
            "verify",
            "Check that the log is whole and that everything is what it tells.",
            "From the log alone every decision is made again by the rules, and every slot, token,"
                + " patient, doctor, counter and stored outcome is rebuilt and compared, both ways;"
                + " every hash is computed again. Exit 0 when all is well, 7 with each difference"
                + " when it is not.",
            "With --seal also: that everything which was sealed is still there, unchanged.")
        .examples(
            "opd audit verify",
            "opd audit verify --slot RAO-0900",
            "opd audit verify --seal seal-2026-11-22.json",
            "opd audit verify --all")
        .takes(slot, seal, all, jobs)
        .does(() -> {
          if (all.isGiven()) {
            if (slot.isGiven() || seal.isGiven()) {
              throw CommandContext.usage("--slot and --seal are one facility's, not with --all");
            }
            return Fleet.of(context, jobs).run(false, AuditChecks::verified);
          }
          Instant start = Instant.now();
          var reference = slot.optional().map(text -> context.inputs().slot(text));
          Verified verified;
          try (Progress progress = new Progress(context)) {
            verified =
                new VerificationProgress(context, progress, VERIFY_AGAIN)
                    .verify(reference, seal.optional().map(Inputs::file));
            progress.done();
          }
          context.printer().verified(verified);
          if (reference.isEmpty() && verified.isWhole()) {
            context.note(Work.VERIFY, start);
          }
          return (verified.isWhole() ? ExitStatus.DONE : ExitStatus.CHECK_FAILED).code();
        });
  }

  private static Fleet.Result verified(CommandContext context) {
    Instant start = Instant.now();
    Verified verified =
        context.desk().verification().verify(Optional.empty(), Optional.empty(), entries -> {});
    if (verified.isWhole()) {
      context.note(Work.VERIFY, start);
    }
    return new Fleet.Result(
        verified.isWhole() ? "WHOLE" : "DIFFERS",
        new Properties()
            .with("entries", verified.entries())
            .with("differences", verified.differenceCount()),
        verified.isWhole() ? ExitStatus.DONE : ExitStatus.CHECK_FAILED);
  }

  private static Fleet.Result sealed(CommandContext context, Path folder) {
    Instant start = Instant.now();
    FacilityServices desk = context.desk();
    Path file = Fleet.file(folder, context.settings().facilityName(), "seal-", start, ".json");
    try (ReportFile seal = ReportFile.at(file)) {
      seal.write(out -> desk.verification().seal(new SealWriter(out)));
    }
    context.note(Work.SEAL, start);
    return Fleet.Result.done("SEALED", new Properties().with("file", file.toString()));
  }

  static CommandLine seal(CommandContext context) {
    Given<String> all = Fleet.allInto("seal-FACILITY-TIME.json");
    Given<String> jobs = Fleet.jobs();
    return Description.of(
            "seal",
            "Print a seal of the log: the last hash of each chain, and a digest over them.",
            "Keep the file, or at least its digest, where who can write the database cannot: on paper,"
                + " with an auditor, in a mail to somebody outside.",
            "It protects against: whoever rewrites the log later, all hashes included, or removes"
                + " entries together with what they tell of: 'audit verify --seal FILE' then shows"
                + " it.",
            "It does not protect against: what was wrong before it was made, entries added since the"
                + " last seal, and a seal kept where it can be replaced. So seal often, such as every"
                + " evening.")
        .examples(
            "opd audit seal > seal-2026-11-22.json",
            "opd audit verify --seal seal-2026-11-22.json",
            "opd audit seal --all seals")
        .takes(all, jobs)
        .does(() -> {
          if (all.isGiven()) {
            Path folder = Fleet.folder(all.get());
            return Fleet.of(context, jobs).run(false, each -> sealed(each, folder));
          }
          Instant start = Instant.now();
          context.desk().verification().seal(new SealWriter(context.surroundings().out()));
          // What did not reach its file seals nothing.
          if (!context.surroundings().out().checkError()) {
            context.note(Work.SEAL, start);
          }
          return ExitStatus.DONE.code();
        });
  }
}
