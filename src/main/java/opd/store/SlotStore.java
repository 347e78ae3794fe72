package opd.store;

import static opd.jooq.Tables.SLOT;
import static opd.jooq.Tables.SLOT_COUNT;
import static org.jooq.impl.DSL.inline;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import opd.domain.DoctorCode;
import opd.domain.Slot;
import opd.domain.SlotLabel;
import opd.domain.SlotStatus;
import opd.domain.StatusCounts;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SelectField;
import org.jooq.SelectOnConditionStep;
import org.jooq.impl.DSL;

/// The statements on slots. Their counters belong to the database, which keeps them by triggers.
public final class SlotStore {
  // Written into the statement, not bound: the planner must see that a partial index fits.
  private static final Condition IS_OPEN =
      SLOT.STATUS.in(inline(SlotStatus.SCHEDULED), inline(SlotStatus.DELAYED));

  /// What a [Slot] is made of.
  static final List<SelectField<?>> FIELDS =
      List.of(
          SLOT.ID,
          SLOT.DOCTOR_CODE,
          SLOT.STARTS_AT,
          SLOT.ENDS_AT,
          SLOT.CAPACITY,
          SLOT.STATUS,
          SLOT.DELAY_MINUTES,
          SLOT_COUNT.ACTIVE,
          SLOT_COUNT.DISPLACED,
          SLOT_COUNT.CANCELLED,
          SLOT_COUNT.NO_SHOW,
          SLOT_COUNT.COMPLETED);

  private SlotStore() {}

  public static Slot insert(Transaction transaction, SlotLabel label, Instant end, int capacity) {
    return transaction
        .sql()
        .insertInto(SLOT, SLOT.DOCTOR_CODE, SLOT.STARTS_AT, SLOT.ENDS_AT, SLOT.CAPACITY)
        .values(label.doctor().value(), label.start(), end, capacity)
        .returningResult(SLOT.ID)
        .fetchSingle(row ->
            new Slot(
                row.value1(), label, end, capacity, SlotStatus.SCHEDULED, 0, StatusCounts.NONE));
  }

  /// Locks those of the slots that exist until the transaction ends. A statement of its own: what
  /// it read with the lock it would have read before the lock was had, so whoever decides must read
  /// the rest in the next one. Ascending ids for everybody, so that two transactions cannot wait
  /// for each other.
  ///
  /// @return their ids, ascending
  public static List<Long> lock(Transaction transaction, Collection<SlotLabel> labels) {
    return transaction
        .sql()
        .select(SLOT.ID)
        .from(SLOT)
        .where(isOneOf(labels))
        .orderBy(SLOT.ID)
        .forNoKeyUpdate()
        .fetch(SLOT.ID);
  }

  public static Optional<Slot> find(Transaction transaction, long id) {
    return select(transaction).where(SLOT.ID.eq(id)).fetchOptional(SlotStore::slot);
  }

  public static Optional<Slot> find(Transaction transaction, SlotLabel label) {
    return select(transaction)
        .where(SLOT.LABEL.eq(label.toString()))
        .fetchOptional(SlotStore::slot);
  }

  /// Those of the slots that exist, without a lock.
  public static List<Slot> findAll(Transaction transaction, Collection<SlotLabel> labels) {
    return select(transaction).where(isOneOf(labels)).fetch(SlotStore::slot);
  }

  /// The slots that start within [from, to), by start and doctor.
  ///
  /// @param doctor null for every doctor's
  public static List<Slot> list(
      Transaction transaction, Optional<DoctorCode> doctor, Instant from, Instant to) {
    return select(transaction)
        .where(SLOT.STARTS_AT.ge(from), SLOT.STARTS_AT.lt(to))
        .and(isOf(doctor))
        .orderBy(SLOT.STARTS_AT, SLOT.DOCTOR_CODE)
        .fetch(SlotStore::slot);
  }

  /// The doctor's open slots that start within [from, to), by start.
  public static List<Slot> listOpen(
      Transaction transaction, DoctorCode doctor, Instant from, Instant to) {
    return select(transaction)
        .where(SLOT.DOCTOR_CODE.eq(doctor.value()), SLOT.STARTS_AT.ge(from), SLOT.STARTS_AT.lt(to))
        .and(IS_OPEN)
        .orderBy(SLOT.STARTS_AT)
        .fetch(SlotStore::slot);
  }

  /// A doctor's slots of one UTC day.
  public record DoctorDay(DoctorCode doctor, LocalDate day) {
    public static DoctorDay of(SlotLabel label) {
      return new DoctorDay(label.doctor(), label.day());
    }

    private Instant from() {
      return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    private Instant to() {
      return day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }
  }

  /// The open slots of several days, by start.
  public static Map<DoctorDay, List<Slot>> listOpen(
      Transaction transaction, Collection<DoctorDay> days) {
    BulkRows<DoctorDay> wanted = new BulkRows<>(List.copyOf(days));
    Field<String> doctor = wanted.column("doctor", SLOT.DOCTOR_CODE, day -> day.doctor().value());
    Field<Instant> from = wanted.column("from", SLOT.STARTS_AT, DoctorDay::from);
    Field<Instant> to = wanted.column("to", SLOT.STARTS_AT, DoctorDay::to);
    return select(transaction)
        .join(wanted.table())
        .on(SLOT.DOCTOR_CODE.eq(doctor), SLOT.STARTS_AT.ge(from), SLOT.STARTS_AT.lt(to))
        .where(IS_OPEN)
        .orderBy(SLOT.STARTS_AT)
        .fetch(SlotStore::slot)
        .stream()
        .collect(Collectors.groupingBy(slot -> DoctorDay.of(slot.label())));
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
    return select(transaction)
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

  /// One value, an array, so that the statement is the same for any number of labels.
  private static Condition isOneOf(Collection<SlotLabel> labels) {
    return SLOT.LABEL.eq(DSL.any(labels.stream().map(SlotLabel::toString).toArray(String[]::new)));
  }

  private static SelectOnConditionStep<? extends Record> select(Transaction transaction) {
    return transaction
        .sql()
        .select(FIELDS)
        .from(SLOT)
        .join(SLOT_COUNT)
        .on(SLOT_COUNT.SLOT_ID.eq(SLOT.ID));
  }

  /// @param row with [#FIELDS]
  static Slot slot(Record row) {
    return new Slot(
        row.get(SLOT.ID),
        new SlotLabel(new DoctorCode(row.get(SLOT.DOCTOR_CODE)), row.get(SLOT.STARTS_AT)),
        row.get(SLOT.ENDS_AT),
        row.get(SLOT.CAPACITY),
        row.get(SLOT.STATUS),
        row.get(SLOT.DELAY_MINUTES),
        new StatusCounts(
            row.get(SLOT_COUNT.ACTIVE),
            row.get(SLOT_COUNT.DISPLACED),
            row.get(SLOT_COUNT.CANCELLED),
            row.get(SLOT_COUNT.NO_SHOW),
            row.get(SLOT_COUNT.COMPLETED)));
  }
}
