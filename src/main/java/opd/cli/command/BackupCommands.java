package opd.cli.command;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import opd.backup.Backup;
import opd.backup.BackupSummary;
import opd.backup.CopyProgress;
import opd.backup.ErasureFile;
import opd.backup.Restore;
import opd.cli.session.CommandContext;
import opd.cli.session.Description;
import opd.cli.session.ExitStatus;
import opd.cli.session.Facilities;
import opd.cli.session.Given;
import opd.cli.session.WorkNotes.Work;
import opd.domain.ErasureNote;
import opd.domain.FacilityName;
import opd.domain.Inputs;
import opd.output.Properties;
import opd.service.VerificationService.Verified;
import opd.store.connection.DatabaseSettings;
import picocli.CommandLine;

/// A facility into a file and back.
final class BackupCommands {
  private BackupCommands() {}

  static CommandLine backup(CommandContext context) {
    Given<Path> file = Given.optionalFileArgument("FILE", "A new file.");
    Given<String> all = Fleet.allInto("FACILITY-TIME.backup");
    Given<String> jobs = Fleet.jobs();
    return Description.of(
            "backup",
            "Write the facility into a file, as it is at this moment; desks go on meanwhile.",
            "Names and phone numbers are in it: only you can read the file. Run as the owner of the"
                + " database.")
        .examples(
            "opd db backup main-2026-11-24.backup",
            "opd --facility clinic_2 db backup clinic_2.backup",
            "opd db backup --all backups")
        .takes(file, all, jobs)
        .does(() -> {
          if (file.isGiven() == all.isGiven()) {
            throw CommandContext.usage("name a FILE, or a folder with --all");
          }
          if (file.isGiven()) {
            return write(context, file.get());
          }
          Path folder = Fleet.folder(all.get());
          return Fleet.of(context, jobs).run(true, each -> backedUp(each, folder));
        });
  }

  private static Fleet.Result backedUp(CommandContext context, Path folder) {
    FacilityName facility = context.settings().facilityName();
    Path file = Fleet.file(folder, facility, "", Instant.now(), ".backup");
    BackupSummary written = written(context, file, Optional.empty());
    return Fleet.Result.done(
        "BACKED_UP",
        new Properties().with("file", file.toString()).with("entries", written.entries()));
  }

  private static int write(CommandContext context, Path file) {
    BackupSummary written;
    try (Progress progress = new Progress(context)) {
      written =
          written(
              context,
              file,
              copying(
                  progress,
                  "backed up",
                  "stopped: no backup was written; the same command begins anew, and replaces\n"
                      + "  what may be left of this one: %s".formatted(Backup.part(file))));
      progress.done();
    }
    context.printer().properties(described(written).with("file", file.toString()));
    return ExitStatus.DONE.code();
  }

  private static BackupSummary written(
      CommandContext context, Path file, Optional<CopyProgress> progress) {
    Instant start = Instant.now();
    // Opened first: on the managed server this also makes or upgrades what is missing.
    context.desk();
    BackupSummary written =
        new Backup(context.facilities().administrator(context.settings().facilityName()), progress)
            .write(file);
    context.note(Work.BACKUP, start);
    return written;
  }

  static CommandLine restore(CommandContext context) {
    Given<Path> file = Given.fileArgument("FILE", "What 'opd db backup' wrote.");
    Given<String> erasures =
        Given.value(
            "--erasures",
            "FILE",
            "What 'opd patient erase --erasures' wrote: who was forgotten since is forgotten again.");
    return Description.of(
            "restore",
            "Read a backup into a new facility and verify its audit log there.",
            "All of it or nothing: a damaged file leaves nothing behind, and a facility that exists is"
                + " not touched. Run as the owner of the database. Exit 7 when all was restored, but"
                + " the log is not whole: it was not when the backup was made.")
        .examples(
            "opd db restore main-2026-11-24.backup --facility main_restored \\",
            "    --erasures erasures.jsonl")
        .takes(file, erasures)
        .does(() ->
            read(context, file.get(), erasures.optional().map(Inputs::file).map(ErasureFile::new)));
  }

  private static int read(CommandContext context, Path file, Optional<ErasureFile> erasures) {
    // Read first: whoever was forgotten must not come back because of a slip in a file's name.
    List<ErasureNote> notes = erasures.map(ErasureFile::read).orElse(List.of());
    FacilityName facility = context.settings().facilityName();
    Facilities facilities = context.facilities();
    DatabaseSettings place = facilities.administrator(facility);
    BackupSummary restored;
    RepeatedErasures repeated;
    Verified verified;
    try (Progress progress = new Progress(context)) {
      restored =
          new Restore(
                  place,
                  copying(
                      progress,
                      "restored",
                      "stopped: there is no facility %s; the same command begins anew"
                          .formatted(facility)))
              .read(file, zone -> facilities.makeTables(facility, zone));
      progress.begin(
          "repeating erasures",
          notes.isEmpty()
              ? notVerified(facility)
              : "stopped: facility %s is restored, but not every erasure was repeated:\n"
                      .formatted(facility)
                  + "  use it for nothing, and restore the backup under another name");
      repeated = RepeatedErasures.repeat(context, notes);
      verified =
          new VerificationProgress(context, progress, notVerified(facility))
              .verify(Optional.empty(), Optional.empty());
      progress.done();
    }
    Properties described =
        described(restored).with("restoredAs", facility.value()).with("whole", verified.isWhole());
    context
        .printer()
        .properties(
            erasures.isEmpty()
                ? described
                : described
                    .with("erasedAgain", repeated.erased())
                    .with("notErased", repeated.refused()));
    if (verified.isWhole()) {
      return (repeated.refused() == 0 ? ExitStatus.DONE : ExitStatus.REFUSED).code();
    }
    context.printer().verified(verified);
    return ExitStatus.CHECK_FAILED.code();
  }

  private static Properties described(BackupSummary summary) {
    return new Properties()
        .with("facility", summary.facility())
        .with("schema", summary.schemaVersion())
        .with("takenAt", summary.takenAt())
        .with("patients", summary.patients())
        .with("slots", summary.slots())
        .with("tokens", summary.tokens())
        .with("entries", summary.entries());
  }

  private static String notVerified(FacilityName facility) {
    return "facility %s is restored; 'opd --facility %<s audit verify' checks its log"
        .formatted(facility);
  }

  /// What the last rows are followed by, keys and indexes, takes time that nobody can foretell.
  static Optional<CopyProgress> copying(Progress progress, String done, String stopped) {
    return progress.isShown()
        ? Optional.of((table, rows, all) ->
            progress.step(
                String.format(Locale.ROOT, "%,d of %,d rows %s, now of %s", rows, all, done, table),
                OptionalDouble.of(all == 0 ? 0 : (double) rows / all),
                stopped))
        : Optional.empty();
  }
}
