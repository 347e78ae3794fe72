package opd.report;

/// How far into the log a report goes, so that it can be made again.
///
/// @param transaction the number of the oldest transaction that was running: all before it had
///   ended, and only their entries were read
/// @param entries how many were read
/// @param digest over them in the order of chain and number, see [EntriesDigest]
/// @param facility the hash of the facility's first entry, which no other facility has
/// @param facilityTransaction the number of the transaction that wrote it here: another one after
///   the facility was restored
public record Checkpoint(
    long transaction, long entries, String digest, String facility, long facilityTransaction) {

  /// Where a log stands, before its entries are read.
  public record Position(long transaction, String facility, long facilityTransaction) {
    Checkpoint with(EntriesDigest digest) {
      return new Checkpoint(
          transaction, digest.count(), digest.hex(), facility, facilityTransaction);
    }
  }
}
