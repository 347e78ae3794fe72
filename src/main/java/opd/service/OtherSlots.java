package opd.service;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import opd.decision.Claim;
import opd.decision.SlotBook;
import opd.domain.Slot;
import opd.domain.SlotLabel;
import opd.store.connection.Transaction;
import opd.store.table.BulkTokens;
import opd.store.table.SlotStore;
import opd.store.table.SlotStore.DoctorDay;
import org.jspecify.annotations.Nullable;

/// Where those whom a batch refuses may go instead. Only refusals ask, so what they need is read
/// when the first of them does, for the whole batch.
final class OtherSlots {
  private final Transaction transaction;
  private final Map<SlotLabel, SlotBook> books;
  private final Set<SlotLabel> crowded;
  private final Collection<Long> patientIds;
  private final Map<DoctorDay, List<Slot>> open = new HashMap<>();
  private @Nullable Map<Long, Set<Long>> slotsOfPatients;

  /// @param books of the locked slots, as the batch changes them
  /// @param crowded the slots that will most likely refuse somebody
  OtherSlots(
      Transaction transaction,
      Map<SlotLabel, SlotBook> books,
      Set<SlotLabel> crowded,
      Collection<Long> patientIds) {
    this.transaction = transaction;
    this.books = books;
    this.crowded = crowded;
    this.patientIds = patientIds;
  }

  /// As [opd.store.table.DecisionStore#next] tells for one request.
  @Nullable Slot next(SlotBook refused, Claim claim) {
    return openAfter(refused.slot()).stream()
        .map(later -> {
          SlotBook book = books.get(later.label());
          return book == null ? later : book.slot();
        })
        .filter(later -> later.free() > 0 && !later.hasEnded(refused.time()))
        .filter(later -> !holds(claim.patientId(), later))
        .findFirst()
        .orElse(null);
  }

  private List<Slot> openAfter(Slot refused) {
    SlotLabel label = refused.label();
    if (!open.containsKey(DoctorDay.of(label))) {
      Set<DoctorDay> days = crowded.stream().map(DoctorDay::of).collect(Collectors.toSet());
      days.add(DoctorDay.of(label));
      days.forEach(day -> open.put(day, List.of()));
      open.putAll(SlotStore.listOpen(transaction, days));
    }
    return open.getOrDefault(DoctorDay.of(label), List.of()).stream()
        .filter(later -> later.start().isAfter(refused.start()))
        .toList();
  }

  private boolean holds(long patientId, Slot slot) {
    SlotBook book = books.get(slot.label());
    if (book != null) {
      return book.heldBy(patientId).isPresent();
    }
    // The batch changes nothing in slots that it has not locked.
    if (slotsOfPatients == null) {
      slotsOfPatients = BulkTokens.slotsWhereActive(transaction, patientIds);
    }
    return slotsOfPatients.getOrDefault(patientId, Set.of()).contains(slot.id());
  }
}
