package opd.service;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import opd.decision.NewEntry;
import opd.domain.OpdException;
import opd.domain.Patient;
import opd.domain.PatientKey;
import opd.domain.PatientReference;
import opd.domain.PersonName;
import opd.domain.PhoneNumber;
import opd.domain.RequestId;
import opd.domain.UnidentifiedPatient;
import opd.store.connection.Transaction;
import opd.store.table.PatientStore;
import opd.store.table.PatientStore.Newcomer;

/// The patients of a batch: found, or registered by the first line that names them, just as if the
/// lines came one after the other.
final class BatchPatients {
  /// Whom a line means, or why it means nobody.
  private sealed interface Meant {
    record Known(Patient patient) implements Meant {}

    record New(Newcomer newcomer) implements Meant {}

    /// A member whom an earlier line registers.
    record Earlier(PatientKey key) implements Meant {}

    record Nobody(OpdException why) implements Meant {}
  }

  // The id of somebody whom a line is about to register.
  private static final long UNWRITTEN = 0;

  private final Transaction transaction;
  private final PatientRegistry registry;
  // By number, with those whom earlier lines register, who have no id yet.
  private final Map<PhoneNumber, List<Patient>> members = new HashMap<>();
  private final Map<RequestId, Patient> patients = new HashMap<>();
  private final Map<RequestId, OpdException> errors = new HashMap<>();
  private final Map<RequestId, NewEntry> entries = new HashMap<>();

  BatchPatients(Transaction transaction, PatientRegistry registry, List<BatchLine> lines) {
    this.transaction = transaction;
    this.registry = registry;
    List<BatchLine> open = lines;
    while (!open.isEmpty()) {
      // Again for those whose number somebody else registered just now: a new statement sees it.
      open = settled(open);
    }
  }

  /// Settles the lines as far as it can.
  ///
  /// @return those that are to be looked at once more
  private List<BatchLine> settled(List<BatchLine> lines) {
    load(lines);
    Map<RequestId, Meant> meant = new LinkedHashMap<>();
    lines.forEach(line -> meant.put(line.id(), meant(line.request())));
    Map<PatientKey, Patient> registered = register(meant.values());
    List<BatchLine> again = new ArrayList<>();
    for (BatchLine line : lines) {
      if (!isSettled(line.id(), Objects.requireNonNull(meant.get(line.id())), registered)) {
        again.add(line);
      }
    }
    return again;
  }

  private void load(List<BatchLine> lines) {
    members.clear();
    Set<PhoneNumber> phones =
        lines.stream()
            .flatMap(line -> phone(line.request().patient()).stream())
            .collect(Collectors.toSet());
    for (Patient patient : PatientStore.findByPhones(transaction, phones)) {
      patient.key().ifPresent(key -> sharing(key.phone()).add(patient));
    }
  }

  private static Optional<PhoneNumber> phone(PatientReference reference) {
    return switch (reference) {
      case PatientKey key -> Optional.of(key.phone());
      case PatientReference.NextMember(PhoneNumber phone) -> Optional.of(phone);
      case UnidentifiedPatient _, PatientReference.Unknown() -> Optional.empty();
    };
  }

  private List<Patient> sharing(PhoneNumber phone) {
    return members.computeIfAbsent(phone, _ -> new ArrayList<>());
  }

  private Meant meant(AllocationRequest request) {
    try {
      return switch (request.patient()) {
        case PatientKey key -> meant(key, request.name());
        case PatientReference.NextMember(PhoneNumber phone) -> {
          PersonName name = request.name().orElseThrow(PatientErrors::needsName);
          List<Patient> sharing = sharing(phone);
          Optional<Patient> known = PatientRegistry.called(sharing, name);
          yield known.isPresent()
              ? of(known.get())
              : of(PatientRegistry.next(sharing, phone), name);
        }
        case UnidentifiedPatient unidentified -> {
          Patient patient =
              PatientRegistry.known(transaction, unidentified, request.name()).orElseThrow();
          checkName(patient, List.of(patient), request.name());
          yield new Meant.Known(patient);
        }
        case PatientReference.Unknown() ->
            throw OpdException.invalid("a line needs a phone number");
      };
    } catch (OpdException e) {
      return new Meant.Nobody(e);
    }
  }

  private Meant meant(PatientKey key, Optional<PersonName> name) {
    List<Patient> sharing = sharing(key.phone());
    Optional<Patient> known =
        sharing.stream().filter(patient -> patient.member() == key.member()).findFirst();
    if (known.isEmpty()) {
      return of(key, name.orElseThrow(PatientErrors::unknown));
    }
    checkName(known.get(), sharing, name);
    return of(known.get());
  }

  private static void checkName(Patient patient, List<Patient> sharing, Optional<PersonName> name) {
    if (name.isPresent() && !patient.isCalled(name.get())) {
      throw PatientErrors.nameDiffers(patient, sharing);
    }
  }

  private static Meant of(Patient known) {
    return known.id() == UNWRITTEN
        ? new Meant.Earlier(known.key().orElseThrow())
        : new Meant.Known(known);
  }

  private Meant of(PatientKey key, PersonName name) {
    sharing(key.phone()).add(new Patient(UNWRITTEN, key, name));
    return new Meant.New(registry.newcomer(key, name));
  }

  private Map<PatientKey, Patient> register(Collection<Meant> meant) {
    List<Newcomer> newcomers = new ArrayList<>();
    for (Meant each : meant) {
      if (each instanceof Meant.New(Newcomer newcomer)) {
        newcomers.add(newcomer);
      }
    }
    Map<PatientKey, Patient> registered = new HashMap<>();
    for (Patient patient : PatientStore.insertAll(transaction, newcomers)) {
      patient.key().ifPresent(key -> registered.put(key, patient));
    }
    return registered;
  }

  private boolean isSettled(RequestId line, Meant meant, Map<PatientKey, Patient> registered) {
    switch (meant) {
      case Meant.Known(Patient patient) -> patients.put(line, patient);
      case Meant.Nobody(OpdException why) -> errors.put(line, why);
      case Meant.Earlier(PatientKey key) -> {
        Patient patient = registered.get(key);
        if (patient == null) {
          return false;
        }
        patients.put(line, patient);
      }
      case Meant.New(Newcomer newcomer) -> {
        PhoneNumber phone = Objects.requireNonNull(newcomer.phone());
        Patient patient = registered.get(new PatientKey(phone, newcomer.member()));
        if (patient == null) {
          return false;
        }
        patients.put(line, patient);
        entries.put(line, PatientRegistry.registered(patient, newcomer));
      }
    }
    return true;
  }

  /// What the log says of the registration that the line led to, if it did.
  List<NewEntry> entries(BatchLine line) {
    return Optional.ofNullable(entries.get(line.id())).stream().toList();
  }

  Map<Long, Patient> byId() {
    return patients.values().stream()
        .collect(Collectors.toMap(Patient::id, each -> each, (one, _) -> one));
  }

  /// @throws OpdException PATIENT_NOT_FOUND, NAME_DIFFERS
  Patient of(BatchLine line) {
    OpdException error = errors.get(line.id());
    if (error != null) {
      throw error;
    }
    return Objects.requireNonNull(patients.get(line.id()), "a line's patient was forgotten");
  }
}
