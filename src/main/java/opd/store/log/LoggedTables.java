package opd.store.log;

import static opd.jooq.Tables.AUDIT_ENTRY;
import static opd.jooq.Tables.DOCTOR;
import static opd.jooq.Tables.FACILITY;
import static opd.jooq.Tables.PATIENT_IDENTITIES;
import static opd.jooq.Tables.PATIENT_IDENTITY;
import static opd.jooq.Tables.SLOT;
import static opd.jooq.Tables.SLOT_COUNT;
import static opd.jooq.Tables.TOKEN;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import opd.domain.DoctorCode;
import opd.domain.Slot;
import opd.domain.SlotLabel;
import opd.domain.StatusCounts;
import opd.domain.Token;
import opd.domain.TokenLabel;
import opd.jooq.tables.PatientIdentities;
import opd.store.connection.ServerCursor;
import opd.store.connection.Transaction;
import opd.store.schema.FacilityStore;
import opd.store.table.DoctorStore;
import opd.store.table.SlotStore;
import opd.store.table.TokenStore;
import opd.verify.Rows;
import opd.verify.Tables;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.ResultQuery;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// The tables as their rows are compared with the log: streams in the order of the chains.
public final class LoggedTables implements Tables {
  private static final int SLOTS_REMEMBERED = 10_000;
  private static final opd.jooq.tables.Token SUCCESSOR = TOKEN.as("successor");
  private static final opd.jooq.tables.Slot SUCCESSOR_SLOT = SLOT.as("successor_slot");

