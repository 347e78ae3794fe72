package opd.store.table;

import static opd.jooq.Tables.SLOT;
import static opd.jooq.Tables.SLOT_COUNT;
import static org.jooq.impl.DSL.inline;

import java.time.Duration;
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
import opd.store.connection.BulkRows;
import opd.store.connection.CachedStatement;
import opd.store.connection.RowCount;
import opd.store.connection.Transaction;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Param;
import org.jooq.Record;
import org.jooq.Select;
import org.jooq.SelectField;
import org.jooq.SelectOnConditionStep;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/// The statements on slots. Their counters belong to the database, which keeps them by triggers.
public final class SlotStore {
  // Written into the statement, not bound: the planner must see that a partial index fits.
  private static final Condition IS_OPEN =
      SLOT.STATUS.in(inline(SlotStatus.SCHEDULED), inline(SlotStatus.DELAYED));

  /// What a [Slot] is made of.
  public static final List<SelectField<?>> FIELDS =
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

  private static final Param<Long> ID = DSL.param("id", SLOT.ID);
  private static final Param<String> LABEL = DSL.param("label", SLOT.LABEL);
  static final Param<String[]> LABELS = DSL.param("labels", SQLDataType.VARCHAR.array());
  private static final Param<String> DOCTOR = DSL.param("doctor", SLOT.DOCTOR_CODE);
  private static final Param<Instant> FROM = DSL.param("from", SLOT.STARTS_AT);
  private static final Param<Instant> TO = DSL.param("to", SLOT.STARTS_AT);
  private static final Param<SlotStatus> STATUS = DSL.param("status", SLOT.STATUS);
  private static final Param<Integer> DELAY = DSL.param("delay", SLOT.DELAY_MINUTES);
  private static final Param<Integer> CAPACITY = DSL.param("capacity", SLOT.CAPACITY);
  private static final Param<Instant> END = DSL.param("end", SLOT.ENDS_AT);

  private static final CachedStatement FIND_BY_ID =
      new CachedStatement(() -> selecting().where(SLOT.ID.eq(ID)));
  private static final CachedStatement FIND_BY_LABEL =
      new CachedStatement(() -> selecting().where(SLOT.LABEL.eq(LABEL)));
  private static final CachedStatement FIND_ALL =
      new CachedStatement(() -> selecting().where(SLOT.LABEL.eq(DSL.any(LABELS))));
  private static final CachedStatement LIST_OPEN =
      new CachedStatement(() ->
          selecting()
              .where(SLOT.DOCTOR_CODE.eq(DOCTOR), SLOT.STARTS_AT.ge(FROM), SLOT.STARTS_AT.lt(TO))
              .and(IS_OPEN)
              .orderBy(SLOT.STARTS_AT));
  private static final CachedStatement SET_STATUS =
      RowCount.one(
          "changing a slot",
          () ->
              DSL.update(SLOT)
                  .set(SLOT.STATUS, STATUS)
                  .set(SLOT.DELAY_MINUTES, DELAY)
                  .where(SLOT.ID.eq(ID))
                  .and(IS_OPEN)
                  .returningResult(SLOT.ID));

  private static final CachedStatement SET_TERMS =
      RowCount.one(
          "changing a slot",
          () ->
              DSL.update(SLOT)
                  .set(SLOT.CAPACITY, CAPACITY)
                  .set(SLOT.ENDS_AT, END)
                  .where(SLOT.ID.eq(ID))
                  .and(IS_OPEN)
                  .returningResult(SLOT.ID));
  private static final CachedStatement REOPEN =
      RowCount.one(
          "reopening a slot",
          () ->
              DSL.update(SLOT)
                  .set(SLOT.STATUS, STATUS)
                  .where(SLOT.ID.eq(ID))
                  .andNot(IS_OPEN)
                  .returningResult(SLOT.ID));

  private static final BulkRows<DoctorDay> DAYS = new BulkRows<>();
  private static final Field<String> DOCTOR_OF_DAY =
      DAYS.column("doctor", SLOT.DOCTOR_CODE, day -> day.doctor().value());
  private static final Field<Instant> START_OF_DAY =
      DAYS.column("from", SLOT.STARTS_AT, DoctorDay::from);
  private static final Field<Instant> END_OF_DAY = DAYS.column("to", SLOT.STARTS_AT, DoctorDay::to);
  private static final CachedStatement LIST_OPEN_OF_DAYS =
      new CachedStatement(() ->
          selecting()
              .join(DAYS.table())
              .on(
                  SLOT.DOCTOR_CODE.eq(DOCTOR_OF_DAY),
                  SLOT.STARTS_AT.ge(START_OF_DAY),
                  SLOT.STARTS_AT.lt(END_OF_DAY))
              .where(IS_OPEN)
              .orderBy(SLOT.STARTS_AT));

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

