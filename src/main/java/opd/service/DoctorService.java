package opd.service;

import java.util.List;
import java.util.Optional;
import opd.decision.AuditEvent;
import opd.decision.Decided;
import opd.decision.NewEntry;
import opd.decision.Outcome;
import opd.decision.Response;
import opd.domain.Doctor;
import opd.domain.DoctorCode;
import opd.domain.ErrorCode;
import opd.domain.OpdException;
import opd.domain.PersonName;
import opd.record.Identity;
import opd.store.connection.Transaction;
import opd.store.connection.Transactions;
import opd.store.table.DoctorStore;
import opd.store.table.RequestStore;

/// Adds doctors, and lets them take slots or not.
public final class DoctorService {
  private final Decisions decisions;
  private final Transactions transactions;

  public DoctorService(Decisions decisions, Transactions transactions) {
    this.decisions = decisions;
    this.transactions = transactions;
  }

  /// @throws OpdException DOCTOR_EXISTS
  public Response<Outcome.DoctorSaved> add(Request request, Doctor doctor) {
    return decisions.once(
        request,
        Outcome.DoctorSaved.class,
        transaction ->
            new Decisions.Found<>(
                Request.digest("doctor add", doctor.code(), doctor.specialization()),
                RequestStore.find(transaction, request.id()),
                () -> add(transaction, doctor)));
  }

  private static Decisions.Loaded<Outcome.DoctorSaved> add(Transaction transaction, Doctor doctor) {
    if (DoctorStore.find(transaction, doctor.code()).isPresent()) {
      throw new OpdException(
          ErrorCode.DOCTOR_EXISTS,
          "doctor " + doctor.code() + " exists already",
          "choose another code; see 'opd doctor list'");
    }
    DoctorStore.insert(transaction, doctor);
    return saved(doctor.code(), true, new AuditEvent.DoctorAdded(Identity.of(doctor)));
  }

  /// An inactive doctor takes no new slots; the open ones go on.
  ///
  /// @throws OpdException DOCTOR_NOT_FOUND
  public Response<Outcome.DoctorSaved> setActive(Request request, DoctorCode code, boolean active) {
    return decisions.once(
        request,
        Outcome.DoctorSaved.class,
        transaction ->
            new Decisions.Found<>(
                Request.digest(active ? "doctor activate" : "doctor deactivate", code),
                RequestStore.find(transaction, request.id()),
                () -> {
                  Finder.lockedDoctor(transaction, code);
                  DoctorStore.setActive(transaction, code, active);
                  return saved(code, active, new AuditEvent.DoctorChanged(active));
                }));
  }

  /// Mends what is known of a doctor; code and slots stay.
  ///
  /// @param name the new name, or empty to keep it
  /// @param specialization the new one, blank for none, or empty to keep it
  /// @throws OpdException DOCTOR_NOT_FOUND; INVALID_INPUT when the specialization is not plain text
  public Response<Outcome.DoctorSaved> change(
      Request request,
      DoctorCode code,
      Optional<PersonName> name,
      Optional<String> specialization) {
    return decisions.once(
        request,
        Outcome.DoctorSaved.class,
        transaction ->
            new Decisions.Found<>(
                Request.digest("doctor change", code, name.isPresent(), specialization),
                RequestStore.find(transaction, request.id()),
                () -> {
                  Doctor before = Finder.lockedDoctor(transaction, code);
                  Doctor changed = changed(before, name, specialization);
                  DoctorStore.update(transaction, changed);
                  return saved(
                      code,
                      changed.active(),
                      new AuditEvent.DoctorChanged(changed.active(), Identity.of(changed)));
                }));
  }

  private static Doctor changed(
      Doctor before, Optional<PersonName> name, Optional<String> specialization) {
    String given = specialization.orElse(before.specialization());
    return new Doctor(
        before.code(),
        name.orElse(before.name()),
        given == null || given.isBlank() ? null : given,
        before.active());
  }

  private static Decisions.Loaded<Outcome.DoctorSaved> saved(
      DoctorCode code, boolean active, AuditEvent event) {
    return Decisions.Loaded.of(
        Decided.saved(NewEntry.ofDoctor(code, event), new Outcome.DoctorSaved(code, active)));
  }

  /// @throws OpdException DOCTOR_NOT_FOUND
  public Doctor show(DoctorCode code) {
    return transactions.read(transaction -> Finder.doctor(transaction, code));
  }

  /// All doctors by code.
  public List<Doctor> list() {
    return transactions.read(DoctorStore::list);
  }
}
