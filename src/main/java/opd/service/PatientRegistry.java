package opd.service;

import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import opd.decision.AuditEvent;
import opd.decision.HeldToken;
import opd.decision.NewEntry;
import opd.decision.SlotBook;
import opd.domain.ErrorCode;
import opd.domain.OpdException;
import opd.domain.Patient;
import opd.domain.PatientKey;
import opd.domain.PatientReference;
import opd.domain.PersonName;
import opd.domain.PhoneKey;
import opd.domain.PhoneNumber;
import opd.domain.SlotLabel;
import opd.domain.UnidentifiedPatient;
import opd.record.Identity;
import opd.store.connection.Transaction;
import opd.store.table.DecisionStore;
import opd.store.table.PatientStore;
import opd.store.table.PatientStore.Newcomer;

/// Finds patients by phone and member number, and registers the new ones.
public final class PatientRegistry {
  private static final PersonName NAMELESS = new PersonName("Unknown");

  private final Supplier<byte[]> salts;
  private final Optional<PhoneKey> phoneKey;

  /// @param salts gives 16 bytes each time, random outside of simulations
  /// @param phoneKey empty for a login that may not read it
  public PatientRegistry(Supplier<byte[]> salts, Optional<PhoneKey> phoneKey) {
    this.salts = salts;
    this.phoneKey = phoneKey;
  }

  /// What stands for the number in digests.
  ///
  /// @throws OpdException ACCESS_DENIED for a login that may not read the key
  String hmac(PhoneNumber phone) {
    return phoneKey
        .map(key -> key.hmac(phone))
        .orElseThrow(() ->
            new OpdException(
                ErrorCode.ACCESS_DENIED,
                "this login may not decide anything in this facility",
                "log in as a desk"));
  }

  /// A patient at the desk, and the slots that may be asked for a place, which are locked.
  ///
  /// @param entries that tell of the patient's registration, if it happened just now
  /// @param held the tokens that the patient holds at about the slots' times
  /// @param books by start
  record Arrival(
      Patient patient, List<NewEntry> entries, List<HeldToken> held, List<SlotBook> books) {
    /// @throws OpdException SLOT_NOT_FOUND
    SlotBook book(SlotLabel slot) {
      return Finder.book(books, slot);
    }

    /// The slots that begin after this one.
    List<SlotBook> booksAfter(SlotBook earlier) {
      Instant start = earlier.slot().start();
      return books.stream().filter(book -> book.slot().start().isAfter(start)).toList();
    }
  }

  /// Whom the request means, if known: for the next member of a phone, who has that name.
  ///
  /// @throws OpdException PATIENT_NOT_FOUND for the reference of somebody who is not without a
  ///   number
  static Optional<Patient> known(
      Transaction transaction, PatientReference reference, Optional<PersonName> name) {
    return switch (reference) {
      case PatientKey key -> PatientStore.find(transaction, key);
      case UnidentifiedPatient unidentified -> {
        Optional<Patient> patient = PatientStore.find(transaction, unidentified);
        if (patient.isEmpty()) {
          throw PatientErrors.notFound(unidentified);
        }
        yield patient;
      }
      case PatientReference.NextMember(PhoneNumber phone) -> {
        PersonName wanted = name.orElseThrow(PatientErrors::needsName);
        yield called(PatientStore.findMembers(transaction, phone), wanted);
      }
      case PatientReference.Unknown() -> Optional.empty();
    };
  }

  static Optional<Patient> called(List<Patient> members, PersonName name) {
    return members.stream().filter(member -> member.isCalled(name)).findFirst();
  }

  /// The patient, registered if the number was unknown, and the slots.
  ///
  /// @param found who was found under the key
  /// @throws OpdException PATIENT_NOT_FOUND when the number is unknown and no name is given;
  ///   NAME_DIFFERS when the number is known with another name
  Arrival arrive(
      Transaction transaction,
      AllocationRequest wanted,
      Optional<Patient> found,
      List<SlotLabel> slots) {
    if (wanted.patient() instanceof PatientReference.NextMember) {
      return arriveAsNext(transaction, wanted, found, slots);
    }
    Optional<Patient> known = found;
    while (true) {
      known.ifPresent(patient -> check(transaction, patient, wanted.name()));
      Optional<Newcomer> newcomer =
          known.isPresent()
              ? Optional.empty()
              : Optional.of(newcomer(transaction, wanted.patient(), wanted.name()));
      var locked = DecisionStore.lock(transaction, newcomer, known, slots);
      Optional<Patient> patient = known.or(locked::registered);
      if (patient.isPresent()) {
        List<NewEntry> entries =
            locked.registered().stream()
                .map(registered -> registered(registered, newcomer.orElseThrow()))
                .toList();
        return new Arrival(patient.get(), entries, locked.held(), locked.books());
      }
      // Somebody registered the same number just now: this statement sees it.
      known = known(transaction, wanted.patient(), wanted.name());
    }
  }

