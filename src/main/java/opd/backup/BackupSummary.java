package opd.backup;

/// What a backup holds, for a person to compare.
///
/// @param facility that was backed up
/// @param schemaVersion of its tables
/// @param takenAt the time of the snapshot, ISO-8601
public record BackupSummary(
    String facility,
    int schemaVersion,
    String takenAt,
    long patients,
    long slots,
    long tokens,
    long entries) {
  static BackupSummary of(Manifest manifest) {
    return new BackupSummary(
        manifest.facility(),
        manifest.schemaVersion(),
        manifest.takenAt(),
        manifest.rows("patient"),
        manifest.rows("slot"),
        manifest.rows("token"),
        manifest.rows("audit_entry"));
  }
}
