package opd.service;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import opd.domain.Actor;
import opd.domain.OpdException;
import opd.domain.Patient;
import opd.domain.RequestId;
import opd.outcome.Answer;
import opd.outcome.Outcome;
import opd.outcome.TokenView;
import opd.store.PatientStore;
import opd.store.RequestStore;
import opd.store.RequestStore.Stored;
import opd.store.Transaction;

/// The requests of one transaction on their way from lines to results.
final class Batch {
  private final Transaction transaction;
  private final List<BatchLine> lines;
  private final BatchPlaces places;
  private final Map<RequestId, Stored> stored;
  private final List<BatchLine> fresh;
  private final BatchPatients patients;
  private final BatchLedger ledger;
  private final Map<RequestId, Outcome.Allocation> outcomes = new HashMap<>();
  private final Map<RequestId, OpdException> errors = new HashMap<>();

  /// Finds what was decided before, registers the new patients, then locks the slots: patients
  /// before slots, for everybody, so that two transactions cannot wait for each other.
  Batch(
      Transaction transaction,
      PatientRegistry registry,
      Actor actor,
      List<BatchLine> lines,
      KnownQueues known) {
    this.transaction = transaction;
    this.lines = lines;
    this.stored = RequestStore.findAll(transaction, lines.stream().map(BatchLine::id).toList());
    this.places = new BatchPlaces(transaction, registry, lines, stored.keySet(), known);
    this.fresh =
        lines.stream()
            .filter(line -> !stored.containsKey(line.id()) && places.error(line).isEmpty())
            .toList();
    this.patients = new BatchPatients(transaction, registry, fresh);
    this.ledger =
        new BatchLedger(
            transaction,
            actor,
            fresh.stream().collect(Collectors.groupingBy(places::label, Collectors.counting())),
            patients.byId().keySet(),
            known);
  }

  /// What the transaction came to.
  ///
  /// @param results of the lines, in their order
  /// @param queues of the slots that were locked, as they are once it is committed
  record Decided(List<BatchResult> results, List<KnownQueues.Known> queues) {}

  Decided decide() {
    patients.entries().forEach(ledger::note);
    fresh.forEach(this::decide);
    ledger.flush();
    outcomes.putAll(ledger.stored());
    lines.forEach(this::replay);
    Map<Long, Patient> people = people();
    List<BatchResult> results = lines.stream().map(line -> result(line, people)).toList();
    return new Decided(results, ledger.left());
  }

  private void decide(BatchLine line) {
    try {
      Placement placement = Placement.ofNew(patients.of(line).id(), line.wish());
      ledger.begin(line.id());
      Queue queue = ledger.queue(places.label(line));
      Outcome.Allocation outcome = AllocationService.decide(ledger, queue, placement);
      ledger.decided(line.id(), places.digest(line), outcome);
    } catch (OpdException e) {
      errors.put(line.id(), e);
    }
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
      for (TokenView view : Mentioned.views(outcome)) {
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
    Outcome.Allocation outcome = outcomes.get(line.id());
    if (outcome == null) {
      throw new IllegalStateException("a line of a batch was forgotten");
    }
    boolean replayed = stored.containsKey(line.id());
    return new BatchResult.Decided(
        new Answer<>(outcome, line.id(), replayed, false, new Answer.People(people, Map.of())));
  }
}
