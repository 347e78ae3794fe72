package opd.store.table;

import static opd.jooq.Tables.SLOT;
import static opd.jooq.Tables.SLOT_COUNT;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import opd.domain.DoctorCode;
import opd.domain.Slot;
import opd.store.connection.BulkRows;
import opd.store.connection.CachedStatement;
import opd.store.connection.Transaction;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Param;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/// The statements on many slots at once. Whoever opens them has locked their doctors.
public final class BulkSlots {
  /// Slots last at most a day: no other can reach into a time.
  private static final Duration LONGEST = Duration.ofDays(1);

  /// A slot that is to be opened.
  public record NewSlot(DoctorCode doctor, Instant start, Instant end, int capacity) {
    /// What tells a slot from all others.
    public record Place(DoctorCode doctor, Instant start) {}

    public Place place() {
      return new Place(doctor, start);
    }
  }

  private static final Param<String[]> DOCTORS = DSL.param("doctors", SQLDataType.VARCHAR.array());
  private static final Param<Instant> FROM = DSL.param("from", SLOT.STARTS_AT);
  private static final Param<Instant> TO = DSL.param("to", SLOT.STARTS_AT);
  private static final Param<Long[]> IDS = DSL.param("ids", SQLDataType.BIGINT.array());
  private static final CachedStatement LIST =
      listing(SLOT.DOCTOR_CODE.eq(DSL.any(DOCTORS)).and(SLOT.STARTS_AT.between(FROM, TO)));
  private static final CachedStatement FIND = listing(SLOT.ID.eq(DSL.any(IDS)));

  private static final BulkRows<NewSlot> NEW = new BulkRows<>();
  private static final Field<String> DOCTOR =
      NEW.column(SLOT.DOCTOR_CODE, slot -> slot.doctor().value());
  private static final Field<Instant> START = NEW.column(SLOT.STARTS_AT, NewSlot::start);
  private static final Field<Instant> END = NEW.column(SLOT.ENDS_AT, NewSlot::end);
  private static final Field<Integer> CAPACITY = NEW.column(SLOT.CAPACITY, NewSlot::capacity);
  private static final CachedStatement INSERT =
      new CachedStatement(() ->
          DSL.insertInto(SLOT, SLOT.DOCTOR_CODE, SLOT.STARTS_AT, SLOT.ENDS_AT, SLOT.CAPACITY)
              .select(
                  DSL.select(DOCTOR, START, END, CAPACITY)
                      .from(NEW.table())
                      .orderBy(NEW.order(BulkRows.Size.ANY)))
              .returningResult(SLOT.ID));

  private BulkSlots() {}

  private static CachedStatement listing(Condition condition) {
    return new CachedStatement(() ->
        DSL.select(SlotStore.FIELDS)
            .from(SLOT)
            .join(SLOT_COUNT)
            .on(SLOT_COUNT.SLOT_ID.eq(SLOT.ID))
            .where(condition)
            .orderBy(SLOT.STARTS_AT, SLOT.DOCTOR_CODE));
  }

  /// The doctors' slots that can overlap ones with these starts, closed ones included.
  ///
  /// @param first start of all
  /// @param last start of all
  public static List<Slot> list(
      Transaction transaction, Collection<DoctorCode> doctors, Instant first, Instant last) {
    return LIST.on(transaction)
        .with(DOCTORS, doctors.stream().map(DoctorCode::value).toArray(String[]::new))
        .with(FROM, first.minus(LONGEST))
        .with(TO, last.plus(LONGEST))
        .fetch()
        .map(SlotStore::slot);
  }

  /// Opens the slots, and gives them as they are then, by start.
  public static List<Slot> insert(Transaction transaction, List<NewSlot> slots) {
    if (slots.isEmpty()) {
      return List.of();
    }
    Long[] ids =
        INSERT.on(transaction).with(NEW, slots).fetch().map(row -> row.get(SLOT.ID)).stream()
            .toArray(Long[]::new);
    Transaction.all(ids.length, slots.size(), "opening slots");
    return FIND.on(transaction).with(IDS, ids).fetch().map(SlotStore::slot);
  }
}
