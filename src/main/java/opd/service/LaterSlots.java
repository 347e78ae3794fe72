package opd.service;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import opd.domain.Slot;
import opd.domain.SlotLabel;
import opd.store.connection.Transaction;
import opd.store.table.SlotStore;

/// The slots to which a patient may turn instead.
final class LaterSlots {
  private LaterSlots() {}

  /// The doctor's open slots that start later on the same UTC day, by start.
  static List<Slot> open(Transaction transaction, SlotLabel slot) {
    Instant nextDay = slot.day().plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    // Starts are on whole minutes, so the next one is at least a minute later.
    return SlotStore.listOpen(
        transaction, slot.doctor(), slot.start().plus(Duration.ofMinutes(1)), nextDay);
  }
}
