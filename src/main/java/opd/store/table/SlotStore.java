package opd.store.table;

import static opd.jooq.Tables.SLOT;
import static opd.jooq.Tables.SLOT_COUNT;
import static org.jooq.impl.DSL.inline;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import opd.domain.Days;
import opd.domain.DoctorCode;
import opd.domain.ErrorCode;
import opd.domain.OpdException;
import opd.domain.PlainText;
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
  static final Condition IS_OPEN =
      SLOT.STATUS.in(inline(SlotStatus.SCHEDULED), inline(SlotStatus.DELAYED));

  /// What a [Slot] is made of.
  public static final List<SelectField<?>> FIELDS =
      List.of(
          SLOT.ID,
          SLOT.LABEL,
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
  private static final Param<LocalDate> FIRST_DAY = DSL.param("first_day", SLOT.DAY);
  private static final Param<LocalDate> LAST_DAY = DSL.param("last_day", SLOT.DAY);
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
              .where(SLOT.DOCTOR_CODE.eq(DOCTOR), SLOT.DAY.between(FIRST_DAY, LAST_DAY))
              .and(IS_OPEN)
              .orderBy(SLOT.STARTS_AT));
  private static final opd.jooq.tables.Slot EARLIER = SLOT.as("earlier");
  private static final CachedStatement LIST_OPEN_AFTER =
      new CachedStatement(() ->
          selecting()
              .join(EARLIER)
              .on(
                  SLOT.DOCTOR_CODE.eq(EARLIER.DOCTOR_CODE),
                  SLOT.DAY.eq(EARLIER.DAY),
                  SLOT.STARTS_AT.gt(EARLIER.STARTS_AT))
              .where(EARLIER.LABEL.eq(LABEL))
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
  private static final Field<LocalDate> DAY = DAYS.column("day", SLOT.DAY, DoctorDay::day);
  private static final CachedStatement LIST_OPEN_OF_DAYS =
      new CachedStatement(() ->
          selecting()
              .join(DAYS.table())
              .on(SLOT.DOCTOR_CODE.eq(DOCTOR_OF_DAY), SLOT.DAY.eq(DAY))
              .where(IS_OPEN)
              .orderBy(SLOT.STARTS_AT));

  private SlotStore() {}

  /// Opens a slot, which the database gives its label and its day.
  public static Slot insert(
      Transaction transaction, DoctorCode doctor, Instant start, Instant end, int capacity) {
    return transaction
        .sql()
        .insertInto(SLOT, SLOT.DOCTOR_CODE, SLOT.STARTS_AT, SLOT.ENDS_AT, SLOT.CAPACITY)
        .values(doctor.value(), start, end, capacity)
        .returningResult(SLOT.ID, SLOT.LABEL)
        .fetchSingle(row ->
            new Slot(
                row.value1(),
                label(row.value2()),
                start,
                end,
                capacity,
                SlotStatus.SCHEDULED,
                0,
                StatusCounts.NONE));
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

  /// The slots of some days, by start and doctor.
  ///
  /// @param doctor empty for every doctor's
  /// @param days empty for every day's
  public static List<Slot> list(
      Transaction transaction, Optional<DoctorCode> doctor, Optional<Days> days) {
    return transaction
        .sql()
        .fetch(
            selecting()
                .where(
                    days.map(each -> SLOT.DAY.between(each.first(), each.last()))
                        .orElseGet(DSL::noCondition))
                .and(isOf(doctor))
                .orderBy(SLOT.STARTS_AT, SLOT.DOCTOR_CODE))
        .map(SlotStore::slot);
  }

  /// The doctor's open slots of these days, by start.
  ///
  /// @param last included
  public static List<Slot> listOpen(
      Transaction transaction, DoctorCode doctor, LocalDate first, LocalDate last) {
    return LIST_OPEN
        .on(transaction)
        .with(DOCTOR, doctor.value())
        .with(FIRST_DAY, first)
        .with(LAST_DAY, last)
        .fetch()
        .map(SlotStore::slot);
  }

  /// The doctor's open slots that start later on the same day, by start.
  public static List<Slot> listOpenAfter(Transaction transaction, SlotLabel slot) {
    return LIST_OPEN_AFTER
        .on(transaction)
        .with(LABEL, slot.toString())
        .fetch()
        .map(SlotStore::slot);
  }

  /// A doctor's slots of one day.
  public record DoctorDay(DoctorCode doctor, LocalDate day) {
    public static DoctorDay of(SlotLabel label) {
      return new DoctorDay(label.doctor(), label.day());
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

  /// The label of a slot's row.
  ///
  /// @throws OpdException CHECK_FAILED when somebody has tampered with it
  public static SlotLabel label(String text) {
    return SlotLabel.parse(text)
        .orElseThrow(() ->
            new OpdException(
                ErrorCode.CHECK_FAILED,
                "a slot is named " + PlainText.quote(text) + ", which no slot is",
                "see 'opd audit verify'"));
  }

  private static SelectOnConditionStep<? extends Record> selecting() {
    return DSL.select(FIELDS).from(SLOT).join(SLOT_COUNT).on(SLOT_COUNT.SLOT_ID.eq(SLOT.ID));
  }

  /// @param row with [#FIELDS]
  public static Slot slot(Record row) {
    return slot(row, label(row.get(SLOT.LABEL)), counts(row));
  }

  /// @param row with [#FIELDS], of a slot that is counted
  public static StatusCounts counts(Record row) {
    return new StatusCounts(
        row.get(SLOT_COUNT.ACTIVE),
        row.get(SLOT_COUNT.DISPLACED),
        row.get(SLOT_COUNT.CANCELLED),
        row.get(SLOT_COUNT.NO_SHOW),
        row.get(SLOT_COUNT.COMPLETED));
  }

  /// The row's slot under another name: its own may be none.
  public static Slot slot(Record row, SlotLabel label, StatusCounts counts) {
    return new Slot(
        row.get(SLOT.ID),
        label,
        row.get(SLOT.STARTS_AT),
        row.get(SLOT.ENDS_AT),
        row.get(SLOT.CAPACITY),
        row.get(SLOT.STATUS),
        row.get(SLOT.DELAY_MINUTES),
        counts);
  }
}
