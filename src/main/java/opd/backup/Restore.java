package opd.backup;

import java.nio.file.Path;
import java.util.function.Consumer;
import opd.domain.ErrorCode;
import opd.domain.FacilitySettings;
import opd.domain.OpdException;
import opd.store.DatabaseSettings;
import opd.store.RestoredFacility;
import opd.store.Schema;

/// Reads a backup into a new facility: all of it, or nothing.
public final class Restore {
  private final DatabaseSettings place;
  private final Consumer<String> progress;

  /// @param place of the new facility, with a login that may make one
  /// @param progress told what is being read
  public Restore(DatabaseSettings place, Consumer<String> progress) {
    this.place = place;
    this.progress = progress;
  }

  /// Makes what a facility consists of.
  public interface Maker {
    /// @param settings as the facility had them
    void migrate(FacilitySettings settings);
  }

  /// Makes the facility as the backup has it.
  ///
  /// @throws OpdException INVALID_INPUT when the file is damaged or the facility exists;
  ///   SCHEMA_TOO_OLD or SCHEMA_TOO_NEW when another version of the program made the backup
  public BackupSummary read(Path path, Maker maker) {
    try (BackupFile file = BackupFile.open(path)) {
      Manifest manifest = file.manifest();
      checkVersion(manifest.schemaVersion());
      try (RestoredFacility facility = RestoredFacility.make(place)) {
        maker.migrate(manifest.settings());
        facility.load(file.rows(progress));
        facility.complete();
      }
      return BackupSummary.of(manifest);
    }
  }

  private static void checkVersion(int version) {
    if (version != Schema.VERSION) {
      boolean isOld = version < Schema.VERSION;
      throw new OpdException(
          isOld ? ErrorCode.SCHEMA_TOO_OLD : ErrorCode.SCHEMA_TOO_NEW,
          "the backup is of schema version %d; this program restores %d"
              .formatted(version, Schema.VERSION),
          isOld
              ? "restore it with the program of that time, then run 'opd db migrate' with this one"
              : "upgrade this program");
    }
  }
}
