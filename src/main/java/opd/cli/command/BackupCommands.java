package opd.cli.command;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import opd.backup.Backup;
import opd.backup.BackupSummary;
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

  static CommandLine backup(CommandContext session) {
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
            return write(session, file.get());
          }
          Path folder = Fleet.folder(all.get());
          return Fleet.of(session, jobs).run(true, each -> backedUp(each, folder));
        });
  }

  private static Fleet.Result backedUp(CommandContext session, Path folder) {
    FacilityName facility = session.settings().facilityName();
    Path file = Fleet.file(folder, facility, "", Instant.now(), ".backup");
    BackupSummary written = written(session, file, line -> {});
    return Fleet.Result.done(
        "BACKED_UP",
        new Properties().with("file", file.toString()).with("entries", written.entries()));
  }

  private static int write(CommandContext session, Path file) {
    BackupSummary written = written(session, file, line -> progress(session, line));
    session.printer().properties(described(written).with("file", file.toString()));
    return ExitStatus.DONE.code();
  }

  private static BackupSummary written(
      CommandContext session, Path file, Consumer<String> progress) {
    Instant start = Instant.now();
    // Opened first: on the managed server this also makes or upgrades what is missing.
    session.desk();
    BackupSummary written =
        new Backup(session.facilities().administrator(session.settings().facilityName()), progress)
            .write(file);
    session.note(Work.BACKUP, start);
    return written;
  }

  static CommandLine restore(CommandContext session) {
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
            read(session, file.get(), erasures.optional().map(Inputs::file).map(ErasureFile::new)));
  }

  private static int read(CommandContext session, Path file, Optional<ErasureFile> erasures) {
    // Read first: whoever was forgotten must not come back because of a slip in a file's name.
    List<ErasureNote> notes = erasures.map(ErasureFile::read).orElse(List.of());
    FacilityName facility = session.settings().facilityName();
    Facilities facilities = session.facilities();
    DatabaseSettings place = facilities.administrator(facility);
    BackupSummary restored =
        new Restore(place, line -> progress(session, line))
            .read(file, zone -> facilities.makeTables(facility, zone));
    progress(session, "repeating erasures");
    RepeatedErasures repeated = RepeatedErasures.repeat(session, notes);
    progress(session, "verifying the audit log");
    Verified verified =
        session.desk().verification().verify(Optional.empty(), Optional.empty(), entries -> {});
    Properties described =
        described(restored).with("restoredAs", facility.value()).with("whole", verified.isWhole());
    session
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
    session.printer().verified(verified);
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

  private static void progress(CommandContext session, String line) {
    if (session.surroundings().isTerminal()) {
      session.progress(line);
    }
  }
}
