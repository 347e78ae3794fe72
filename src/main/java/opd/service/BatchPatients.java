package opd.service;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import opd.decision.NewEntry;
import opd.domain.OpdException;
import opd.domain.Patient;
import opd.domain.PatientKey;
import opd.domain.RequestId;
import opd.store.connection.Transaction;
import opd.store.table.PatientStore;
import opd.store.table.PatientStore.Newcomer;

/// The patients of a batch: found, or registered by the first line that names them, just as if the
/// lines came one after the other.
final class BatchPatients {
  private record Registration(RequestId request, Newcomer newcomer) {}

  private final Map<PatientKey, Patient> patients;
  // Lines without a name, before the line that registers their patient.
  private final Set<RequestId> nameless = new HashSet<>();
  private final Map<RequestId, NewEntry> entries = new HashMap<>();

  BatchPatients(Transaction transaction, PatientRegistry registry, List<BatchLine> lines) {
    Set<PatientKey> keys =
        lines.stream().map(line -> line.request().patient()).collect(Collectors.toSet());
    patients = new HashMap<>(PatientStore.findByKeys(transaction, keys));
    register(transaction, registrations(lines, registry));
    keys.removeAll(patients.keySet());
    if (!keys.isEmpty()) {
      // Somebody registered them just now: this statement sees it.
      patients.putAll(PatientStore.findByKeys(transaction, keys));
    }
  }

  private Map<PatientKey, Registration> registrations(
      List<BatchLine> lines, PatientRegistry registry) {
    Map<PatientKey, Registration> registrations = new LinkedHashMap<>();
    for (BatchLine line : lines) {
      PatientKey key = line.request().patient();
      if (patients.containsKey(key) || registrations.containsKey(key)) {
        continue;
      }
      line.request()
          .name()
          .ifPresentOrElse(
              name -> {
                registrations.put(key, new Registration(line.id(), registry.newcomer(key, name)));
              },
              () -> nameless.add(line.id()));
    }
    return registrations;
  }

  private void register(Transaction transaction, Map<PatientKey, Registration> registrations) {
    List<Newcomer> newcomers = registrations.values().stream().map(Registration::newcomer).toList();
    for (Patient patient : PatientStore.insertAll(transaction, newcomers)) {
      patients.put(patient.key(), patient);
    }
    registrations.forEach((key, registration) -> {
      Patient patient = patients.get(key);
      if (patient != null) {
        entries.put(
            registration.request(), PatientRegistry.registered(patient, registration.newcomer()));
      }
    });
  }

  /// What the log says of the registration that the line led to, if it did.
  List<NewEntry> entries(BatchLine line) {
    return Optional.ofNullable(entries.get(line.id())).stream().toList();
  }

  Map<Long, Patient> byId() {
    return patients.values().stream().collect(Collectors.toMap(Patient::id, each -> each));
  }

  /// @throws OpdException PATIENT_NOT_FOUND, NAME_DIFFERS
  Patient of(BatchLine line) {
    Patient patient = patients.get(line.request().patient());
    if (patient == null || nameless.contains(line.id())) {
      throw PatientRegistry.unknown();
    }
    return PatientRegistry.checked(patient, line.request().name());
  }
}
