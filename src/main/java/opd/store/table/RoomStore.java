package opd.store.table;

import static opd.jooq.Tables.DOCTOR;
import static opd.jooq.Tables.FACILITY;
import static opd.jooq.Tables.SLOT;
import static opd.jooq.Tables.SLOT_COUNT;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import opd.domain.DoctorCode;
import opd.domain.RequestId;
import opd.domain.Slot;
import opd.store.connection.CachedStatement;
import opd.store.connection.Transaction;
import opd.store.table.RequestStore.Stored;
import org.jooq.Field;
import org.jooq.Param;
import org.jooq.Record;
import org.jooq.Select;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// What a consulting room's request begins with: the doctor is locked, so that two of them follow
/// each other; then what became of the request before, and the doctor's open slots.
public final class RoomStore {
  private static final Param<String> CODE = DSL.param("code", DOCTOR.CODE);
  private static final Param<LocalDate> NAMED_DAY = DSL.param("named_day", SLOT.DAY);
  private static final Field<LocalDate> DAY =
      DSL.field(DSL.name("meant", "day"), SLOT.DAY.getType());
  private static final Field<LocalDate> TODAY =
      DSL.field(DSL.name("meant", "today"), SLOT.DAY.getType());
  private static final Field<Instant> NOW =
      DSL.field(DSL.name("meant", "now"), SLOT.STARTS_AT.getDataType());

  private static final CachedStatement LOCK_DOCTOR =
      new CachedStatement(
          () -> DSL.select(DOCTOR.CODE).from(DOCTOR).where(DOCTOR.CODE.eq(CODE)).forNoKeyUpdate());
  private static final CachedStatement LIST_OPEN = new CachedStatement(RoomStore::listing);

  private RoomStore() {}

  /// @param stored what became of the request, if it was decided before
  /// @param isKnown whether there is such a doctor, who is locked then
  /// @param slots the open ones of the day, and, if it is today, those of the day before that have
  ///   not ended, by start
  public record Room(Optional<Stored> stored, boolean isKnown, List<Slot> slots) {}

  /// All of it in one round trip.
  ///
  /// @param day of the slots, or null for today
  public static Room lock(
      Transaction transaction, RequestId request, DoctorCode doctor, @Nullable LocalDate day) {
    var locked = transaction.fetchWithNext(LOCK_DOCTOR.on(transaction).with(CODE, doctor.value()));
    var stored = RequestStore.findWithNext(transaction, request);
    List<Slot> slots =
        LIST_OPEN.on(transaction).with(CODE, doctor.value()).with(NAMED_DAY, day).fetch().stream()
            .filter(RoomStore::isMeant)
            .map(SlotStore::slot)
            .toList();
    return new Room(stored.get(), !locked.get().isEmpty(), slots);
  }

  private static boolean isMeant(Record row) {
    return row.get(SLOT.DAY).equals(row.get(DAY))
        || (row.get(DAY).equals(row.get(TODAY)) && !SlotStore.slot(row).hasEnded(row.get(NOW)));
  }

  /// Clock and zone are read once, and not for each row.
  private static Select<?> listing() {
    var day = DSL.coalesce(DSL.cast(NAMED_DAY, NAMED_DAY.getDataType()), FacilityTime.TODAY);
    var meant =
        DSL.name("meant")
            .fields("day", "today", "now")
            .asMaterialized(DSL.select(day, FacilityTime.TODAY, FacilityTime.NOW).from(FACILITY));
    return DSL.with(meant)
        .select(SlotStore.FIELDS)
        .select(SLOT.DAY, DAY, TODAY, NOW)
        .from(meant)
        .join(SLOT)
        .on(SLOT.DAY.between(DSL.field("{0} - 1", SLOT.DAY.getDataType(), DAY), DAY))
        .join(SLOT_COUNT)
        .on(SLOT_COUNT.SLOT_ID.eq(SLOT.ID))
        .where(SLOT.DOCTOR_CODE.eq(CODE))
        .and(SlotStore.IS_OPEN)
        .orderBy(SLOT.STARTS_AT);
  }
}
