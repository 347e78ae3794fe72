package opd.service;

import java.util.Optional;
import java.util.function.Supplier;
import opd.decision.AuditEvent;
import opd.decision.NewEntry;
import opd.domain.ErrorCode;
import opd.domain.OpdException;
import opd.domain.Patient;
import opd.domain.PatientKey;
import opd.domain.PersonName;
import opd.domain.PhoneKey;
import opd.domain.PhoneNumber;
import opd.record.Identity;
import opd.store.connection.Transaction;
import opd.store.table.PatientStore;

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

  /// The patient, registered if the number was unknown, together with the transaction's next
  /// statement.
  ///
  /// @param known who was found under the key
  /// @return gives the patient; to be asked once
  /// @throws OpdException PATIENT_NOT_FOUND when the number is unknown and no name is given;
  ///   NAME_DIFFERS when the number is known with another name
  Supplier<Patient> findOrRegister(
      Transaction transaction,
      Journal journal,
      PatientKey key,
      Optional<PersonName> name,
      Optional<Patient> known) {
    if (known.isPresent()) {
      Patient found = checked(known.get(), name);
      return () -> found;
    }
    PersonName newName = name.orElseThrow(PatientRegistry::unknown);
    var registered = registerWithNext(transaction, journal, key, newName);
    return () ->
        registered
            .get()
            // Somebody registered the same number just now: the next statement sees it.
            .orElseGet(() -> checked(PatientStore.find(transaction, key).orElseThrow(), name));
  }

  byte[] salt() {
    return salts.get();
  }

  /// Registers the patient, unless the key is taken: then empty.
  Optional<Patient> register(
      Transaction transaction, Journal journal, PatientKey key, PersonName name) {
    return registerWithNext(transaction, journal, key, name).get();
  }

  private Supplier<Optional<Patient>> registerWithNext(
      Transaction transaction, Journal journal, PatientKey key, PersonName name) {
    byte[] salt = salts.get();
    var inserted = PatientStore.insertWithNext(transaction, key, name, salt);
    return () -> {
      Optional<Patient> registered = inserted.get();
      registered.ifPresent(patient ->
          journal.note(
              NewEntry.ofPatient(
                  patient.id(), new AuditEvent.PatientRegistered(Identity.of(key, name, salt)))));
      return registered;
    };
  }

  /// Gives the patient another name or phone number. The patient must be locked.
  void change(Transaction transaction, Journal journal, Patient changed) {
    byte[] salt = salts.get();
    PatientStore.update(transaction, changed.id(), changed.key().phone(), changed.name(), salt);
    String identity = Identity.of(changed.key(), changed.name(), salt);
    journal.note(NewEntry.ofPatient(changed.id(), new AuditEvent.PatientChanged(identity)));
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