  /// Registers first, and locks then: a member number may be another's by now, and whoever tried
  /// the next one with slots locked could wait for somebody who waits for these.
  private Arrival arriveAsNext(
      Transaction transaction,
      AllocationRequest wanted,
      Optional<Patient> found,
      List<SlotLabel> slots) {
    Optional<Patient> known = found;
    List<NewEntry> entries = List.of();
    while (known.isEmpty()) {
      Newcomer newcomer = newcomer(transaction, wanted.patient(), wanted.name());
      Optional<Patient> registered =
          PatientStore.insertAll(transaction, List.of(newcomer)).stream().findFirst();
      entries = registered.stream().map(patient -> registered(patient, newcomer)).toList();
      known =
          registered.isPresent() ? registered : known(transaction, wanted.patient(), wanted.name());
    }
    var locked = DecisionStore.lock(transaction, Optional.empty(), known, slots);
    return new Arrival(known.get(), entries, locked.held(), locked.books());
  }

  /// Who is to be registered so.
  ///
  /// @throws OpdException PATIENT_NOT_FOUND when no name is given
  Newcomer newcomer(
      Transaction transaction, PatientReference reference, Optional<PersonName> name) {
    return switch (reference) {
      case PatientKey key -> newcomer(key, name.orElseThrow(PatientErrors::unknown));
      case PatientReference.NextMember(PhoneNumber phone) ->
          newcomer(
              next(PatientStore.findMembers(transaction, phone), phone),
              name.orElseThrow(PatientErrors::needsName));
      case PatientReference.Unknown() -> new Newcomer(null, 1, name.orElse(NAMELESS), salt());
      case UnidentifiedPatient unidentified -> throw PatientErrors.notFound(unidentified);
    };
  }

  /// The key of somebody new who shares the phone with these.
  static PatientKey next(List<Patient> members, PhoneNumber phone) {
    return new PatientKey(
        phone, PatientErrors.nextMember(members.stream().map(Patient::member).toList()));
  }

  /// A patient who is to be registered, with a salt.
  Newcomer newcomer(PatientKey key, PersonName name) {
    return new Newcomer(key.phone(), key.member(), name, salt());
  }

  private String salt() {
    return HexFormat.of().formatHex(salts.get());
  }

  /// What the log says of a patient who was registered as this newcomer.
  static NewEntry registered(Patient patient, Newcomer newcomer) {
    return NewEntry.ofPatient(patient.id(), new AuditEvent.PatientRegistered(identity(newcomer)));
  }

  private static String identity(Newcomer newcomer) {
    byte[] salt = HexFormat.of().parseHex(newcomer.salt());
    return Identity.of(newcomer.phone(), newcomer.member(), newcomer.name(), salt);
  }

  /// Gives the patient, who is locked, another name or phone number.
  ///
  /// @param key empty while nobody knows the number
  /// @return what the log says of it
  NewEntry change(Transaction transaction, long id, Optional<PatientKey> key, PersonName name) {
    Newcomer now =
        key.map(known -> newcomer(known, name))
            .orElseGet(() -> new Newcomer(null, 1, name, salt()));
    PatientStore.update(transaction, id, now);
    return NewEntry.ofPatient(id, new AuditEvent.PatientChanged(identity(now)));
  }

  private static void check(Transaction transaction, Patient patient, Optional<PersonName> name) {
    if (name.isPresent() && !patient.isCalled(name.get())) {
      throw PatientErrors.nameDiffers(
          patient,
          patient
              .key()
              .map(key -> PatientStore.findMembers(transaction, key.phone()))
              .orElse(List.of(patient)));
    }
  }
}
