package opd.service;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import opd.domain.Slot;
import opd.domain.SlotLabel;
import opd.store.connection.Transaction;
import opd.store.table.SlotStore;
import opd.store.table.SlotStore.DoctorDay;

/// The open slots of whole days, read together when the first of them is asked for.
final class DaysSlots {
  private final Transaction transaction;
  private final Set<SlotLabel> expected;
  private final Map<DoctorDay, List<Slot>> open = new HashMap<>();

  /// @param expected the slots that will most likely be asked about
  DaysSlots(Transaction transaction, Set<SlotLabel> expected) {
    this.transaction = transaction;
    this.expected = expected;
  }

  /// Like [LaterSlots#open].
  List<Slot> openAfter(SlotLabel label) {
    if (!open.containsKey(DoctorDay.of(label))) {
      Set<DoctorDay> days = expected.stream().map(DoctorDay::of).collect(Collectors.toSet());
      days.add(DoctorDay.of(label));
      days.forEach(day -> open.put(day, List.of()));
      open.putAll(SlotStore.listOpen(transaction, days));
    }
    return open.getOrDefault(DoctorDay.of(label), List.of()).stream()
        .filter(later -> later.start().isAfter(label.start()))
        .toList();
  }
}
