package opd.store.table;

import static opd.jooq.Tables.AUDIT_ENTRY;

import java.util.List;
import opd.decision.AuditSubject;
import opd.decision.NewEntry;
import opd.domain.Actor;
import opd.domain.AuditKind;
import opd.domain.RequestId;
import opd.domain.Rule;
import opd.record.FactsJson;
import opd.store.connection.BulkRows;
import opd.store.connection.CachedStatement;
import opd.store.connection.RowCount;
import opd.store.connection.Transaction;
import org.jooq.Field;
import org.jooq.JSON;
import org.jooq.Param;
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
  private static final CachedStatement APPEND =
      RowCount.all(
          "writing to the log",
          () ->
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
                          .from(ENTRIES.table())
                          .orderBy(ENTRIES.place()))
                  .returningResult(AUDIT_ENTRY.NUMBER));

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
            new Keys(null, slot, token == null ? null : token.id(), patient);
      };
    }
  }

  /// Appends the entries of requests whose outcomes are stored, in their order, together with the
  /// transaction's next statement. Time, number and hashes come from the database.
  public static void append(Transaction transaction, Actor actor, List<Attributed> entries) {
    transaction.sendWithNext(
        APPEND
            .on(transaction)
            .with(ACTOR, actor.name())
            .with(ENTRIES, entries)
            .with(RowCount.ALL, entries.size()));
  }

  private static @Nullable Short ruleNumber(NewEntry entry) {
    Rule rule = entry.event().rule();
    return rule == null ? null : (short) rule.number();
  }
}
