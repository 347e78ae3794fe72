package opd.store;

import static opd.jooq.Tables.AUDIT_ENTRY;
import static opd.jooq.Tables.SLOT;
import static org.jooq.impl.DSL.row;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import opd.audit.AuditSubject;
import opd.audit.FactsJson;
import opd.audit.NewEntry;
import opd.domain.Actor;
import opd.domain.AuditKind;
import opd.domain.RequestId;
import opd.domain.Rule;
import opd.jooq.Routines;
import org.jooq.Field;
import org.jooq.JSON;
import org.jooq.Record1;
import org.jooq.Row9;
import org.jooq.impl.DSL;

/// The statements that write the audit log.
public final class AuditStore {
  private AuditStore() {}

  /// An entry and the request that it is due to.
  public record Attributed(RequestId requestId, NewEntry entry) {}

  /// Appends the entries in their order. Time, number and hashes come from the database.
  public static void append(
      Transaction transaction, Actor actor, RequestId requestId, List<NewEntry> entries) {
    append(
        transaction,
        actor,
        entries.stream().map(entry -> new Attributed(requestId, entry)).toList());
  }

  /// Appends the entries of several requests in their order.
  public static void append(Transaction transaction, Actor actor, List<Attributed> entries) {
    Bulk.inParts(
        entries,
        part ->
            transaction
                .sql()
                .insertInto(
                    AUDIT_ENTRY,
                    AUDIT_ENTRY.KIND,
                    AUDIT_ENTRY.ACTOR,
                    AUDIT_ENTRY.REQUEST_ID,
                    AUDIT_ENTRY.DOCTOR_CODE,
                    AUDIT_ENTRY.SLOT_ID,
                    AUDIT_ENTRY.TOKEN_ID,
                    AUDIT_ENTRY.PATIENT_ID,
                    AUDIT_ENTRY.RULE,
                    AUDIT_ENTRY.FACTS)
                .valuesOfRows(
                    part.stream()
                        .map(each -> values(actor, each.requestId(), each.entry()))
                        .toList())
                .execute());
  }

  /// The times that the next entries of the slots' chains get in this transaction, by slot id.
  public static Map<Long, Instant> slotTimes(Transaction transaction, Collection<Long> slotIds) {
    Field<Instant> time = Routines.chainTime(DSL.concat(DSL.inline("slot/"), SLOT.ID));
    return transaction
        .sql()
        .select(SLOT.ID, time)
        .from(SLOT)
        .where(SLOT.ID.in(slotIds))
        .fetchMap(SLOT.ID, time);
  }

  /// The time that the next entries of the slot's chain get in this transaction.
  public static Instant slotTime(Transaction transaction, long slotId) {
    return transaction
        .sql()
        .select(Routines.chainTime("slot/" + slotId))
        .fetchSingle(Record1::value1);
  }

  private static Row9<AuditKind, String, String, String, Long, Long, Long, Short, JSON> values(
      Actor actor, RequestId requestId, NewEntry entry) {
    Rule rule = entry.event().rule();
    Short ruleNumber = rule == null ? null : (short) rule.number();
    JSON facts = JSON.json(FactsJson.text(entry.event()));
    AuditKind kind = entry.event().kind();
    return switch (entry.subject()) {
      case AuditSubject.OfDoctor(var code) ->
          row(
              kind,
              actor.name(),
              requestId.value(),
              code.value(),
              null,
              null,
              null,
              ruleNumber,
              facts);
      case AuditSubject.OfPatient(var patientId) ->
          row(
              kind,
              actor.name(),
              requestId.value(),
              null,
              null,
              null,
              patientId,
              ruleNumber,
              facts);
      case AuditSubject.OfSlot(var slotId, var tokenId, var patientId) ->
          row(
              kind,
              actor.name(),
              requestId.value(),
              null,
              slotId,
              tokenId,
              patientId,
              ruleNumber,
              facts);
    };
  }
}
