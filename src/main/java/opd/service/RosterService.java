package opd.service;

import java.util.List;
import opd.domain.Actor;
import opd.domain.OpdException;
import opd.store.connection.Transactions;

/// Opens the slots of a roster, line by line all or none. What is there just so stays: whoever does
/// not know how far a roster was taken takes it again.
public final class RosterService {
  private final Transactions transactions;

  RosterService(Transactions transactions) {
    this.transactions = transactions;
  }

  /// The lines in their order, in one transaction.
  ///
  /// @return an answer for each
  /// @throws OpdException DATABASE_UNAVAILABLE, DATABASE_BUSY, OUTCOME_UNKNOWN for all of them
  public List<RosterAnswer> open(Actor actor, List<RosterEntry> entries) {
    return transactions.write(transaction -> new RosterChunk(transaction, entries).open(actor));
  }

  /// What [#open] would answer now; nothing stays.
  public List<RosterAnswer> dryRun(Actor actor, List<RosterEntry> entries) {
    return transactions.dryRun(transaction -> new RosterChunk(transaction, entries).open(actor));
  }
}
