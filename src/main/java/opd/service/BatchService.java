package opd.service;

import java.util.List;
import opd.domain.Actor;
import opd.domain.OpdException;
import opd.store.connection.Transactions;

/// Decides many requests in one transaction, with the result that one after the other would give:
/// each slot is locked and read once, the same rule decides in memory, and the rows are written
/// together.
public final class BatchService {
  private final Transactions transactions;
  private final PatientRegistry registry;

  BatchService(Transactions transactions, PatientRegistry registry) {
    this.transactions = transactions;
    this.registry = registry;
  }

  /// All of them or none, in their order. More than 500 lines for one slot at once make the
  /// database slow: it keeps every version of the slot's count until the transaction ends.
  ///
  /// @param lines with different request ids
  /// @return a result for each line, in their order
  /// @throws OpdException DATABASE_UNAVAILABLE, DATABASE_BUSY, OUTCOME_UNKNOWN for all of them
  public List<BatchResult> decide(Actor actor, List<BatchLine> lines) {
    return transactions.write(
        transaction -> new Batch(transaction, registry, actor, lines).decide());
  }
}
