package opd.store.log;

import static opd.jooq.Tables.AUDIT_ENTRY;
import static opd.jooq.Tables.SLOT;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import opd.domain.AuditKind;
import opd.domain.DoctorCode;
import org.jooq.Condition;
import org.jooq.impl.DSL;

/// Which entries of the log to read; what is empty does not restrict.
///
/// @param patientIds entries that concern one of them
/// @param doctor the doctor's own entries and those of the doctor's slots
/// @param since inclusive
/// @param until exclusive
/// @param limit how many at most, the oldest first
public record AuditFilter(
    Optional<Long> tokenId,
    Optional<Long> slotId,
    Optional<DoctorCode> doctor,
    Optional<List<Long>> patientIds,
    Optional<AuditKind> kind,
    Optional<String> actor,
    Optional<Instant> since,
    Optional<Instant> until,
    Optional<Long> limit) {
  Condition condition() {
    List<Condition> conditions = new ArrayList<>();
    tokenId.ifPresent(id -> conditions.add(AUDIT_ENTRY.TOKEN_ID.eq(id)));
    slotId.ifPresent(id -> conditions.add(concernsSlot(id)));
    doctor.ifPresent(code -> conditions.add(concerns(code)));
    patientIds.ifPresent(ids -> conditions.add(AUDIT_ENTRY.PATIENT_ID.in(ids)));
    kind.ifPresent(wanted -> conditions.add(AUDIT_ENTRY.KIND.eq(wanted)));
    actor.ifPresent(name -> conditions.add(AUDIT_ENTRY.ACTOR.eq(name)));
    since.ifPresent(time -> conditions.add(AUDIT_ENTRY.AT.ge(time)));
    until.ifPresent(time -> conditions.add(AUDIT_ENTRY.AT.lt(time)));
    return DSL.and(conditions);
  }

  /// By its chain, which has an index.
  static Condition concernsSlot(long id) {
    return AUDIT_ENTRY.CHAIN.eq("slot/" + id);
  }

  private static Condition concerns(DoctorCode code) {
    return AUDIT_ENTRY
        .DOCTOR_CODE
        .eq(code.value())
        .or(
            AUDIT_ENTRY.SLOT_ID.in(
                DSL.select(SLOT.ID).from(SLOT).where(SLOT.DOCTOR_CODE.eq(code.value()))));
  }
}
