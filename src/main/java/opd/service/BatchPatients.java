package opd.service;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import opd.decision.AuditEvent;
import opd.decision.NewEntry;
import opd.domain.OpdException;
import opd.domain.Patient;
import opd.domain.PatientKey;
import opd.domain.RequestId;
import opd.record.Identity;
import opd.store.connection.Transaction;
import opd.store.table.AuditStore.Attributed;
import opd.store.table.PatientStore;
import opd.store.table.PatientStore.Newcomer;

/// The patients of a batch: found, or registered by the first line that names them, just as if the
/// lines came one after the other.
final class BatchPatients {
  private record Registration(RequestId request, Newcomer newcomer) {}

  private final Map<PatientKey, Patient> patients;
  // Lines without a name, before the line that registers their patient.
  private final Set<RequestId> nameless = new HashSet<>();
  private final List<Attributed> entries = new ArrayList<>();

  BatchPatients(Transaction transaction, PatientRegistry registry, List<BatchLine> lines) {
    Set<PatientKey> keys =
        lines.stream().map(line -> line.wish().patient()).collect(Collectors.toSet());
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
      PatientKey key = line.wish().patient();
      if (patients.containsKey(key) || registrations.containsKey(key)) {
        continue;
      }
      line.wish()
          .name()
          .ifPresentOrElse(
              name -> {
                String salt = HexFormat.of().formatHex(registry.salt());
                registrations.put(key, new Registration(line.id(), new Newcomer(key, name, salt)));
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
        entries.add(entry(patient, registration));
      }
    });
  }

  private static Attributed entry(Patient patient, Registration registration) {
    Newcomer newcomer = registration.newcomer();
    byte[] salt = HexFormat.of().parseHex(newcomer.salt());
    String identity = Identity.of(newcomer.key(), newcomer.name(), salt);
    return new Attributed(
        registration.request(),
        NewEntry.ofPatient(patient.id(), new AuditEvent.PatientRegistered(identity)));
  }

  /// What the log says of the registrations.
  List<Attributed> entries() {
    return entries;
  }

  Map<Long, Patient> byId() {
    return patients.values().stream().collect(Collectors.toMap(Patient::id, each -> each));
  }

  /// @throws OpdException PATIENT_NOT_FOUND, NAME_DIFFERS
  Patient of(BatchLine line) {
    Patient patient = patients.get(line.wish().patient());
    if (patient == null || nameless.contains(line.id())) {
      throw PatientRegistry.unknown();
    }
    return PatientRegistry.checked(patient, line.wish().name());
  }
}
