package opd.service;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import opd.audit.AuditSubject;
import opd.audit.NewEntry;
import opd.domain.Actor;
import opd.domain.RequestId;
import opd.domain.SlotLabel;
import opd.domain.Token;
import opd.outcome.Outcome;
import opd.store.AuditStore;
import opd.store.AuditStore.Attributed;
import opd.store.BulkTokens;
import opd.store.RequestStore;
import opd.store.RequestStore.Stored;
import opd.store.Transaction;

/// What a batch has decided and not yet written.
final class BatchWrites {
  // The database locks and counts slot by slot; numbers ascend within each.
  private static final Comparator<Token> BY_LABEL =
      Comparator.comparing((Token token) -> token.label().slot()).thenComparingInt(Token::sequence);

  private final Transaction transaction;
  private final Actor actor;
  private final Map<SlotLabel, Long> slotIds;
  private final List<Token> inserted = new ArrayList<>();
  private final List<Token> displaced = new ArrayList<>();
  private final List<Attributed> entries = new ArrayList<>();
  private final Map<Long, Long> idsWritten = new HashMap<>();
  private final Map<Long, Integer> notedBySlot = new HashMap<>();
  // In the order of their ids, as RequestStore wants them.
  private final SortedMap<String, Decided> unstored = new TreeMap<>();
  private final Map<RequestId, Outcome.Allocation> stored = new HashMap<>();
  private long lastPlaceholder;

  private record Decided(RequestId request, String digest, Outcome.Allocation outcome) {}

  BatchWrites(Transaction transaction, Actor actor, Map<SlotLabel, Long> slotIds) {
    this.transaction = transaction;
    this.actor = actor;
    this.slotIds = slotIds;
  }

  /// @return the token with the id that it has until it is written
  Token insert(Token token) {
    lastPlaceholder--;
    Token pending = token.withId(lastPlaceholder);
    inserted.add(pending);
    return pending;
  }

  void displace(Token token) {
    displaced.add(token);
  }

  void note(RequestId request, NewEntry entry) {
    entries.add(new Attributed(request, entry));
    if (entry.subject() instanceof AuditSubject.OfSlot(long slotId, var _, var _)) {
      notedBySlot.merge(slotId, 1, Integer::sum);
    }
  }

  /// @param digest see [Request#digest]
  void decided(RequestId request, String digest, Outcome.Allocation outcome) {
    unstored.put(request.value(), new Decided(request, digest, outcome));
  }

  /// The outcomes that were written, their tokens with the ids that the database has given them.
  Map<RequestId, Outcome.Allocation> stored() {
    return Map.copyOf(stored);
  }

  /// How many entries were noted for the slot's chain since the batch began.
  int noted(long slotId) {
    return notedBySlot.getOrDefault(slotId, 0);
  }

  boolean isPending(Token token) {
    return token.id() < 0 && !idsWritten.containsKey(token.id());
  }

  /// The token with its id in the database, if it was written.
  Token written(Token token) {
    Long id = token.id() < 0 ? idsWritten.get(token.id()) : null;
    return id == null ? token : token.withId(id);
  }

  /// Writes what was decided: those who lose their place first, as a slot never holds more than its
  /// capacity, and the outcomes before the entries, which are hashed with them.
  ///
  /// @return the slots in which tokens were inserted
  Set<SlotLabel> flush() {
    if (!displaced.isEmpty()) {
      BulkTokens.displace(transaction, displaced.stream().map(Token::id).toList());
    }
    inserted.sort(BY_LABEL);
    List<Long> ids =
        inserted.isEmpty() ? List.of() : BulkTokens.insert(transaction, inserted, slotIds);
    Set<SlotLabel> slots = new HashSet<>();
    for (int index = 0; index < ids.size(); index++) {
      Token token = inserted.get(index);
      idsWritten.put(token.id(), ids.get(index));
      slots.add(token.label().slot());
    }
    inserted.clear();
    displaced.clear();
    storeOutcomes();
    append();
    return slots;
  }

  private void storeOutcomes() {
    SortedMap<String, Stored> rows = new TreeMap<>();
    for (Decided decided : unstored.values()) {
      Outcome.Allocation outcome = decided.outcome().with(this::written);
      stored.put(decided.request(), outcome);
      rows.put(decided.request().value(), Stored.of(decided.digest(), outcome));
    }
    unstored.clear();
    if (!rows.isEmpty()) {
      RequestStore.insertAll(transaction, rows);
    }
  }

  /// Those of requests that are still to be decided, of their patients' registration, wait.
  private void append() {
    Map<Boolean, List<Attributed>> parts =
        entries.stream()
            .collect(Collectors.partitioningBy(each -> stored.containsKey(each.requestId())));
    List<Attributed> due = parts.getOrDefault(true, List.of());
    if (!due.isEmpty()) {
      AuditStore.append(transaction, actor, due.stream().map(this::written).toList());
    }
    entries.clear();
    entries.addAll(parts.getOrDefault(false, List.of()));
  }

  private Attributed written(Attributed entry) {
    return new Attributed(
        entry.requestId(), entry.entry().withTokenId(id -> idsWritten.getOrDefault(id, id)));
  }
}
