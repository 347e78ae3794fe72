package opd.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import opd.backup.Backup;
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
import opd.store.schema.Removal;
import picocli.CommandLine;

/// Takes a facility to another database.
final class RelocationCommand {
  private final CommandContext session;
  private final Given<String> facility = Given.argument("FACILITY", "Its name, here and there.");
  private final Given<String> to =
      Given.required("--to", "URL", "The database where it goes, without a password.");

  RelocationCommand(CommandContext session) {
    this.session = session;
  }

  CommandLine line() {
    return Description.of(
            "move",
            "Take a facility to another database: frozen, copied, verified there, and closed here"
                + " with a note of where it went.",
            "Meanwhile desks here can look, and what they want to change is answered as busy (exit"
                + " 5). If anything goes wrong, it stays here as it was, and no copy is left there."
                + " Logs in at both with OPD_DB_USER and OPD_DB_PASSWORD or ~/.pgpass, as an"
                + " administrator.",
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
    try (ConsoleState ownHere = ConsoleState.ofOneCommand();
        ConsoleState ownThere = ConsoleState.ofOneCommand()) {
      CommandContext here = session.forFacility(name, ownHere);
      CommandContext there = session.forFacilityAt(name, to.optional(), ownThere);
      DatabaseSettings from = here.facilities().administrator(name);
      DatabaseSettings target = there.facilities().administrator(name);
      Verified verified;
      try (Progress progress = new Progress(session)) {
        verified =
            Relocation.close(from, target.place(), () -> copied(here, there, file, progress));
        progress.done();
      }
      session
          .printer()
          .properties(
              new Properties()
                  .with("facility", name.value())
                  .with("outcome", "MOVED")
                  .with("from", from.place())
                  .with("to", target.place())
                  .with("entries", verified.entries()));
      return ExitStatus.DONE.code();
    } finally {
      Files.deleteIfExists(file);
      Files.deleteIfExists(folder);
    }
  }

  private static Verified copied(
      CommandContext here, CommandContext there, Path file, Progress progress) {
    FacilityName name = here.settings().facilityName();
    DatabaseSettings target = there.facilities().administrator(name);
    String stopped =
        "stopped: facility %s stays here as it was; at %s may be what was copied of it"
            .formatted(name, target.place());
    new Backup(
            here.facilities().administrator(name),
            BackupCommands.copying(progress, "read", stopped))
        .write(file);
    new Restore(target, BackupCommands.copying(progress, "copied", stopped))
        .read(file, zone -> there.facilities().makeTables(name, zone));
    boolean isGood = false;
    try {
      Verified verified =
          new VerificationProgress(there, progress, stopped)
              .verify(Optional.empty(), Optional.empty());
      if (!verified.isWhole()) {
        throw new OpdException(
            ErrorCode.CHECK_FAILED,
            "the log of %s is not whole: it stays where it is".formatted(name),
            "see 'opd audit verify' there");
      }
      isGood = true;
      return verified;
    } finally {
      if (!isGood) {
        new Removal(target).drop();
      }
    }
  }
}
