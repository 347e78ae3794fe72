package opd.store;

import static java.util.Map.entry;
import static opd.jooq.Tables.AUDIT_ENTRY;
import static opd.jooq.Tables.REQUEST;
import static org.jooq.impl.DSL.left;
import static org.jooq.impl.DSL.partitionBy;
import static org.jooq.impl.DSL.rowNumber;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.DSL.splitPart;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import opd.domain.AuditKind;
import opd.replay.Difference;
import opd.replay.OpeningCheck;
import org.jooq.Condition;
import org.jooq.Cursor;
import org.jooq.Field;
import org.jooq.JSON;
import org.jooq.Record2;
import org.jooq.Record4;
import org.jooq.impl.DSL;

/// Finds stored outcomes that no entry of the log decided.
public final class RequestLog {
  // Which entries decide which outcome.
  private static final Map<String, List<AuditKind>> DECIDED_BY =
      Map.ofEntries(
          entry("Admitted", List.of(AuditKind.TOKEN_ALLOCATED, AuditKind.TOKEN_REINSTATED)),
          entry("Rejected", List.of(AuditKind.ALLOCATION_REJECTED, AuditKind.CHANGE_REJECTED)),
          entry(
              "TokenDone",
              List.of(
                  AuditKind.TOKEN_CANCELLED, AuditKind.TOKEN_NO_SHOW, AuditKind.TOKEN_COMPLETED)),
          entry("ChangeRejected", List.of(AuditKind.CHANGE_REJECTED)),
          entry("SlotDone", List.of(AuditKind.SLOT_CANCELLED, AuditKind.SLOT_COMPLETED)),
          entry("SlotDelayed", List.of(AuditKind.SLOT_DELAYED)),
          entry("SlotMoved", List.of(AuditKind.SLOT_CANCELLED)),
          entry("SlotRejected", List.of(AuditKind.CHANGE_REJECTED)),
          entry("SlotsOpened", List.of(AuditKind.SLOT_OPENED)),
          entry("DoctorSaved", List.of(AuditKind.DOCTOR_ADDED, AuditKind.DOCTOR_CHANGED)),
          entry("PatientSaved", List.of(AuditKind.PATIENT_REGISTERED, AuditKind.PATIENT_CHANGED)));

  private RequestLog() {}

  /// Gives a difference for each outcome that no entry decided, and where an opening of slots is
  /// told of otherwise than the slots' entries tell.
  public static void check(Transaction transaction, Consumer<Difference> consumer) {
    undecided(transaction, consumer);
    slotsOpened(transaction, consumer);
  }

  private static void undecided(Transaction transaction, Consumer<Difference> consumer) {
    Field<String> type = splitPart(left(REQUEST.OUTCOME.cast(String.class), 40), "\"", 4);
    Condition decides =
        DSL.or(
            DECIDED_BY.entrySet().stream()
                .map(pair -> type.eq(pair.getKey()).and(AUDIT_ENTRY.KIND.in(pair.getValue())))
                .toList());
    var query =
        transaction
            .sql()
            .select(REQUEST.ID, type)
            .from(REQUEST)
            .whereNotExists(
                selectOne()
                    .from(AUDIT_ENTRY)
                    .where(AUDIT_ENTRY.REQUEST_ID.eq(REQUEST.ID))
                    .and(decides));
    try (Cursor<Record2<String, String>> cursor =
        query.fetchSize(LogReader.ROWS_AT_ONCE).fetchLazy()) {
      cursor.forEach(row -> consumer.accept(undecided(row.value1(), row.value2())));
    }
  }

  private static void slotsOpened(Transaction transaction, Consumer<Difference> consumer) {
    Field<Integer> place =
        rowNumber().over(partitionBy(AUDIT_ENTRY.REQUEST_ID).orderBy(AUDIT_ENTRY.ID));
    var query =
        transaction
            .sql()
            .select(
                AUDIT_ENTRY.REQUEST_ID,
                AUDIT_ENTRY.SLOT_ID,
                AUDIT_ENTRY.FACTS,
                DSL.when(place.eq(1), REQUEST.OUTCOME.cast(String.class)))
            .from(AUDIT_ENTRY)
            .leftJoin(REQUEST)
            .on(REQUEST.ID.eq(AUDIT_ENTRY.REQUEST_ID))
            .where(AUDIT_ENTRY.KIND.eq(AuditKind.SLOT_OPENED), AUDIT_ENTRY.SLOT_ID.isNotNull())
            .orderBy(AUDIT_ENTRY.REQUEST_ID, AUDIT_ENTRY.ID);
    OpeningCheck check = new OpeningCheck(consumer);
    try (Cursor<Record4<String, Long, JSON, String>> cursor =
        query.fetchSize(LogReader.ROWS_AT_ONCE).fetchLazy()) {
      cursor.forEach(row ->
          check.accept(
              new OpeningCheck.Opening(
                  row.value1(), row.value2(), row.value3().data(), row.value4())));
    }
    check.end();
  }

  private static Difference undecided(String id, String type) {
    return Difference.inRow(
        null, "request " + id, "outcome", null, type + " that no entry decided");
  }
}
