package opd.store;

import static opd.jooq.Tables.SLOT;
import static org.jooq.impl.DSL.inline;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import opd.domain.DoctorCode;
import opd.domain.Slot;
import opd.domain.SlotLabel;
import opd.domain.SlotStatus;
import opd.domain.StatusCounts;
import opd.jooq.tables.records.SlotRecord;
import org.jooq.Condition;
import org.jooq.impl.DSL;

/// The statements on slots. Their counters belong to the database, which keeps them by triggers.
public final class SlotStore {
  // Written into the statement, not bound: the planner must see that a partial index fits.
  private static final Condition IS_OPEN =
      SLOT.STATUS.in(inline(SlotStatus.SCHEDULED), inline(SlotStatus.DELAYED));

  private SlotStore() {}

  public static Slot insert(Transaction transaction, SlotLabel label, Instant end, int capacity) {
    return transaction
        .sql()
        .insertInto(SLOT, SLOT.DOCTOR_CODE, SLOT.STARTS_AT, SLOT.ENDS_AT, SLOT.CAPACITY)
        .values(label.doctor().value(), label.start(), end, capacity)
        .returning()
        .fetchSingle(SlotStore::slot);
  }

  /// The slots, locked until the transaction ends, by id. The lock is a statement of its own: what
  /// is counted in it was read before the lock was had, so whoever decides must read the tokens in
  /// the next one. Ascending ids for everybody, so that two transactions cannot wait for each
  /// other.
  public static List<Slot> lock(Transaction transaction, Collection<SlotLabel> labels) {
    return transaction
        .sql()
        .selectFrom(SLOT)
        .where(SLOT.LABEL.in(labels.stream().map(SlotLabel::toString).toList()))
        .orderBy(SLOT.ID)
        .forNoKeyUpdate()
        .fetch(SlotStore::slot);
  }

  public static Optional<Slot> find(Transaction transaction, long id) {
    return transaction.sql().selectFrom(SLOT).where(SLOT.ID.eq(id)).fetchOptional(SlotStore::slot);
  }

  public static Optional<Slot> find(Transaction transaction, SlotLabel label) {
    return transaction
        .sql()
        .selectFrom(SLOT)
        .where(SLOT.LABEL.eq(label.toString()))
        .fetchOptional(SlotStore::slot);
  }

  /// Those of the slots that exist, without a lock.
  public static List<Slot> findAll(Transaction transaction, Collection<SlotLabel> labels) {
    return transaction
        .sql()
        .selectFrom(SLOT)
        .where(SLOT.LABEL.in(labels.stream().map(SlotLabel::toString).toList()))
        .fetch(SlotStore::slot);
  }

  /// The slots that start within [from, to), by start and doctor.
  ///
  /// @param doctor null for every doctor's
  public static List<Slot> list(
      Transaction transaction, Optional<DoctorCode> doctor, Instant from, Instant to) {
    return transaction
        .sql()
        .selectFrom(SLOT)
        .where(SLOT.STARTS_AT.ge(from), SLOT.STARTS_AT.lt(to))
        .and(isOf(doctor))
        .orderBy(SLOT.STARTS_AT, SLOT.DOCTOR_CODE)
        .fetch(SlotStore::slot);
  }

  /// The doctor's open slots that start within [from, to), by start.
  public static List<Slot> listOpen(
      Transaction transaction, DoctorCode doctor, Instant from, Instant to) {
    return transaction
        .sql()
        .selectFrom(SLOT)
        .where(SLOT.DOCTOR_CODE.eq(doctor.value()), SLOT.STARTS_AT.ge(from), SLOT.STARTS_AT.lt(to))
        .and(IS_OPEN)
        .orderBy(SLOT.STARTS_AT)
        .fetch(SlotStore::slot);
  }

  /// The doctor's slots that a new one with these times would collide with: those that overlap it
  /// and are not cancelled, and any that starts at the same moment, as labels are unique.
  public static List<Slot> listColliding(
      Transaction transaction, DoctorCode doctor, Instant start, Instant end) {
    Condition overlaps =
        SLOT.STATUS
            .ne(SlotStatus.CANCELLED)
            .and(SLOT.STARTS_AT.lt(end))
            .and(SLOT.ENDS_AT.gt(start));
    return transaction
        .sql()
        .selectFrom(SLOT)
        .where(SLOT.DOCTOR_CODE.eq(doctor.value()))
        .and(overlaps.or(SLOT.STARTS_AT.eq(start)))
        .orderBy(SLOT.STARTS_AT)
        .fetch(SlotStore::slot);
  }

  /// The slot must be locked and open.
  public static void setStatus(
      Transaction transaction, long id, SlotStatus status, int delayMinutes) {
    int updated =
        transaction
            .sql()
            .update(SLOT)
            .set(SLOT.STATUS, status)
            .set(SLOT.DELAY_MINUTES, delayMinutes)
            .where(SLOT.ID.eq(id))
            .and(IS_OPEN)
            .execute();
    Transaction.one(updated, "changing a slot");
  }

  private static Condition isOf(Optional<DoctorCode> doctor) {
    return doctor.map(code -> SLOT.DOCTOR_CODE.eq(code.value())).orElseGet(DSL::noCondition);
  }

  static Slot slot(SlotRecord row) {
    return new Slot(
        row.getId(),
        new SlotLabel(new DoctorCode(row.getDoctorCode()), row.getStartsAt()),
        row.getEndsAt(),
        row.getCapacity(),
        row.getStatus(),
        row.getDelayMinutes(),
        new StatusCounts(
            row.getActiveCount(),
            row.getDisplacedCount(),
            row.getCancelledCount(),
            row.getNoShowCount(),
            row.getCompletedCount()));
  }
}
