package opd.store.schema;

import opd.domain.ErrorCode;
import opd.domain.FacilityName;
import opd.domain.OpdException;
import org.jspecify.annotations.Nullable;

/// The version of the schema that this program was built for. The schema notes its own, and the
/// oldest that may still work in it, in two functions of `R__guards.sql`.
public final class Schema {
  /// Grows by one with every change in `db/migration`, which a test holds, so that every program
  /// notices.
  public static final int VERSION = 17;

  /// The oldest version that the migrations lead on from. Until 0.1.0 is released, migrations are
  /// changed in place, and lead on from no other.
  public static final int OLDEST_UPGRADABLE = VERSION;

  private Schema() {}

  /// Whether a program of this version may work there.
  ///
  /// @param version of the facility's schema
  /// @param oldestProgram the oldest version that the facility's schema admits
  /// @throws OpdException SCHEMA_TOO_OLD or SCHEMA_TOO_NEW
  public static void check(FacilityName facility, int version, int oldestProgram) {
    if (version < VERSION) {
      throw tooOld(facility, "has schema version " + version + "; this program needs " + VERSION);
    }
    if (oldestProgram > VERSION) {
      throw tooNew(
          facility,
          "has schema version %d, which programs from version %d on may use; this one has %d"
              .formatted(version, oldestProgram, VERSION));
    }
  }

  /// Whether a program of this version may migrate the facility: never one of a newer schema, whose
  /// guards it would replace by older ones.
  ///
  /// @throws OpdException SCHEMA_TOO_OLD when no migrations lead on from there, or SCHEMA_TOO_NEW
  static void checkUpgradable(FacilityName facility, int version) {
    if (version < OLDEST_UPGRADABLE) {
      throw notUpgradable(facility, null);
    }
    if (version > VERSION) {
      throw tooNew(
          facility,
          "has schema version %d, made by a newer program; this one knows %d"
              .formatted(version, VERSION));
    }
  }

  /// The error for a schema that is not complete, or from before it noted its version.
  static OpdException incomplete(FacilityName facility) {
    return tooOld(facility, "has a schema that is older than this program, or not made to its end");
  }

  /// The error for a facility made by a build that was never released.
  static OpdException notUpgradable(FacilityName facility, @Nullable Throwable cause) {
    return new OpdException(
        ErrorCode.SCHEMA_TOO_OLD,
        "facility %s was made by a build of before the first release; nothing leads on from there"
            .formatted(facility),
        "keep it by a backup made with that build, and restore it with that build; begin anew in"
            + " another facility: 'opd --facility NAME db migrate'; whoever has an SQL client can throw"
            + " this one away: DROP SCHEMA %s CASCADE, as its owner".formatted(facility.schema()),
        cause);
  }

  private static OpdException tooOld(FacilityName facility, String how) {
    return new OpdException(
        ErrorCode.SCHEMA_TOO_OLD,
        "facility " + facility + " " + how,
        "run 'opd --facility " + facility + " db migrate' as the facility's owner");
  }

  private static OpdException tooNew(FacilityName facility, String how) {
    return new OpdException(
        ErrorCode.SCHEMA_TOO_NEW, "facility " + facility + " " + how, "upgrade this program");
  }
}
