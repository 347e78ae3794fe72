package opd.service;

import java.time.Instant;
import java.util.Map;
import opd.domain.FacilityName;
import opd.domain.TokenStatus;
import opd.store.connection.Transaction;
import opd.store.connection.Transactions;
import opd.store.schema.FacilityStore;
import opd.store.schema.Guards;
import opd.store.schema.Schema;
import opd.store.table.FacilityFigures;
import org.jspecify.annotations.Nullable;

/// Reads what a facility's monitoring is to know. Quick however long the log is; the auditor's
/// rights suffice, and no name or number of a patient is read.
public final class MetricsService {
  private final Transactions transactions;
  private final FacilityStore.Found found;

  MetricsService(Transactions transactions, FacilityStore.Found found) {
    this.transactions = transactions;
    this.found = found;
  }

  /// A facility's figures.
  ///
  /// @param entriesToday by kind, since midnight in the facility's zone
  /// @param lastEntry the id of the newest entry, which is at least how many there are
  /// @param lastDecision null for none
  /// @param guardDifferences null where they cannot be compared
  public record Metrics(
      FacilityName facility,
      int schemaVersion,
      Map<String, Long> entriesToday,
      Map<TokenStatus, Long> tokens,
      long owed,
      long openSlotsToday,
      long fullSlotsToday,
      long lastEntry,
      long logBytes,
      long bytes,
      @Nullable Instant lastDecision,
      @Nullable Integer guardDifferences) {}

  public Metrics read() {
    return transactions.read(this::read);
  }

  private Metrics read(Transaction transaction) {
    FacilityName facility = transactions.settings().facility();
    FacilityFigures figures = FacilityFigures.read(transaction, facility);
    FacilityFigures.Slots slots = FacilityFigures.slotsToday(transaction);
    return new Metrics(
        facility,
        found.schemaVersion(),
        FacilityFigures.entriesToday(transaction),
        figures.tokens(),
        FacilityFigures.owed(transaction),
        slots.open(),
        slots.full(),
        figures.lastEntry(),
        figures.logBytes(),
        figures.bytes(),
        figures.lastDecision(),
        found.schemaVersion() == Schema.VERSION
            ? Guards.differences(transaction, facility).size()
            : null);
  }
}
