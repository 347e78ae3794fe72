package opd.service;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import opd.domain.ErrorCode;
import opd.domain.OpdException;
import opd.domain.SlotLabel;
import opd.store.connection.Transaction;
import opd.store.table.QueueStore;

/// Locks slots and loads their queues, in this order and in statements of their own: whoever
/// decides must see what was committed before the lock was had.
final class Queues {
  private Queues() {}

  /// @throws OpdException SLOT_NOT_FOUND
  static Queue lock(Transaction transaction, SlotLabel label) {
    return lockWithNext(transaction, label).get();
  }

  /// Locks it together with the transaction's next statement.
  ///
  /// @return gives the queue, or throws SLOT_NOT_FOUND
  static Supplier<Queue> lockWithNext(Transaction transaction, SlotLabel label) {
    var loaded = QueueStore.lockWithNext(transaction, List.of(label));
    return () ->
        loaded.get().stream()
            .findFirst()
            .map(Queues::queue)
            .orElseThrow(
                () -> new OpdException(ErrorCode.SLOT_NOT_FOUND, "there is no slot " + label));
  }

  private static Queue queue(QueueStore.Loaded loaded) {
    return new Queue(loaded.slot(), loaded.active());
  }

  /// The queue of this slot, which must be among them.
  static Queue of(List<Queue> queues, SlotLabel label) {
    return queues.stream()
        .filter(queue -> queue.slot().label().equals(label))
        .findFirst()
        .orElseThrow();
  }

  /// In the order of their starts.
  static List<Queue> lockAll(Transaction transaction, Collection<SlotLabel> labels) {
    return QueueStore.lock(transaction, labels).stream()
        .map(Queues::queue)
        .sorted(Comparator.comparing(queue -> queue.slot().label()))
        .toList();
  }

  /// To decide on them the slots must be locked.
  static List<Queue> load(Transaction transaction, Collection<Long> slotIds) {
    return QueueStore.load(transaction, slotIds).stream().map(Queues::queue).toList();
  }
}
