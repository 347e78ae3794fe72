package opd.service;

import java.time.Instant;
import java.util.List;
import opd.decision.NewEntry;
import opd.decision.TokenChange;
import opd.domain.Slot;
import opd.domain.Token;
import opd.domain.TokenPriority;
import opd.domain.TokenSource;
import opd.store.connection.Transaction;
import opd.store.table.AuditStore;
import opd.store.table.TokenStore;
import org.jspecify.annotations.Nullable;

/// Carries out each decision at once in the database.
record DirectLedger(Transaction transaction, Journal journal) implements Ledger {

  @Override
  public Token take(
      Slot slot,
      long patientId,
      TokenPriority priority,
      TokenSource source,
      @Nullable Token reallocated) {
    return TokenStore.insert(transaction, slot, patientId, priority, source, reallocated);
  }

  @Override
  public Token reclassify(Token token, TokenChange change) {
    return TokenStore.reclassify(transaction, token, change);
  }

  @Override
  public void note(NewEntry entry) {
    journal.note(entry);
  }

  @Override
  public Instant time(Slot slot) {
    return AuditStore.slotTime(transaction, slot.id());
  }

  @Override
  public @Nullable Slot next(Slot slot, long patientId) {
    List<Slot> free =
        LaterSlots.open(transaction, slot.label()).stream()
            .filter(later -> later.free() > 0)
            .toList();
    if (free.isEmpty()) {
      return null;
    }
    var taken =
        TokenStore.slotsWhereActive(transaction, patientId, free.stream().map(Slot::id).toList());
    return free.stream().filter(later -> !taken.contains(later.id())).findFirst().orElse(null);
  }
}
