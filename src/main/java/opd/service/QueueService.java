package opd.service;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import opd.domain.DoctorCode;
import opd.domain.OpdException;
import opd.domain.Slot;
import opd.domain.SlotReference;
import opd.outcome.Answer.People;
import opd.outcome.TokenView;
import opd.store.SlotStore;
import opd.store.TokenStore;
import opd.store.Transaction;
import opd.store.Transactions;

/// Shows who is to be seen in which order.
public final class QueueService {
  private final Transactions transactions;

  public QueueService(Transactions transactions) {
    this.transactions = transactions;
  }

  /// A slot with the tokens asked for, at one moment.
  public record SlotQueue(Slot slot, List<TokenView> tokens, People people) {}

  /// @param all every token by sequence number, not only the ACTIVE ones in the queue's order
  /// @throws OpdException SLOT_NOT_FOUND
  public SlotQueue show(SlotReference reference, boolean all) {
    return transactions.read(
        transaction -> load(transaction, References.slot(transaction, reference), all));
  }

  /// The queues of all slots that start within [from, to), by start and doctor.
  ///
  /// @throws OpdException DOCTOR_NOT_FOUND
  public List<SlotQueue> list(Optional<DoctorCode> doctor, Instant from, Instant to, boolean all) {
    return transactions.read(transaction -> {
      doctor.ifPresent(code -> References.doctor(transaction, code));
      return SlotStore.list(transaction, doctor, from, to).stream()
          .map(slot -> load(transaction, slot, all))
          .toList();
    });
  }

  private static SlotQueue load(Transaction transaction, Slot slot, boolean all) {
    Queue queue = new Queue(slot, TokenStore.listActive(transaction, slot));
    List<TokenView> views =
        all ? TokenStore.list(transaction, slot).stream().map(queue::view).toList() : queue.views();
    return new SlotQueue(slot, views, Mentioned.of(transaction, views));
  }
}
