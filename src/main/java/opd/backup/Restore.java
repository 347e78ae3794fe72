package opd.backup;

import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Optional;
import opd.domain.FacilitySettings;
import opd.domain.OpdException;
import opd.store.connection.DatabaseSettings;
import opd.store.schema.RestoredFacility;

/// Reads a backup into a new facility: all of it, or nothing.
public final class Restore {
  private final DatabaseSettings place;
  private final Optional<CopyProgress> progress;

  /// @param place of the new facility, with a login that may make one
  /// @param progress told how far it has come; empty where nobody looks
  public Restore(DatabaseSettings place, Optional<CopyProgress> progress) {
    this.place = place;
    this.progress = progress;
  }

  /// Makes what a facility consists of.
  public interface Maker {
    /// Makes the tables, without a row.
    ///
    /// @param zone that the server must know
    void makeTables(ZoneId zone);
  }

  /// Makes the facility as the backup has it.
  ///
  /// @throws OpdException INVALID_INPUT when the file is damaged or the facility exists;
  ///   SCHEMA_TOO_OLD or SCHEMA_TOO_NEW when another version of the program made the backup
  public BackupSummary read(Path path, Maker maker) {
    return read(path, maker, () -> {});
  }

  /// The same.
  ///
  /// @param last what is done when all rows are there; what it throws removes the facility again
  public BackupSummary read(Path path, Maker maker, Runnable last) {
    try (BackupFile file = BackupFile.open(path)) {
      Manifest manifest = file.manifest();
      try (RestoredFacility facility = RestoredFacility.make(place)) {
        maker.makeTables(manifest.settings().zone());
        facility.load(file.rows(progress));
        checkSettings(path, manifest.settings(), facility.settings());
        last.run();
        facility.complete();
      }
      return BackupSummary.of(manifest);
    }
  }

  private static void checkSettings(Path path, FacilitySettings told, FacilitySettings found) {
    if (!told.equals(found)) {
      throw BackupFile.damaged(path, "its manifest tells of other settings than its rows", null);
    }
  }
}
