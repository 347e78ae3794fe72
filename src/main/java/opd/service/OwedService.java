package opd.service;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import opd.decision.AuditEvent;
import opd.decision.Claim;
import opd.decision.Reallocation;
import opd.decision.Response.People;
import opd.decision.SlotBook;
import opd.decision.TokenView;
import opd.domain.AuditKind;
import opd.domain.Days;
import opd.domain.DoctorCode;
import opd.domain.Slot;
import opd.record.FactsReader;
import opd.store.connection.Transaction;
import opd.store.connection.Transactions;
import opd.store.table.OwedStore;
import opd.store.table.QueueStore;
import opd.store.table.SlotStore;
import opd.store.table.SlotStore.DoctorDay;

/// Who lost a place and has no other yet.
public final class OwedService {
  private final Transactions transactions;

  OwedService(Transactions transactions) {
    this.transactions = transactions;
  }

  /// A displaced token that is owed a place.
  ///
  /// @param since when it lost its own
  /// @param event that tells why, or empty when the log cannot be read
  /// @param place the first that `reallocate` would give now, or empty
  public record Owed(TokenView token, Instant since, Optional<Loss> event, Optional<Slot> place) {}

  /// Why a place was lost.
  ///
  /// @param cancellation of the slot, if the place was lost with it
  public record Loss(
      AuditEvent.TokenDisplaced displacement, Optional<AuditEvent.SlotCancelled> cancellation) {}

  /// Those who are owed a place, with their patients.
  public record OwedPlaces(List<Owed> owed, People people) {}

  /// Those of the slots of these days, by start and doctor, first claim first.
  ///
  /// @throws opd.domain.OpdException DOCTOR_NOT_FOUND
  public OwedPlaces list(Optional<DoctorCode> doctor, Days days) {
    return transactions.read(transaction -> {
      doctor.ifPresent(code -> Finder.doctor(transaction, code));
      List<OwedStore.Row> rows = OwedStore.list(transaction, doctor, days);
      Map<DoctorDay, List<SlotBook>> open = open(transaction, rows);
      List<Owed> owed =
          rows.stream()
              .map(row ->
                  new Owed(
                      TokenView.notQueued(row.token()),
                      row.since(),
                      loss(row),
                      place(
                          row,
                          open.getOrDefault(DoctorDay.of(row.token().label().slot()), List.of()))))
              .toList();
      return new OwedPlaces(
          owed, PeopleLookup.of(transaction, owed.stream().map(Owed::token).toList()));
    });
  }

  /// The open slots of the days of those tokens, by start.
  private static Map<DoctorDay, List<SlotBook>> open(
      Transaction transaction, List<OwedStore.Row> rows) {
    Set<DoctorDay> days =
        rows.stream()
            .map(row -> DoctorDay.of(row.token().label().slot()))
            .collect(Collectors.toSet());
    List<Long> slots = new ArrayList<>();
    SlotStore.listOpen(transaction, days)
        .values()
        .forEach(ofDay -> ofDay.forEach(slot -> slots.add(slot.id())));
    Map<DoctorDay, List<SlotBook>> open = new HashMap<>();
    QueueStore.load(transaction, slots).stream()
        .sorted(Comparator.comparing((SlotBook book) -> book.slot().start()))
        .forEach(book ->
            open.computeIfAbsent(DoctorDay.of(book.slot().label()), _ -> new ArrayList<>())
                .add(book));
    return open;
  }

  private static Optional<Slot> place(OwedStore.Row row, List<SlotBook> ofDay) {
    List<SlotBook> choices =
        ofDay.stream().filter(book -> !book.slot().start().isBefore(row.start())).toList();
    return Reallocation.firstFree(Claim.ofReallocation(row.token()), choices).map(SlotBook::slot);
  }

  private static Optional<Loss> loss(OwedStore.Row row) {
    Optional<AuditEvent.SlotCancelled> cancellation =
        Optional.ofNullable(row.cancellation())
            .flatMap(facts -> FactsReader.read(AuditKind.SLOT_CANCELLED, null, facts))
            .flatMap(event ->
                event instanceof AuditEvent.SlotCancelled cancelled
                    ? Optional.of(cancelled)
                    : Optional.empty());
    return FactsReader.read(AuditKind.TOKEN_DISPLACED, null, row.displacement())
        .flatMap(event ->
            event instanceof AuditEvent.TokenDisplaced displaced
                ? Optional.of(new Loss(displaced, cancellation))
                : Optional.empty());
  }
}
