package opd.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import opd.backup.Backup;
import opd.backup.BackupSummary;
import opd.backup.Restore;
import opd.cli.session.CommandContext;
import opd.cli.session.ConsoleState;
import opd.cli.session.Description;
import opd.cli.session.ExitStatus;
import opd.cli.session.Given;
import opd.domain.ErrorCode;
import opd.domain.FacilityName;
import opd.domain.OpdException;
import opd.output.Properties;
import opd.service.VerificationService.Verified;
import opd.store.connection.DatabaseSettings;
import opd.store.schema.Relocation;
import picocli.CommandLine;

/// Takes a facility to another database.
final class RelocationCommand {
  private final CommandContext context;
  private final Given<String> facility = Given.argument("FACILITY", "Its name, here and there.");
  private final Given<String> to =
      Given.required("--to", "URL", "The database where it goes, without a password.");

  RelocationCommand(CommandContext context) {
    this.context = context;
  }

  CommandLine line() {
    return Description.of(
            "move",
            "Take a facility to another database: frozen, copied, verified there, and closed here"
                + " with a note of where it went.",
            "Meanwhile desks here can look, and what they want to change is answered as busy (exit"
                + " 5). If anything goes wrong, it stays here as it was, and no copy is left there;"
                + " only after exit 6 the copy stays, and the error says how to find out where the"
                + " facility is. Logs in at both with OPD_DB_USER and OPD_DB_PASSWORD or ~/.pgpass,"
                + " as an administrator.",
            "Afterwards: 'opd db roles' there, and the new URL in /etc/opd/facilities. What is left"
                + " here is the schema moved_opd_FACILITY, which an administrator drops.")
        .examples("opd db move clinic_2 --to postgresql://db2.hospital.example/opd")
        .takes(facility, to)
        .does(this::move);
  }

  private int move() throws IOException {
    FacilityName name = new FacilityName(facility.get());
    Path folder = Files.createTempDirectory("opd-move-");
    Path file = folder.resolve(name + ".backup");
    removeWhenStopped(folder, file);
    try (ConsoleState ownHere = ConsoleState.ofOneCommand();
        ConsoleState ownThere = ConsoleState.ofOneCommand()) {
      CommandContext here = context.forFacility(name, ownHere);
      CommandContext there = context.forFacilityAt(name, to.optional(), ownThere);
      DatabaseSettings from = here.facilities().administrator(name);
      DatabaseSettings target = there.facilities().administrator(name);
      BackupSummary copied;
      try (Progress progress = new Progress(context)) {
        copied =
            Relocation.close(
                from, target.place(), closing -> copied(here, there, file, progress, closing));
        progress.done();
      }
      context
          .printer()
          .properties(
              new Properties()
                  .with("facility", name.value())
                  .with("outcome", "MOVED")
                  .with("from", from.place())
                  .with("to", target.place())
                  .with("entries", copied.entries()));
      return ExitStatus.DONE.code();
    } finally {
      Files.deleteIfExists(file);
      Files.deleteIfExists(folder);
    }
  }

  /// Names and phone numbers are in it, and no `finally` runs when somebody stops the program. What
  /// is named last goes first: what is being written, before it can be given the file's name.
  private static void removeWhenStopped(Path folder, Path file) {
    folder.toFile().deleteOnExit();
    file.toFile().deleteOnExit();
    Backup.part(file).toFile().deleteOnExit();
  }

  /// @param closing closes the facility here, before the copy is one that stays
  private static BackupSummary copied(
      CommandContext here, CommandContext there, Path file, Progress progress, Runnable closing) {
    FacilityName name = here.settings().facilityName();
    DatabaseSettings target = there.facilities().administrator(name);
    String stopped =
        "stopped: facility %s stays here as it was; the same command begins anew, and replaces\n"
                .formatted(name)
            + "  what may be left of the copy at %s".formatted(target.place());
    new Backup(
            here.facilities().administrator(name),
            BackupCommands.copying(progress, "read", stopped))
        .write(file);
    return new Restore(target, BackupCommands.copying(progress, "copied", stopped))
        .read(
            file,
            zone -> there.facilities().makeTables(name, zone),
            () -> {
              verify(there, progress, stopped);
              progress.begin(
                  "closing it here",
                  "stopped: 'opd --facility %s queue' here says whether it was moved"
                      .formatted(name));
              closing.run();
            });
  }

  private static void verify(CommandContext there, Progress progress, String stopped) {
    Verified verified =
        new VerificationProgress(there, progress, stopped)
            .verify(Optional.empty(), Optional.empty());
    if (!verified.isWhole()) {
      throw new OpdException(
          ErrorCode.CHECK_FAILED,
          "the log of %s is not whole: it stays where it is"
              .formatted(there.settings().facilityName()),
          "see 'opd audit verify' there");
    }
  }
}
