package opd.store;

import opd.domain.ErrorCode;
import opd.domain.FacilityName;
import opd.domain.OpdException;

/// The version of the schema that this program was built for.
public final class Schema {
  /// The number of the newest migration in `db/migration`.
  public static final int VERSION = 9;

  private Schema() {}

  /// @throws OpdException SCHEMA_TOO_OLD or SCHEMA_TOO_NEW
  public static void check(FacilityName facility, int version) {
    if (version < VERSION) {
      throw new OpdException(
          ErrorCode.SCHEMA_TOO_OLD,
          "facility %s has schema version %d; this program needs %d"
              .formatted(facility, version, VERSION),
          "run 'opd --facility " + facility + " db migrate' as the facility's owner");
    }
    checkNotNewer(facility, version);
  }

  /// @throws OpdException SCHEMA_TOO_NEW
  static void checkNotNewer(FacilityName facility, int version) {
    if (version > VERSION) {
      throw new OpdException(
          ErrorCode.SCHEMA_TOO_NEW,
          "facility %s has schema version %d, made by a newer program; this one knows %d"
              .formatted(facility, version, VERSION),
          "upgrade this program");
    }
  }
}
