package opd.service;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import opd.store.connection.Transaction;
import opd.store.table.BulkTokens;
import org.jspecify.annotations.Nullable;

/// Where the patients of a batch hold ACTIVE tokens. Only refusals ask, so it is read when the
/// first of them does; what the batch changed before is then applied to what was read, flushed or
/// not.
final class ActivePlaces {
  private record Change(long patientId, long slotId, boolean holds) {}

  private final Transaction transaction;
  private final Collection<Long> patientIds;
  private final List<Change> changes = new ArrayList<>();
  private @Nullable Map<Long, Set<Long>> slotsByPatient;

  ActivePlaces(Transaction transaction, Collection<Long> patientIds) {
    this.transaction = transaction;
    this.patientIds = patientIds;
  }

  void taken(long patientId, long slotId) {
    note(new Change(patientId, slotId, true));
  }

  void lost(long patientId, long slotId) {
    note(new Change(patientId, slotId, false));
  }

  boolean has(long patientId, long slotId) {
    if (slotsByPatient == null) {
      slotsByPatient = read();
    }
    return slotsByPatient.getOrDefault(patientId, Set.of()).contains(slotId);
  }

  private Map<Long, Set<Long>> read() {
    Map<Long, Set<Long>> read = new HashMap<>();
    BulkTokens.slotsWhereActive(transaction, patientIds)
        .forEach((patientId, slots) -> read.put(patientId, new HashSet<>(slots)));
    changes.forEach(change -> apply(change, read));
    return read;
  }

  private void note(Change change) {
    if (slotsByPatient == null) {
      changes.add(change);
    } else {
      apply(change, slotsByPatient);
    }
  }

  private static void apply(Change change, Map<Long, Set<Long>> slotsByPatient) {
    Set<Long> slots = slotsByPatient.computeIfAbsent(change.patientId(), _ -> new HashSet<>());
    if (change.holds()) {
      slots.add(change.slotId());
    } else {
      slots.remove(change.slotId());
    }
  }
}
