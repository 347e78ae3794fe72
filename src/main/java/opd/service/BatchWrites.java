package opd.service;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import opd.decision.AuditSubject;
import opd.decision.NewEntry;
import opd.domain.Actor;
import opd.domain.RequestId;
import opd.domain.SlotLabel;
import opd.domain.Token;
import opd.store.connection.Transaction;
import opd.store.table.AuditStore;
import opd.store.table.AuditStore.Attributed;
import opd.store.table.BulkTokens;

/// What a batch has decided and not yet written.
final class BatchWrites {
  // The database locks and counts slot by slot; numbers ascend within each.
  private static final Comparator<Token> BY_LABEL =
      Comparator.comparing((Token token) -> token.label().slot()).thenComparingInt(Token::sequence);

  private final Transaction transaction;
  private final Actor actor;
  private final Map<SlotLabel, Long> slotIds;
  private final Outcomes outcomes;
  private final List<Token> inserted = new ArrayList<>();
  private final List<Token> displaced = new ArrayList<>();
  private final List<Attributed> entries = new ArrayList<>();
  private final Map<Long, Long> idsWritten = new HashMap<>();
  private final Map<Long, Integer> notedBySlot = new HashMap<>();
  private final Set<RequestId> storedRequests = new HashSet<>();
  private long lastPlaceholder;

  /// The outcomes of the batch's requests.
  interface Outcomes {
    /// Stores those that were decided since the last time.
    ///
    /// @param written gives tokens the ids that the database has given them
    /// @return whose they are
    Set<RequestId> store(UnaryOperator<Token> written);
  }

  BatchWrites(
      Transaction transaction, Actor actor, Map<SlotLabel, Long> slotIds, Outcomes outcomes) {
    this.transaction = transaction;
    this.actor = actor;
    this.slotIds = slotIds;
    this.outcomes = outcomes;
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
    storedRequests.addAll(outcomes.store(this::written));
    append();
    return slots;
  }

  /// Those of requests that are still to be decided, of their patients' registration, wait.
  private void append() {
    Map<Boolean, List<Attributed>> parts =
        entries.stream()
            .collect(Collectors.partitioningBy(each -> storedRequests.contains(each.requestId())));
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
