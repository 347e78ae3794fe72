package opd.store;

import static opd.jooq.Tables.AUDIT_ENTRY;
import static opd.jooq.Tables.REQUEST;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.left;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.DSL.splitPart;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import opd.domain.AuditKind;
import opd.replay.Difference;
import org.jooq.Condition;
import org.jooq.Cursor;
import org.jooq.Field;
import org.jooq.Record2;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// Finds stored outcomes that no entry of the log decided.
public final class RequestLog {
  // Which entries decide which outcome.
  private static final Map<String, List<AuditKind>> DECIDED_BY =
      Map.of(
          "Admitted", List.of(AuditKind.TOKEN_ALLOCATED, AuditKind.TOKEN_REINSTATED),
          "Rejected", List.of(AuditKind.ALLOCATION_REJECTED, AuditKind.CHANGE_REJECTED),
          "TokenDone",
              List.of(
                  AuditKind.TOKEN_CANCELLED, AuditKind.TOKEN_NO_SHOW, AuditKind.TOKEN_COMPLETED),
          "ChangeRejected", List.of(AuditKind.CHANGE_REJECTED),
          "SlotDone",
              List.of(AuditKind.SLOT_DELAYED, AuditKind.SLOT_CANCELLED, AuditKind.SLOT_COMPLETED),
          "SlotRejected", List.of(AuditKind.CHANGE_REJECTED),
          "SlotsOpened", List.of(AuditKind.SLOT_OPENED),
          "DoctorSaved", List.of(AuditKind.DOCTOR_ADDED, AuditKind.DOCTOR_CHANGED),
          "PatientSaved", List.of(AuditKind.PATIENT_REGISTERED, AuditKind.PATIENT_CHANGED));

  private RequestLog() {}

  /// Gives a difference for each outcome that no entry decided, and for each opening of slots whose
  /// outcome tells of more or fewer than were opened.
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
      cursor.forEach(row ->
          consumer.accept(
              inRequest(row.value1(), "outcome", null, row.value2() + " that no entry decided")));
    }
  }

  private static void slotsOpened(Transaction transaction, Consumer<Difference> consumer) {
    var opened =
        select(AUDIT_ENTRY.REQUEST_ID.as("id"), count().as("slots"))
            .from(AUDIT_ENTRY)
            .where(AUDIT_ENTRY.KIND.eq(AuditKind.SLOT_OPENED))
            .groupBy(AUDIT_ENTRY.REQUEST_ID)
            .asTable("opened");
    Field<Integer> told =
        field(
            "case when json_typeof({0} -> 'slots') = 'array' then json_array_length({0} -> 'slots') end",
            Integer.class, REQUEST.OUTCOME);
    Field<Integer> slots = field(name("opened", "slots"), Integer.class);
    transaction
        .sql()
        .select(REQUEST.ID, slots, told)
        .from(REQUEST)
        .join(opened)
        .on(REQUEST.ID.eq(field(name("opened", "id"), String.class)))
        .where(told.isDistinctFrom(slots))
        .forEach(row ->
            consumer.accept(inRequest(row.value1(), "outcome.slots", row.value2(), row.value3())));
  }

  private static Difference inRequest(
      String id, String field, @Nullable Object expected, @Nullable Object found) {
    return Difference.inRow(null, "request " + id, field, expected, found);
  }
}
