package opd.store.table;

import static opd.jooq.Tables.DOCTOR;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import opd.domain.Doctor;
import opd.domain.DoctorCode;
import opd.domain.PersonName;
import opd.jooq.tables.records.DoctorRecord;
import opd.store.connection.Transaction;

/// The statements on doctors.
public final class DoctorStore {
  private DoctorStore() {}

  public static void insert(Transaction transaction, Doctor doctor) {
    int inserted =
        transaction
            .sql()
            .insertInto(DOCTOR, DOCTOR.CODE, DOCTOR.NAME, DOCTOR.SPECIALIZATION)
            .values(doctor.code().value(), doctor.name().value(), doctor.specialization())
            .execute();
    Transaction.one(inserted, "inserting a doctor");
  }

  /// The doctor, locked against a change of activity until the transaction ends.
  public static Optional<Doctor> lock(Transaction transaction, DoctorCode code) {
    return transaction
        .sql()
        .selectFrom(DOCTOR)
        .where(DOCTOR.CODE.eq(code.value()))
        .forNoKeyUpdate()
        .fetchOptional(DoctorStore::doctor);
  }

  /// Those of the doctors who exist, locked in the same way, in the order of their codes for
  /// everybody.
  public static Map<DoctorCode, Doctor> lockAll(
      Transaction transaction, Collection<DoctorCode> codes) {
    return transaction
        .sql()
        .selectFrom(DOCTOR)
        .where(DOCTOR.CODE.in(codes.stream().map(DoctorCode::value).toList()))
        .orderBy(DOCTOR.CODE)
        .forNoKeyUpdate()
        .fetch(DoctorStore::doctor)
        .stream()
        .collect(Collectors.toMap(Doctor::code, Function.identity()));
  }

  public static Optional<Doctor> find(Transaction transaction, DoctorCode code) {
    return transaction
        .sql()
        .selectFrom(DOCTOR)
        .where(DOCTOR.CODE.eq(code.value()))
        .fetchOptional(DoctorStore::doctor);
  }

  public static Map<DoctorCode, Doctor> findAll(
      Transaction transaction, Collection<DoctorCode> codes) {
    return transaction
        .sql()
        .selectFrom(DOCTOR)
        .where(DOCTOR.CODE.in(codes.stream().map(DoctorCode::value).toList()))
        .fetch(DoctorStore::doctor)
        .stream()
        .collect(Collectors.toMap(Doctor::code, Function.identity()));
  }

  /// All doctors by code.
  public static List<Doctor> list(Transaction transaction) {
    return transaction.sql().selectFrom(DOCTOR).orderBy(DOCTOR.CODE).fetch(DoctorStore::doctor);
  }

  /// The doctor must be locked.
  public static void setActive(Transaction transaction, DoctorCode code, boolean active) {
    int updated =
        transaction
            .sql()
            .update(DOCTOR)
            .set(DOCTOR.ACTIVE, active)
            .where(DOCTOR.CODE.eq(code.value()))
            .execute();
    Transaction.one(updated, "changing a doctor");
  }

  /// Gives the doctor, who is locked, another name and specialization.
  public static void update(Transaction transaction, Doctor changed) {
    int updated =
        transaction
            .sql()
            .update(DOCTOR)
            .set(DOCTOR.NAME, changed.name().value())
            .set(DOCTOR.SPECIALIZATION, changed.specialization())
            .where(DOCTOR.CODE.eq(changed.code().value()))
            .execute();
    Transaction.one(updated, "changing a doctor");
  }

  public static Doctor doctor(DoctorRecord row) {
    return new Doctor(
        new DoctorCode(row.getCode()),
        new PersonName(row.getName()),
        row.getSpecialization(),
        row.getActive());
  }
}