  /// A statement of its own: what it read with the lock it would have read before the lock was had,
  /// so whoever decides must read the rest in the next one. Ascending ids for everybody, so that
  /// two transactions cannot wait for each other.
  static Select<?> locking() {
    return DSL.select(SLOT.ID)
        .from(SLOT)
        .where(SLOT.LABEL.eq(DSL.any(LABELS)))
        .orderBy(SLOT.ID)
        .forNoKeyUpdate();
  }

  public static Optional<Slot> find(Transaction transaction, long id) {
    return FIND_BY_ID.on(transaction).with(ID, id).fetchOptional(SlotStore::slot);
  }

  public static Optional<Slot> find(Transaction transaction, SlotLabel label) {
    return FIND_BY_LABEL
        .on(transaction)
        .with(LABEL, label.toString())
        .fetchOptional(SlotStore::slot);
  }

  /// Those of the slots that exist, without a lock.
  public static List<Slot> findAll(Transaction transaction, Collection<SlotLabel> labels) {
    return FIND_ALL.on(transaction).with(LABELS, texts(labels)).fetch().map(SlotStore::slot);
  }

  /// The slots that start within [from, to), by start and doctor.
  ///
  /// @param doctor null for every doctor's
  public static List<Slot> list(
      Transaction transaction, Optional<DoctorCode> doctor, Instant from, Instant to) {
    return transaction
        .sql()
        .fetch(
            selecting()
                .where(SLOT.STARTS_AT.ge(from), SLOT.STARTS_AT.lt(to))
                .and(isOf(doctor))
                .orderBy(SLOT.STARTS_AT, SLOT.DOCTOR_CODE))
        .map(SlotStore::slot);
  }

  /// The doctor's open slots that start within [from, to), by start.
  public static List<Slot> listOpen(
      Transaction transaction, DoctorCode doctor, Instant from, Instant to) {
    return LIST_OPEN
        .on(transaction)
        .with(DOCTOR, doctor.value())
        .with(FROM, from)
        .with(TO, to)
        .fetch()
        .map(SlotStore::slot);
  }

  /// The doctor's open slots that start later on the same UTC day, by start.
  public static List<Slot> listOpenAfter(Transaction transaction, SlotLabel slot) {
    Instant nextDay = slot.day().plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    // Starts are on whole minutes, so the next one is at least a minute later.
    return listOpen(transaction, slot.doctor(), slot.start().plus(Duration.ofMinutes(1)), nextDay);
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
    return LIST_OPEN_OF_DAYS
        .on(transaction)
        .with(DAYS, List.copyOf(days))
        .fetch()
        .map(SlotStore::slot)
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
    return transaction
        .sql()
        .fetch(
            selecting()
                .where(SLOT.DOCTOR_CODE.eq(doctor.value()))
                .and(overlaps.or(SLOT.STARTS_AT.eq(start)))
                .orderBy(SLOT.STARTS_AT))
        .map(SlotStore::slot);
  }

  /// The slot must be locked and open.
  public static void setStatus(
      Transaction transaction, long id, SlotStatus status, int delayMinutes) {
    transaction.sendWithNext(
        SET_STATUS.on(transaction).with(STATUS, status).with(DELAY, delayMinutes).with(ID, id));
  }

  /// The slot must be locked and open.
  static void setTerms(Transaction transaction, long id, int capacity, Instant end) {
    transaction.sendWithNext(
        SET_TERMS.on(transaction).with(CAPACITY, capacity).with(END, end).with(ID, id));
  }

  /// The slot must be locked and closed.
  static void reopen(Transaction transaction, long id, SlotStatus status) {
    transaction.sendWithNext(REOPEN.on(transaction).with(STATUS, status).with(ID, id));
  }

  private static Condition isOf(Optional<DoctorCode> doctor) {
    return doctor.map(code -> SLOT.DOCTOR_CODE.eq(code.value())).orElseGet(DSL::noCondition);
  }

  static String[] texts(Collection<SlotLabel> labels) {
    return labels.stream().map(SlotLabel::toString).toArray(String[]::new);
  }

  private static SelectOnConditionStep<? extends Record> selecting() {
    return DSL.select(FIELDS).from(SLOT).join(SLOT_COUNT).on(SLOT_COUNT.SLOT_ID.eq(SLOT.ID));
  }

  /// @param row with [#FIELDS]
  public static Slot slot(Record row) {
    return slot(
        row,
        new StatusCounts(
            row.get(SLOT_COUNT.ACTIVE),
            row.get(SLOT_COUNT.DISPLACED),
            row.get(SLOT_COUNT.CANCELLED),
            row.get(SLOT_COUNT.NO_SHOW),
            row.get(SLOT_COUNT.COMPLETED)));
  }

  public static Slot slot(Record row, StatusCounts counts) {
    return new Slot(
        row.get(SLOT.ID),
        new SlotLabel(new DoctorCode(row.get(SLOT.DOCTOR_CODE)), row.get(SLOT.STARTS_AT)),
        row.get(SLOT.ENDS_AT),
        row.get(SLOT.CAPACITY),
        row.get(SLOT.STATUS),
        row.get(SLOT.DELAY_MINUTES),
        counts);
  }
}
