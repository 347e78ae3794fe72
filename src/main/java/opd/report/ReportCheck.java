package opd.report;

import java.util.List;

/// What came of holding a report against the log.
///
/// @param checkpoint of the report that was checked
/// @param isRenumbered whether transactions have other numbers than when it was made, as after a
///   restore; the entries that it brought were read then
/// @param differences the first 100 of them; those of the checkpoint come first
/// @param more how many there are besides
public record ReportCheck(
    Checkpoint checkpoint, boolean isRenumbered, List<Difference> differences, long more) {

  public ReportCheck {
    differences = List.copyOf(differences);
  }

  /// Something that the log tells otherwise.
  ///
  /// @param where as `checkpoint.entries`, or `RAO requests`
  /// @param reported what the report says, as JSON
  /// @param found what the log gives, as JSON
  public record Difference(String where, String reported, String found) {}

  public boolean isSame() {
    return differences.isEmpty();
  }
}
