package opd.service;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import opd.domain.Slot;
import opd.domain.SlotLabel;
import opd.store.connection.Transaction;
import opd.store.table.AuditStore.SlotChain;
import org.jspecify.annotations.Nullable;

/// Queues as the last transaction of this program left them, so that a slot in which many parts of
/// a list ask for places is read once. Whatever changes a slot or its tokens adds an entry to the
/// slot's chain, which the database enforces: a queue is still what it was if its chain still ends
/// with the same number. To be asked under the slot's lock only.
final class KnownQueues {
  private static final int MOST_TOKENS = 100_000;
  private static final int MOST_SLOTS = 20_000;

  /// A queue as a transaction leaves it.
  ///
  /// @param chainNumber of the last entry of its slot's chain
  record Known(Queue queue, long chainNumber) {}

  // The one that was not needed for the longest time comes first.
  private final LinkedHashMap<Long, Known> known = new LinkedHashMap<>(16, 0.75f, true);
  private final Set<SlotLabel> labels = new HashSet<>();
  private int tokens;

  /// The queues of locked slots, remembered or read.
  ///
  /// @param chains of these slots, by slot id
  List<Queue> load(Transaction transaction, Map<Long, SlotChain> chains) {
    List<Queue> queues = new ArrayList<>();
    List<Long> unknown = new ArrayList<>();
    chains.forEach((slotId, chain) -> {
      Known remembered = known.get(slotId);
      if (remembered != null && remembered.chainNumber() == chain.number()) {
        queues.add(remembered.queue());
      } else {
        unknown.add(slotId);
      }
    });
    if (!unknown.isEmpty()) {
      queues.addAll(Queues.load(transaction, unknown));
    }
    return queues;
  }

  /// Whether the slot is known to exist; slots are never deleted.
  boolean hasSlot(SlotLabel label) {
    return labels.contains(label);
  }

  /// Remembers queues that were committed.
  void remember(List<Known> left) {
    for (Known queue : left) {
      Slot slot = queue.queue().slot();
      forget(known.put(slot.id(), queue));
      tokens += queue.queue().active().size();
      labels.add(slot.label());
    }
    Iterator<Known> oldest = known.values().iterator();
    while ((tokens > MOST_TOKENS || known.size() > MOST_SLOTS) && oldest.hasNext()) {
      forget(oldest.next());
      oldest.remove();
    }
  }

  private void forget(@Nullable Known gone) {
    if (gone != null) {
      tokens -= gone.queue().active().size();
      labels.remove(gone.queue().slot().label());
    }
  }
}
