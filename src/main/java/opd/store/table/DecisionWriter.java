package opd.store.table;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import opd.decision.Allocation;
import opd.decision.Change;
import opd.decision.Decided;
import opd.decision.Outcome;
import opd.domain.Actor;
import opd.domain.RequestId;
import opd.domain.Token;
import opd.domain.TokenLabel;
import opd.domain.TokenStatus;
import opd.store.connection.Transaction;
import opd.store.table.AuditStore.Attributed;
import opd.store.table.RequestStore.Stored;

/// Writes the decisions of one transaction, whose slots are locked: the rows that they change, then
/// the outcomes, then the entries, which are hashed with them. One decision or many: the statements
/// are the same, and the last of them travel together with COMMIT.
///
/// Numbers are known beforehand, ids are not: a new token has [Allocation#UNWRITTEN] until it is
/// written.
public final class DecisionWriter {
  // The database locks and counts slot by slot; numbers ascend within each.
  private static final Comparator<Change.TakePlace> BY_LABEL =
      Comparator.comparing((Change.TakePlace place) -> place.token().label().slot())
          .thenComparingInt(place -> place.token().sequence());

  private final Transaction transaction;
  private final Actor actor;
  private final List<Waiting> waiting = new ArrayList<>();
  private final Set<TokenLabel> unwritten = new HashSet<>();
  private final Map<TokenLabel, Long> ids = new HashMap<>();
  private final Map<RequestId, Outcome> outcomes = new HashMap<>();

  /// @param digest of the request, see [Stored]
  private record Waiting(RequestId request, String digest, Decided<?> decided) {}

  public DecisionWriter(Transaction transaction, Actor actor) {
    this.transaction = transaction;
    this.actor = actor;
  }

  /// Takes a decision that is to be written with others.
  public void add(RequestId request, String digest, Decided<?> decided) {
    if (decided.changes().stream().anyMatch(this::isOfUnwritten)) {
      // Of two changes of one token each has its own entry: the first must be there before.
      flush();
    }
    waiting.add(new Waiting(request, digest, decided));
    for (Change change : decided.changes()) {
      if (change instanceof Change.TakePlace(long _, var token, var _)) {
        unwritten.add(token.label());
      }
    }
  }

  private boolean isOfUnwritten(Change change) {
    return switch (change) {
      case Change.SetTokenStatus(var token, var _) -> unwritten.contains(token.label());
      case Change.TakePlace _, Change.SetSlotStatus _, Change.SetSlotTerms _ -> false;
      // The entry carries it out.
      case Change.SetServing _, Change.ReopenSlot _ -> false;
    };
  }

  /// What became of a request that was written.
  public Outcome outcome(RequestId request) {
    return Objects.requireNonNull(outcomes.get(request), "not written");
  }

  /// Writes what was added since the last time.
  public void flush() {
    if (waiting.isEmpty()) {
      return;
    }
    List<Change> changes =
        waiting.stream().<Change>flatMap(each -> each.decided().changes().stream()).toList();
    for (Change change : changes) {
      if (change instanceof Change.ReopenSlot(var slot, var status)) {
        SlotStore.reopen(transaction, slot.id(), status);
      }
    }
    // Those who lose their place first: the database never lets a slot hold more than its capacity.
    setStatus(changes, false);
    setStatus(changes, true);
    takePlaces(changes);
    setSlots(changes);
    TreeMap<String, Stored> rows = new TreeMap<>();
    List<Attributed> entries = new ArrayList<>();
    for (Waiting each : waiting) {
      Outcome outcome = written(each.decided().outcome());
      outcomes.put(each.request(), outcome);
      rows.put(each.request().value(), Stored.of(each.digest(), outcome));
      each.decided()
          .entries()
          .forEach(entry -> entries.add(new Attributed(each.request(), entry.with(this::written))));
    }
    waiting.clear();
    AuditStore.append(transaction, actor, rows, entries);
  }

  private void setStatus(List<Change> changes, boolean toActive) {
    List<Change.SetTokenStatus> chosen = new ArrayList<>();
    for (Change change : changes) {
      if (change instanceof Change.SetTokenStatus set
          && (set.status() == TokenStatus.ACTIVE) == toActive) {
        chosen.add(new Change.SetTokenStatus(written(set.token()), set.status()));
      }
    }
    if (!chosen.isEmpty()) {
      BulkTokens.setStatus(transaction, chosen);
    }
  }

  private void setSlots(List<Change> changes) {
    for (Change change : changes) {
      switch (change) {
        case Change.SetSlotStatus(var slot, var status, int delayMinutes) ->
            SlotStore.setStatus(transaction, slot.id(), status, delayMinutes);
        case Change.SetSlotTerms(var slot, int capacity, var end) ->
            SlotStore.setTerms(transaction, slot.id(), capacity, end);
        case Change.ReopenSlot _, Change.TakePlace _, Change.SetTokenStatus _ -> {}
        case Change.SetServing _ -> {}
      }
    }
  }

  private void takePlaces(List<Change> changes) {
    List<Change.TakePlace> places = new ArrayList<>();
    for (Change change : changes) {
      if (change instanceof Change.TakePlace place) {
        places.add(place);
      }
    }
    if (places.isEmpty()) {
      return;
    }
    places.sort(BY_LABEL);
    List<Long> given = BulkTokens.insert(transaction, places);
    for (int index = 0; index < given.size(); index++) {
      ids.put(places.get(index).token().label(), given.get(index));
    }
    unwritten.clear();
  }

  @SuppressWarnings("unchecked")
  <O extends Outcome> O written(O outcome) {
    return (O) outcome.with(this::written);
  }

  private Token written(Token token) {
    Long id = token.id() == Allocation.UNWRITTEN ? ids.get(token.label()) : null;
    return id == null ? token : token.withId(id);
  }
}
