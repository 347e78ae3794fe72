package opd.service;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import opd.audit.NewEntry;
import opd.domain.Actor;
import opd.domain.RequestId;
import opd.domain.Slot;
import opd.domain.SlotLabel;
import opd.domain.StatusCounts;
import opd.domain.Token;
import opd.domain.TokenLabel;
import opd.domain.TokenPriority;
import opd.domain.TokenSource;
import opd.domain.TokenStatus;
import opd.outcome.Outcome;
import opd.rule.TokenChange;
import opd.store.AuditStore;
import opd.store.AuditStore.Attributed;
import opd.store.AuditStore.SlotChain;
import opd.store.SlotStore;
import opd.store.Transaction;
import org.jspecify.annotations.Nullable;

/// Carries out the decisions of one transaction in memory, and writes them together. The slots are
/// locked, so the numbers that the database will give are known beforehand; the ids are not: until
/// it is written a new token has a negative one.
final class BatchLedger implements Ledger {
  private final Map<SlotLabel, Queue> queues = new HashMap<>();
  private final Map<SlotLabel, Long> slotIds = new HashMap<>();
  private final Map<Long, SlotChain> chains;
  private final ActivePlaces activePlaces;
  private final DaysSlots laterSlots;
  private final BatchWrites writes;
  private RequestId current;

  /// Locks the slots and loads their queues.
  ///
  /// @param demand how many requests there are for each slot
  BatchLedger(
      Transaction transaction,
      Actor actor,
      Map<SlotLabel, Long> demand,
      Collection<Long> patientIds,
      KnownQueues known) {
    chains = AuditStore.slotChains(transaction, SlotStore.lock(transaction, demand.keySet()));
    for (Queue queue : known.load(transaction, chains)) {
      queues.put(queue.slot().label(), queue);
      slotIds.put(queue.slot().label(), queue.slot().id());
    }
    laterSlots = new DaysSlots(transaction, crowded(demand));
    activePlaces = new ActivePlaces(transaction, patientIds);
    writes = new BatchWrites(transaction, actor, slotIds);
    current = new RequestId("none");
  }

  /// The slots that cannot take all that is asked of them.
  private Set<SlotLabel> crowded(Map<SlotLabel, Long> demand) {
    return demand.entrySet().stream()
        .filter(wanted -> wanted.getValue() > slot(wanted.getKey()).free())
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  /// The queues as they are once everything is written and committed.
  List<KnownQueues.Known> left() {
    return queues.values().stream()
        .map(queue -> new KnownQueues.Known(queue, chain(queue.slot()).number() + noted(queue)))
        .toList();
  }

  private int noted(Queue queue) {
    return writes.noted(queue.slot().id());
  }

  private Slot slot(SlotLabel label) {
    return queue(label).slot();
  }

  /// The queue as the decisions so far have made it.
  Queue queue(SlotLabel label) {
    Queue queue = queues.get(label);
    if (queue == null) {
      throw new IllegalStateException("slot " + label + " is not locked");
    }
    return queue;
  }

  /// From now on entries are due to this request.
  void begin(RequestId request) {
    current = request;
  }

  /// @param digest see [Request#digest]
  void decided(RequestId request, String digest, Outcome.Allocation outcome) {
    writes.decided(request, digest, outcome);
  }

  /// The outcomes that were written.
  Map<RequestId, Outcome.Allocation> stored() {
    return writes.stored();
  }

  /// Writes what was decided since the last time.
  void flush() {
    Set<SlotLabel> changed = writes.flush();
    for (SlotLabel label : changed) {
      Queue queue = queue(label);
      queues.put(
          label, new Queue(queue.slot(), queue.active().stream().map(writes::written).toList()));
    }
  }

  @Override
  public Token take(
      Slot slot,
      long patientId,
      TokenPriority priority,
      TokenSource source,
      @Nullable Token reallocated) {
    if (reallocated != null) {
      throw new IllegalArgumentException("batches do not reallocate");
    }
    Queue queue = queue(slot.label());
    TokenLabel label = new TokenLabel(slot.label(), queue.slot().counts().total() + 1);
    Token token =
        writes.insert(
            new Token(0, label, patientId, priority, source, TokenStatus.ACTIVE, null, time(slot)));
    StatusCounts counts = queue.slot().counts().plus(TokenStatus.ACTIVE);
    change(queue, counts, token);
    activePlaces.taken(patientId, slot.id());
    return token;
  }

  @Override
  public Token reclassify(Token token, TokenChange change) {
    if (change != TokenChange.DISPLACE) {
      throw new IllegalArgumentException("batches only displace");
    }
    if (writes.isPending(token)) {
      flush();
    }
    Token known = writes.written(token);
    Queue queue = queue(token.label().slot());
    Token displaced = known.withStatus(change.result());
    writes.displace(displaced);
    StatusCounts counts =
        queue.slot().counts().minus(TokenStatus.ACTIVE).plus(TokenStatus.DISPLACED);
    change(queue, counts, displaced);
    activePlaces.lost(token.patientId(), queue.slot().id());
    return displaced;
  }

  private void change(Queue queue, StatusCounts counts, Token token) {
    Queue changed = new Queue(queue.slot().withCounts(counts), queue.active());
    queues.put(queue.slot().label(), changed.after(List.of(token)));
  }

  /// Notes an entry that is due to another request than the present one.
  void note(Attributed entry) {
    writes.note(entry.requestId(), entry.entry());
  }

  @Override
  public void note(NewEntry entry) {
    writes.note(current, entry);
  }

  @Override
  public Instant time(Slot slot) {
    return chain(slot).nextTime();
  }

  private SlotChain chain(Slot slot) {
    SlotChain chain = chains.get(slot.id());
    if (chain == null) {
      throw new IllegalStateException("slot " + slot.label() + " is not locked");
    }
    return chain;
  }

  @Override
  public @Nullable Slot next(Slot slot, long patientId) {
    return laterSlots.openAfter(slot.label()).stream()
        .map(later -> queues.containsKey(later.label()) ? slot(later.label()) : later)
        .filter(later -> later.free() > 0 && !activePlaces.has(patientId, later.id()))
        .findFirst()
        .orElse(null);
  }
}
