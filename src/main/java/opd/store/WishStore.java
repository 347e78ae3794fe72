package opd.store;

import static opd.jooq.Tables.PATIENT;
import static opd.jooq.Tables.REQUEST;
import static opd.jooq.Tables.SLOT;

import java.util.Optional;
import opd.domain.DoctorCode;
import opd.domain.Patient;
import opd.domain.PatientKey;
import opd.domain.RequestId;
import opd.domain.SlotLabel;
import opd.domain.SlotReference;
import org.jooq.Condition;
import org.jooq.Param;
import org.jooq.Record;
import org.jooq.Select;
import org.jooq.impl.DSL;

/// The statement that looks up whatever a wish for a place names.
public final class WishStore {
  private static final Param<String> REQUEST_ID = DSL.param("request", REQUEST.ID);
  private static final Param<Long> SLOT_ID = DSL.param("slot", SLOT.ID);
  private static final Param<String> SLOT_LABEL = DSL.param("label", SLOT.LABEL);
  private static final Param<String> PHONE = DSL.param("phone", PATIENT.PHONE);
  private static final Param<Integer> MEMBER = DSL.param("member", PATIENT.MEMBER);
  private static final Prepared FIND_BY_ID = new Prepared(() -> finding(SLOT.ID.eq(SLOT_ID)));
  private static final Prepared FIND_BY_LABEL =
      new Prepared(() -> finding(SLOT.LABEL.eq(SLOT_LABEL)));

  private WishStore() {}

  /// What is known of a wish before any lock is had.
  ///
  /// @param stored what became of its request, if that was decided before
  public record Named(
      Optional<RequestStore.Stored> stored, Optional<SlotLabel> slot, Optional<Patient> patient) {}

  /// Three rows by three unique keys in one round trip, as nobody holds a place meanwhile.
  public static Named find(
      Transaction transaction, RequestId request, SlotReference slot, PatientKey patient) {
    Prepared.Execution execution =
        switch (slot) {
          case SlotReference.ById(long id) -> FIND_BY_ID.on(transaction).with(SLOT_ID, id);
          case SlotReference.ByLabel(SlotLabel label) ->
              FIND_BY_LABEL.on(transaction).with(SLOT_LABEL, label.toString());
        };
    return named(
        execution
            .with(REQUEST_ID, request.value())
            .with(PHONE, patient.phone().e164())
            .with(MEMBER, patient.member())
            .fetchSingle());
  }

  private static Select<?> finding(Condition slot) {
    return DSL.select(REQUEST.ID, REQUEST.DIGEST, REQUEST.OUTCOME)
        .select(SLOT.ID, SLOT.DOCTOR_CODE, SLOT.STARTS_AT)
        .select(PATIENT.ID, PATIENT.PHONE, PATIENT.MEMBER, PATIENT.NAME)
        .from(DSL.selectOne().asTable("one"))
        .leftJoin(REQUEST)
        .on(REQUEST.ID.eq(REQUEST_ID))
        .leftJoin(SLOT)
        .on(slot)
        .leftJoin(PATIENT)
        .on(PATIENT.PHONE.eq(PHONE), PATIENT.MEMBER.eq(MEMBER));
  }

  private static Named named(Record row) {
    return new Named(
        ifFound(row.get(REQUEST.ID)).map(_ -> RequestStore.stored(row)),
        ifFound(row.get(SLOT.ID)).map(_ -> label(row)),
        ifFound(row.get(PATIENT.ID)).map(_ -> PatientStore.patient(row)));
  }

  private static <T> Optional<T> ifFound(T key) {
    return Optional.ofNullable(key);
  }

  private static SlotLabel label(Record row) {
    return new SlotLabel(new DoctorCode(row.get(SLOT.DOCTOR_CODE)), row.get(SLOT.STARTS_AT));
  }
}
