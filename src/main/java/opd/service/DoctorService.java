package opd.service;

import java.util.List;
import opd.decision.AuditEvent;
import opd.decision.Decided;
import opd.decision.NewEntry;
import opd.decision.Outcome;
import opd.decision.Response;
import opd.domain.Doctor;
import opd.domain.DoctorCode;
import opd.domain.ErrorCode;
import opd.domain.OpdException;
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
