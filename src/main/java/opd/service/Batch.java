package opd.service;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import opd.decision.Allocation;
import opd.decision.Claim;
import opd.decision.Decided;
import opd.decision.Outcome;
import opd.decision.Response;
import opd.decision.SlotBook;
import opd.decision.TokenView;
import opd.domain.Actor;
import opd.domain.OpdException;
import opd.domain.Patient;
import opd.domain.RequestId;
import opd.domain.Slot;
import opd.domain.SlotLabel;
import opd.store.connection.Transaction;
import opd.store.table.DecisionWriter;
import opd.store.table.HeldTokenStore;
import opd.store.table.PatientStore;
import opd.store.table.QueueStore;
import opd.store.table.RequestStore;
import opd.store.table.RequestStore.Stored;

/// The requests of one transaction on their way from lines to results: all that they need is locked
/// and loaded, they are decided one after the other on the books in memory, and written together.
final class Batch {
  private final Transaction transaction;
  private final List<BatchLine> lines;
  private final BatchPlaces places;
  private final Map<RequestId, Stored> stored;
  private final List<BatchLine> fresh;
  private final BatchPatients patients;
  private final Map<SlotLabel, SlotBook> books = new HashMap<>();
  private final OtherSlots others;
  private final BatchHeldTokens held;
  private final DecisionWriter writer;
  private final Map<RequestId, Outcome.Allocation> outcomes = new HashMap<>();
  private final Map<RequestId, OpdException> errors = new HashMap<>();

  /// Finds what was decided before, registers the new patients, then locks the slots: patients
  /// before slots, for everybody, so that two transactions cannot wait for each other.
  Batch(Transaction transaction, PatientRegistry registry, Actor actor, List<BatchLine> lines) {
    this.transaction = transaction;
    this.lines = lines;
    this.stored = RequestStore.findAll(transaction, lines.stream().map(BatchLine::id).toList());
    this.places = new BatchPlaces(transaction, registry, lines, stored.keySet());
    this.fresh =
        lines.stream()
            .filter(line -> !stored.containsKey(line.id()) && places.error(line).isEmpty())
            .toList();
    this.patients = new BatchPatients(transaction, registry, fresh);
    Map<SlotLabel, Long> demand =
        fresh.stream().collect(Collectors.groupingBy(places::label, Collectors.counting()));
    var found = HeldTokenStore.findWithNext(transaction, patients.byId().keySet(), demand.keySet());
    for (SlotBook book : QueueStore.lock(transaction, demand.keySet())) {
      books.put(book.slot().label(), book);
    }
    this.held = new BatchHeldTokens(found.get());
    this.others = new OtherSlots(transaction, books, crowded(demand), patients.byId().keySet());
    this.writer = new DecisionWriter(transaction, actor);
  }

  /// The slots that cannot take all that is asked of them.
  private Set<SlotLabel> crowded(Map<SlotLabel, Long> demand) {
    return demand.entrySet().stream()
        .filter(wanted -> wanted.getValue() > book(wanted.getKey()).slot().free())
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  /// The results of the lines, in their order.
  List<BatchResult> decide() {
    Set<RequestId> decided =
        fresh.stream().filter(this::isDecided).map(BatchLine::id).collect(Collectors.toSet());
    writer.flush();
    decided.forEach(id -> outcomes.put(id, (Outcome.Allocation) writer.outcome(id)));
    lines.forEach(this::replay);
    Map<Long, Patient> people = people();
    return lines.stream().map(line -> result(line, people)).toList();
  }

  private boolean isDecided(BatchLine line) {
    try {
      Patient patient = patients.of(line);
      Claim claim = AllocationService.claim(line.request(), patient).holding(held.of(patient.id()));
      SlotBook book = book(places.label(line));
      Slot next = Allocation.mayGoElsewhere(book, claim) ? others.next(book, claim) : null;
      Decided<Outcome.Allocation> decided = Allocation.decide(book, claim, next);
      for (SlotBook after : decided.after()) {
        books.put(after.slot().label(), after);
      }
      held.follow(decided, book.slot());
      writer.add(line.id(), places.digest(line), decided.afterEntries(patients.entries(line)));
      return true;
    } catch (OpdException e) {
      errors.put(line.id(), e);
      return false;
    }
  }

  private SlotBook book(SlotLabel label) {
    return Objects.requireNonNull(books.get(label), "a slot is not locked");
  }

  private void replay(BatchLine line) {
    Stored before = stored.get(line.id());
    places.error(line).ifPresent(error -> errors.put(line.id(), error));
    if (before != null && places.error(line).isEmpty()) {
      try {
        Outcome outcome = Decisions.replay(line.id(), before, places.digest(line));
        outcomes.put(line.id(), (Outcome.Allocation) outcome);
      } catch (OpdException e) {
        errors.put(line.id(), e);
      }
    }
  }

  /// Everybody whom the outcomes mention.
  private Map<Long, Patient> people() {
    Map<Long, Patient> people = new HashMap<>(patients.byId());
    Set<Long> missing = new TreeSet<>();
    for (Outcome.Allocation outcome : outcomes.values()) {
      for (TokenView view : PeopleLookup.views(outcome)) {
        missing.add(view.token().patientId());
      }
    }
    missing.removeAll(people.keySet());
    if (!missing.isEmpty()) {
      people.putAll(PatientStore.findAll(transaction, missing));
    }
    return people;
  }

  private BatchResult result(BatchLine line, Map<Long, Patient> people) {
    OpdException error = errors.get(line.id());
    if (error != null) {
      return new BatchResult.Failed(error);
    }
    Outcome.Allocation outcome =
        Objects.requireNonNull(outcomes.get(line.id()), "a line of a batch was forgotten");
    boolean replayed = stored.containsKey(line.id());
    return new BatchResult.Decided(
        new Response<>(outcome, line.id(), replayed, false, new Response.People(people, Map.of())));
  }
}
