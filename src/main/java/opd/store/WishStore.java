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
import org.jooq.Record;
import org.jooq.impl.DSL;

/// The statement that looks up whatever a wish for a place names.
public final class WishStore {
  private WishStore() {}

  /// What is known of a wish before any lock is had.
  ///
  /// @param stored what became of its request, if that was decided before
  public record Named(
      Optional<RequestStore.Stored> stored, Optional<SlotLabel> slot, Optional<Patient> patient) {}

  /// Three rows by three unique keys in one round trip, as nobody holds a place meanwhile.
  public static Named find(
      Transaction transaction, RequestId request, SlotReference slot, PatientKey patient) {
    var one = DSL.selectOne().asTable("one");
    Record row =
        transaction
            .sql()
            .select(REQUEST.ID, REQUEST.DIGEST, REQUEST.OUTCOME)
            .select(SLOT.ID, SLOT.DOCTOR_CODE, SLOT.STARTS_AT)
            .select(PATIENT.ID, PATIENT.PHONE, PATIENT.MEMBER, PATIENT.NAME)
            .from(one)
            .leftJoin(REQUEST)
            .on(REQUEST.ID.eq(request.value()))
            .leftJoin(SLOT)
            .on(is(slot))
            .leftJoin(PATIENT)
            .on(PATIENT.PHONE.eq(patient.phone().e164()), PATIENT.MEMBER.eq(patient.member()))
            .fetchSingle();
    return new Named(
        ifFound(row.get(REQUEST.ID)).map(_ -> RequestStore.stored(row.into(REQUEST))),
        ifFound(row.get(SLOT.ID)).map(_ -> label(row)),
        ifFound(row.get(PATIENT.ID)).map(_ -> PatientStore.patient(row.into(PATIENT))));
  }

  private static <T> Optional<T> ifFound(T key) {
    return Optional.ofNullable(key);
  }

  private static Condition is(SlotReference slot) {
    return switch (slot) {
      case SlotReference.ById(long id) -> SLOT.ID.eq(id);
      case SlotReference.ByLabel(SlotLabel label) -> SLOT.LABEL.eq(label.toString());
    };
  }

  private static SlotLabel label(Record row) {
    return new SlotLabel(new DoctorCode(row.get(SLOT.DOCTOR_CODE)), row.get(SLOT.STARTS_AT));
  }
}
