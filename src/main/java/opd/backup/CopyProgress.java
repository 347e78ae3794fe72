package opd.backup;

/// Told how far a backup or a restore has come.
public interface CopyProgress {
  /// Called often while rows are copied.
  ///
  /// @param table that is copied
  /// @param rows of all tables that were copied so far
  /// @param all how many rows the whole copy has
  void copied(String table, long rows, long all);
}
