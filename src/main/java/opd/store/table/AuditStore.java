package opd.store.table;

import static opd.jooq.Tables.AUDIT_ENTRY;

import java.util.List;
import java.util.SortedMap;
import opd.decision.AuditEvent;
import opd.decision.AuditSubject;
import opd.decision.NewEntry;
import opd.domain.Actor;
import opd.domain.AuditKind;
import opd.domain.RequestId;
import opd.domain.Rule;
import opd.record.FactsJson;
import opd.store.connection.BulkRows;
import opd.store.connection.BulkStatement;
import opd.store.connection.CachedStatement;
import opd.store.connection.RowCount;
import opd.store.connection.Transaction;
import org.jooq.Field;
import org.jooq.JSON;
import org.jooq.Param;
import org.jooq.Select;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// The statements that write the audit log.
public final class AuditStore {
  private static final Param<String> ACTOR = DSL.param("actor", AUDIT_ENTRY.ACTOR);
  private static final Param<Integer> OUTCOMES = DSL.param("outcomes", Integer.class);
  private static final Param<Integer> ENTRIES = DSL.param("entries", Integer.class);
  private static final BulkRows<Row> ROWS = new BulkRows<>("entries");
  private static final Field<AuditKind> KIND =
      ROWS.column(AUDIT_ENTRY.KIND, row -> row.event().kind());
  private static final Field<String> REQUEST_ID =
      ROWS.column(AUDIT_ENTRY.REQUEST_ID, row -> row.requestId().value());
  private static final Field<String> DOCTOR =
      ROWS.column(AUDIT_ENTRY.DOCTOR_CODE, row -> row.keys().doctor());
  private static final Field<Long> SLOT_ID =
      ROWS.column(AUDIT_ENTRY.SLOT_ID, row -> row.keys().slot());
  private static final Field<Long> TOKEN_ID =
      ROWS.column(AUDIT_ENTRY.TOKEN_ID, row -> row.keys().token());
  private static final Field<Long> PATIENT_ID =
      ROWS.column(AUDIT_ENTRY.PATIENT_ID, row -> row.keys().patient());
  private static final Field<Short> RULE =
      ROWS.column(AUDIT_ENTRY.RULE, row -> ruleNumber(row.event()));
  private static final Field<JSON> FACTS =
      ROWS.column(AUDIT_ENTRY.FACTS, row -> JSON.json(FactsJson.text(row.event())));
  // Outcomes and entries in one statement: a second one would take a twentieth of an allocation's
  // time.
  private static final BulkStatement APPEND_DECISION =
      new BulkStatement(entries -> appending(BulkRows.Size.ONE, entries));
  private static final CachedStatement APPEND_LIST =
      new CachedStatement(() -> appending(BulkRows.Size.ANY, BulkRows.Size.ANY));

  private AuditStore() {}

  /// An entry and the request that it is due to.
  public record Attributed(RequestId requestId, NewEntry entry) {}

  private record Row(RequestId requestId, AuditEvent event, Keys keys) {
    static Row of(Attributed attributed) {
      NewEntry entry = attributed.entry();
      return new Row(attributed.requestId(), entry.event(), Keys.of(entry.subject()));
    }
  }

  /// The keys of what an entry concerns.
  private record Keys(
      @Nullable String doctor, @Nullable Long slot, @Nullable Long token, @Nullable Long patient) {

    static Keys of(AuditSubject subject) {
      return switch (subject) {
        case AuditSubject.OfFacility() -> new Keys(null, null, null, null);
        case AuditSubject.OfDoctor(var code) -> new Keys(code.value(), null, null, null);
        case AuditSubject.OfPatient(var id) -> new Keys(null, null, null, id);
        case AuditSubject.OfSlot(var slot, var token, var patient) ->
            new Keys(null, slot, token == null ? null : token.id(), patient);
      };
    }
  }

  /// Stores the outcomes of requests and appends their entries, in this order, together with the
  /// transaction's next statement. Time, number and hashes come from the database, which finds the
  /// outcomes that the entries are hashed with.
  public static void append(
      Transaction transaction,
      Actor actor,
      SortedMap<String, RequestStore.Stored> outcomes,
      List<Attributed> entries) {
    var append =
        outcomes.size() == 1
            ? APPEND_DECISION.on(transaction, entries.size() == 1)
            : APPEND_LIST.on(transaction);
    transaction.sendWithNext(
        append
            .with(RequestStore.ROWS, List.copyOf(outcomes.entrySet()))
            .with(OUTCOMES, outcomes.size())
            .with(ACTOR, actor.name())
            .with(ROWS, entries.stream().map(Row::of).toList())
            .with(ENTRIES, entries.size()));
  }

  private static Select<?> appending(BulkRows.Size outcomes, BulkRows.Size entries) {
    var stored = DSL.name("stored").as(RequestStore.inserting(outcomes));
    // Counted beside the entries, so that all outcomes are stored before the first of them.
    var all = DSL.select(DSL.count()).from(stored).asTable("all_stored");
    var told =
        DSL.name("told")
            .as(
                DSL.insertInto(
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
                        DSL.select(
                                ACTOR,
                                KIND,
                                REQUEST_ID,
                                DOCTOR,
                                SLOT_ID,
                                TOKEN_ID,
                                PATIENT_ID,
                                RULE,
                                FACTS)
                            .from(ROWS.table(entries))
                            .crossJoin(all)
                            .orderBy(ROWS.order(entries)))
                    .returningResult(AUDIT_ENTRY.NUMBER));
    return DSL.with(stored, told)
        .select(
            RowCount.check(told, ENTRIES, "writing to the log"),
            RowCount.check(stored, OUTCOMES, "storing outcomes"));
  }

  private static @Nullable Short ruleNumber(AuditEvent event) {
    Rule rule = event.rule();
    return rule == null ? null : (short) rule.number();
  }
}
