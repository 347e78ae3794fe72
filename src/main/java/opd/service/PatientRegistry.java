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
import opd.domain.PersonName;
import opd.domain.PhoneKey;
import opd.domain.PhoneNumber;
import opd.domain.SlotLabel;
import opd.record.Identity;
import opd.store.connection.Transaction;
import opd.store.table.DecisionStore;
import opd.store.table.PatientStore;
import opd.store.table.PatientStore.Newcomer;

/// Finds patients by phone and member number, and registers the new ones.
public final class PatientRegistry {
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

  /// The patient, registered if the number was unknown, and the slots.
  ///
  /// @param known who was found under the key
  /// @throws OpdException PATIENT_NOT_FOUND when the number is unknown and no name is given;
  ///   NAME_DIFFERS when the number is known with another name
  Arrival arrive(
      Transaction transaction,
      AllocationRequest wanted,
      Optional<Patient> known,
      List<SlotLabel> slots) {
    known.ifPresent(patient -> checked(patient, wanted.name()));
    Optional<Newcomer> newcomer =
        known.isPresent()
            ? Optional.empty()
            : Optional.of(
                newcomer(wanted.patient(), wanted.name().orElseThrow(PatientRegistry::unknown)));
    var locked = DecisionStore.lock(transaction, newcomer, known, slots);
    List<NewEntry> entries =
        locked.registered().stream()
            .map(patient -> registered(patient, newcomer.orElseThrow()))
            .toList();
    Patient patient =
        known
            .or(locked::registered)
            // Somebody registered the same number just now: this statement sees it.
            .orElseGet(() ->
                checked(
                    PatientStore.find(transaction, wanted.patient()).orElseThrow(), wanted.name()));
    return new Arrival(patient, entries, locked.held(), locked.books());
  }

  /// A patient who is to be registered, with a salt.
  Newcomer newcomer(PatientKey key, PersonName name) {
    return new Newcomer(key, name, HexFormat.of().formatHex(salts.get()));
  }

  /// What the log says of a patient who was registered as this newcomer.
  static NewEntry registered(Patient patient, Newcomer newcomer) {
    return NewEntry.ofPatient(patient.id(), new AuditEvent.PatientRegistered(identity(newcomer)));
  }

  private static String identity(Newcomer newcomer) {
    byte[] salt = HexFormat.of().parseHex(newcomer.salt());
    return Identity.of(newcomer.key(), newcomer.name(), salt);
  }

  /// Gives the patient, who is locked, another name or phone number.
  ///
  /// @return what the log says of it
  NewEntry change(Transaction transaction, Patient changed) {
    Newcomer now = newcomer(changed.key(), changed.name());
    PatientStore.update(transaction, changed.id(), now);
    return NewEntry.ofPatient(changed.id(), new AuditEvent.PatientChanged(identity(now)));
  }

  static Patient checked(Patient known, Optional<PersonName> name) {
    if (name.isPresent() && !known.name().sameAs(name.get())) {
      throw new OpdException(
          ErrorCode.NAME_DIFFERS,
          "this phone number belongs to a patient of another name",
          "leave the name out, give --member for another person who shares the phone,"
              + " or correct the name with 'opd patient change'");
    }
    return known;
  }

  static OpdException unknown() {
    return new OpdException(
        ErrorCode.PATIENT_NOT_FOUND,
        "no patient with this phone and member number is known",
        "give --name to register the patient");
  }
}
