package opd.store.table;

import static opd.jooq.Tables.AUDIT_ENTRY;
import static opd.jooq.Tables.SLOT;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import opd.decision.AuditSubject;
import opd.decision.NewEntry;
import opd.domain.Actor;
import opd.domain.AuditKind;
import opd.domain.RequestId;
import opd.domain.Rule;
import opd.jooq.Routines;
import opd.jooq.tables.records.AuditEntryRecord;
import opd.record.FactsJson;
import opd.store.connection.BulkRows;
import opd.store.connection.Prepared;
import opd.store.connection.Transaction;
import org.jooq.Field;
import org.jooq.InsertOnDuplicateStep;
import org.jooq.JSON;
import org.jooq.Param;
import org.jooq.Record1;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// The statements that write the audit log.
public final class AuditStore {
  private static final Param<String> ACTOR = DSL.param("actor", AUDIT_ENTRY.ACTOR);
  private static final BulkRows<Attributed> ENTRIES = new BulkRows<>();
  private static final Field<AuditKind> KIND =
      ENTRIES.column(AUDIT_ENTRY.KIND, each -> each.entry().event().kind());
  private static final Field<String> REQUEST_ID =
      ENTRIES.column(AUDIT_ENTRY.REQUEST_ID, each -> each.requestId().value());
  private static final Field<String> DOCTOR =
      ENTRIES.column(AUDIT_ENTRY.DOCTOR_CODE, each -> Keys.of(each).doctor());
  private static final Field<Long> SLOT_ID =
      ENTRIES.column(AUDIT_ENTRY.SLOT_ID, each -> Keys.of(each).slot());
  private static final Field<Long> TOKEN_ID =
      ENTRIES.column(AUDIT_ENTRY.TOKEN_ID, each -> Keys.of(each).token());
  private static final Field<Long> PATIENT_ID =
      ENTRIES.column(AUDIT_ENTRY.PATIENT_ID, each -> Keys.of(each).patient());
  private static final Field<Short> RULE =
      ENTRIES.column(AUDIT_ENTRY.RULE, each -> ruleNumber(each.entry()));
  private static final Field<JSON> FACTS =
      ENTRIES.column(AUDIT_ENTRY.FACTS, each -> JSON.json(FactsJson.text(each.entry().event())));
  private static final Prepared APPEND = new Prepared(() -> inserting(DSL.table(DSL.selectOne())));

  private AuditStore() {}

  /// An entry and the request that it is due to.
  public record Attributed(RequestId requestId, NewEntry entry) {}

  /// The keys of what an entry concerns.
  private record Keys(
      @Nullable String doctor, @Nullable Long slot, @Nullable Long token, @Nullable Long patient) {

    static Keys of(Attributed attributed) {
      return switch (attributed.entry().subject()) {
        case AuditSubject.OfFacility() -> new Keys(null, null, null, null);
        case AuditSubject.OfDoctor(var code) -> new Keys(code.value(), null, null, null);
        case AuditSubject.OfPatient(var id) -> new Keys(null, null, null, id);
        case AuditSubject.OfSlot(var slot, var token, var patient) ->
            new Keys(null, slot, token, patient);
      };
    }
  }

  public static List<Attributed> attributed(RequestId requestId, List<NewEntry> entries) {
    return entries.stream().map(entry -> new Attributed(requestId, entry)).toList();
  }

  /// Appends the entries of several requests, whose outcomes are stored, in their order. Time,
  /// number and hashes come from the database.
  public static void append(Transaction transaction, Actor actor, List<Attributed> entries) {
    int written = with(APPEND.on(transaction), actor, entries).execute();
    Transaction.all(written, entries.size(), "writing to the log");
  }

  /// The values of [#inserting].
  static Prepared.Execution with(
      Prepared.Execution execution, Actor actor, List<Attributed> entries) {
    return execution.with(ACTOR, actor.name()).with(ENTRIES, entries);
  }

  /// @param beside rows that are had before the first entry is written: one
  static InsertOnDuplicateStep<AuditEntryRecord> inserting(Table<?> beside) {
    return DSL.insertInto(
            AUDIT_ENTRY,
            AUDIT_ENTRY.ACTOR,
            AUDIT_ENTRY.KIND,
            AUDIT_ENTRY.REQUEST_ID,
            AUDIT_ENTRY.DOCTOR_CODE,
            AUDIT_ENTRY.SLOT_ID,
            AUDIT_ENTRY.TOKEN_ID,
            AUDIT_ENTRY.PATIENT_ID,
            AUDIT_ENTRY.RULE,
            AUDIT_ENTRY.FACTS)
        .select(
            DSL.select(ACTOR, KIND, REQUEST_ID, DOCTOR, SLOT_ID, TOKEN_ID, PATIENT_ID, RULE, FACTS)
                .from(ENTRIES.table())
                .crossJoin(beside)
                .orderBy(ENTRIES.place()));
  }

  private static @Nullable Short ruleNumber(NewEntry entry) {
    Rule rule = entry.event().rule();
    return rule == null ? null : (short) rule.number();
  }

  /// Where the chain of a slot has come to.
  ///
  /// @param number of its last entry
  /// @param nextTime of the entries that this transaction adds to it
  public record SlotChain(long number, Instant nextTime) {}

  /// The chains of the slots, by slot id. They stay as they are for as long as the slots are
  /// locked.
  public static Map<Long, SlotChain> slotChains(Transaction transaction, Collection<Long> slotIds) {
    var last =
        DSL.lateral(
                DSL.select(AUDIT_ENTRY.NUMBER, AUDIT_ENTRY.AT)
                    .from(AUDIT_ENTRY)
                    .where(AUDIT_ENTRY.CHAIN.eq(DSL.concat(DSL.inline("slot/"), SLOT.ID)))
                    .orderBy(AUDIT_ENTRY.NUMBER.desc())
                    .limit(1))
            .as("last");
    Field<Long> number = last.field(AUDIT_ENTRY.NUMBER);
    // In a query of its own, the clock is read once and not for each row.
    Field<Instant> now = DSL.field(DSL.select(Routines.decisionTime()));
    Field<Instant> nextTime = DSL.greatest(now, last.field(AUDIT_ENTRY.AT));
    return transaction
        .sql()
        .select(SLOT.ID, number, nextTime)
        .from(SLOT)
        .crossJoin(last)
        .where(SLOT.ID.eq(DSL.any(slotIds.toArray(Long[]::new))))
        .fetchMap(SLOT.ID, row -> new SlotChain(row.value2(), row.value3()));
  }

  /// The time that the next entries of the slot's chain get in this transaction.
  public static Instant slotTime(Transaction transaction, long slotId) {
    return transaction
        .sql()
        .select(Routines.chainTime("slot/" + slotId))
        .fetchSingle(Record1::value1);
  }
}