  private final Transaction transaction;
  private final Optional<Long> slotId;
  // Neighbouring entries recommend the same few slots.
  private final Map<SlotLabel, Long> slotIds =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<SlotLabel, Long> eldest) {
          return size() > SLOTS_REMEMBERED;
        }
      };

  /// @param slotId of the one slot to compare, or empty for everything
  public LoggedTables(Transaction transaction, Optional<Long> slotId) {
    this.transaction = transaction;
    this.slotId = slotId;
  }

  @Override
  public Iterator<Rows.FacilityRow> facility() {
    return slotId.isPresent()
        ? Collections.emptyIterator()
        : stream(
            transaction
                .sql()
                .select(
                    FACILITY.DEFAULT_REGION,
                    FACILITY.ZONE,
                    FacilityStore.CLOCK,
                    FACILITY.PHONE_KEY_DIGEST,
                    FACILITY.VERSION)
                .from(FACILITY),
            row ->
                new Rows.FacilityRow(
                    row.get(FACILITY.DEFAULT_REGION),
                    row.get(FACILITY.ZONE),
                    row.get(FacilityStore.CLOCK),
                    HexFormat.of().formatHex(row.get(FACILITY.PHONE_KEY_DIGEST)),
                    row.get(FACILITY.VERSION)));
  }

  @Override
  public Iterator<Rows.DoctorRow> doctors() {
    return slotId.isPresent()
        ? Collections.emptyIterator()
        : stream(
            DSL.select(DOCTOR.fields()).from(DOCTOR).orderBy(bytes(DOCTOR.CODE)),
            row ->
                new Rows.DoctorRow(DoctorStore.doctor(row.into(DOCTOR)), row.get(DOCTOR.VERSION)));
  }

  @Override
  public Iterator<Rows.PatientRow> patients() {
    return slotId.isPresent()
        ? Collections.emptyIterator()
        : stream(
            identities(),
            row ->
                new Rows.PatientRow(
                    row.get(PATIENT_IDENTITY.ID),
                    row.get(PATIENT_IDENTITY.IDENTITY),
                    row.get(PATIENT_IDENTITY.VERSION)));
  }

  /// Citus reads the tables under a view with the rights of whoever asks.
  private ResultQuery<?> identities() {
    if (!transaction.isCitus()) {
      return DSL.select(PATIENT_IDENTITY.fields())
          .from(PATIENT_IDENTITY)
          .orderBy(bytes(PATIENT_IDENTITY.ID));
    }
    PatientIdentities shown = PATIENT_IDENTITIES().as("shown");
    return DSL.select(shown.fields()).from(shown).orderBy(bytes(shown.ID));
  }

  @Override
  public Iterator<Rows.SlotRow> slots() {
    return stream(
        transaction
            .sql()
            .select(SlotStore.FIELDS)
            .select(SLOT.DOCTOR_CODE, SLOT.DAY, SLOT.VERSION)
            .select(SLOT_COUNT.CAPACITY, SLOT_COUNT.IS_OPEN, SLOT_COUNT.LAST_SEQUENCE)
            .from(SLOT)
            .leftJoin(SLOT_COUNT)
            .on(SLOT_COUNT.SLOT_ID.eq(SLOT.ID))
            .where(slotId.map(SLOT.ID::eq).orElseGet(DSL::noCondition))
            .orderBy(bytes(SLOT.ID)),
        LoggedTables::slot);
  }

  private static Rows.SlotRow slot(Record row) {
    Integer lastSequence = row.get(SLOT_COUNT.LAST_SEQUENCE);
    StatusCounts counts = lastSequence == null ? StatusCounts.NONE : SlotStore.counts(row);
    return new Rows.SlotRow(
        SlotStore.slot(row, label(row), counts),
        new Rows.SlotRow.Named(row.get(SLOT.DOCTOR_CODE), row.get(SLOT.LABEL), row.get(SLOT.DAY)),
        row.get(SLOT.VERSION),
        lastSequence == null
            ? null
            : new Rows.SlotRow.Counted(
                row.get(SLOT_COUNT.CAPACITY), row.get(SLOT_COUNT.IS_OPEN), lastSequence));
  }

  /// The slot's name, or where somebody has made something else of it, the one that UTC gives.
  private static SlotLabel label(Record row) {
    return SlotLabel.parse(row.get(SLOT.LABEL))
        .orElseGet(() ->
            SlotLabel.of(
                new DoctorCode(row.get(SLOT.DOCTOR_CODE)),
                row.get(SLOT.STARTS_AT),
                ZoneOffset.UTC));
  }

  @Override
  public Iterator<Rows.TokenRow> tokens() {
    return stream(
        TokenStore.selecting(
                List.of(
                    SLOT.DOCTOR_CODE,
                    SLOT.STARTS_AT,
                    TOKEN.SLOT_ID,
                    TOKEN.VERSION,
                    TOKEN.PREVIOUS_STATUS,
                    SUCCESSOR_SLOT.LABEL,
                    SUCCESSOR.SEQUENCE_NUMBER))
            .leftJoin(SUCCESSOR)
            .on(SUCCESSOR.REALLOCATED_FROM.eq(TOKEN.ID))
            .leftJoin(SUCCESSOR_SLOT)
            .on(SUCCESSOR_SLOT.ID.eq(SUCCESSOR.SLOT_ID))
            .where(slotId.map(TOKEN.SLOT_ID::eq).orElseGet(DSL::noCondition))
            .orderBy(bytes(TOKEN.SLOT_ID), TOKEN.ID),
        LoggedTables::token);
  }

  private static Rows.TokenRow token(Record row) {
    Integer sequence = row.get(SUCCESSOR.SEQUENCE_NUMBER);
    return new Rows.TokenRow(
        TokenStore.token(row, label(row)),
        row.get(TOKEN.SLOT_ID),
        row.get(TOKEN.VERSION),
        row.get(TOKEN.PREVIOUS_STATUS),
        sequence == null ? null : label(row.get(SUCCESSOR_SLOT.LABEL), sequence));
  }

  private static @Nullable TokenLabel label(String slot, int sequence) {
    return SlotLabel.parse(slot).map(label -> new TokenLabel(label, sequence)).orElse(null);
  }

  /// As the chains are ordered, whose names end with this.
  private static Field<String> bytes(Field<?> field) {
    return field.cast(String.class).collate("C");
  }

  private <T> Iterator<T> stream(ResultQuery<?> query, Function<Record, T> row) {
    ServerCursor rows = ServerCursor.of(transaction, query);
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return rows.hasNext();
      }

      @Override
      public T next() {
        return row.apply(rows.next());
      }
    };
  }

  @Override
  public Optional<Long> slotId(SlotLabel label) {
    Long known = slotIds.get(label);
    if (known != null) {
      return Optional.of(known);
    }
    Optional<Long> found = SlotStore.find(transaction, label).map(Slot::id);
    found.ifPresent(id -> slotIds.put(label, id));
    return found;
  }

  @Override
  public Optional<Instant> start(SlotLabel label) {
    return SlotStore.find(transaction, label).map(Slot::start);
  }

  @Override
  public Optional<Instant> latestEnd(SlotLabel label) {
    // Texts of one length, which have the order of the times.
    Field<String> end = DSL.field("{0} ->> 'end'", String.class, AUDIT_ENTRY.FACTS);
    return slotId(label)
        .map(id ->
            transaction
                .sql()
                .select(DSL.max(end))
                .from(AUDIT_ENTRY)
                .where(AUDIT_ENTRY.CHAIN.eq("slot/" + id))
                .fetchOne(0, String.class))
        .map(Instant::parse);
  }

  @Override
  public Optional<Token> token(TokenLabel label) {
    return TokenStore.find(transaction, label);
  }
}
