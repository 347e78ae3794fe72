package opd.service;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import opd.domain.DoctorCode;
import opd.domain.OpdException;
import opd.domain.RequestId;
import opd.domain.Slot;
import opd.domain.SlotLabel;
import opd.domain.SlotReference;
import opd.store.connection.Transaction;
import opd.store.schema.FacilityStore;
import opd.store.table.SlotStore;
import opd.store.table.SlotStore.DoctorDay;
import org.jspecify.annotations.Nullable;

/// The slots that the lines of a batch mean, looked up together.
final class BatchPlaces {
  private final Transaction transaction;
  private final PatientRegistry registry;
  private final Set<RequestId> decided;
  private final Map<RequestId, SlotLabel> labels = new HashMap<>();
  private final Map<RequestId, String> digests = new HashMap<>();
  private final Map<RequestId, OpdException> errors = new HashMap<>();
  private final Map<DoctorDay, SlotLabel> slots = new HashMap<>();

  /// @param decided requests whose outcome is stored: where they would go now does not matter
  BatchPlaces(
      Transaction transaction,
      PatientRegistry registry,
      List<BatchLine> lines,
      Set<RequestId> decided) {
    this.transaction = transaction;
    this.registry = registry;
    this.decided = decided;
    Set<SlotLabel> existing = existing(lines);
    FacilityStore.Moment moment = FacilityStore.now(transaction);
    for (BatchLine line : lines) {
      try {
        find(line, existing, moment);
      } catch (OpdException e) {
        errors.put(line.id(), e);
      }
    }
  }

  private Set<SlotLabel> existing(List<BatchLine> lines) {
    Set<SlotLabel> named = new HashSet<>();
    for (BatchLine line : lines) {
      if (line.request().place()
          instanceof AllocationRequest.Place.InSlot(SlotReference.ByLabel(SlotLabel label))) {
        named.add(label);
      }
    }
    return SlotStore.findAll(transaction, named).stream()
        .map(Slot::label)
        .collect(Collectors.toSet());
  }

  private void find(BatchLine line, Set<SlotLabel> existing, FacilityStore.Moment moment) {
    switch (line.request().place()) {
      case AllocationRequest.Place.InSlot(SlotReference reference) -> {
        SlotLabel label = label(reference, existing);
        labels.put(line.id(), label);
        digests.put(
            line.id(), AllocationService.digest(registry, line.request(), label.toString()));
      }
      case AllocationRequest.Place.WithDoctor(DoctorCode doctor, var asked) -> {
        DoctorDay day = new DoctorDay(doctor, asked.orElse(moment.today()));
        digests.put(
            line.id(),
            AllocationService.digest(
                registry, line.request(), AllocationService.place(doctor, asked)));
        if (!decided.contains(line.id())) {
          labels.put(
              line.id(),
              slots.computeIfAbsent(
                  day,
                  _ -> AllocationService.currentOrNext(transaction, doctor, day.day(), moment)));
        }
      }
    }
  }

  private SlotLabel label(SlotReference reference, Set<SlotLabel> existing) {
    return switch (reference) {
      case SlotReference.ByLabel(SlotLabel label) when existing.contains(label) -> label;
      case SlotReference.ByLabel _, SlotReference.ById _ -> {
        Slot slot = Finder.slot(transaction, reference);
        yield slot.label();
      }
    };
  }

  /// Why the line's slot cannot be told, or empty.
  Optional<OpdException> error(BatchLine line) {
    return Optional.ofNullable(errors.get(line.id()));
  }

  /// @throws IllegalStateException when the line has an error
  SlotLabel label(BatchLine line) {
    return present(labels.get(line.id()));
  }

  /// See [Request#digest].
  String digest(BatchLine line) {
    return present(digests.get(line.id()));
  }

  private static <T> T present(@Nullable T value) {
    if (value == null) {
      throw new IllegalStateException("a line without a slot was decided");
    }
    return value;
  }
}
