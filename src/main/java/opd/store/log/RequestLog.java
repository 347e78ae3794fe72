package opd.store.log;

import static opd.jooq.Tables.AUDIT_ENTRY;
import static opd.jooq.Tables.REQUEST;
import static opd.jooq.Tables.SLOT;
import static org.jooq.impl.DSL.partitionBy;
import static org.jooq.impl.DSL.rowNumber;
import static org.jooq.impl.DSL.selectOne;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import opd.domain.AuditKind;
import opd.domain.OutcomeKind;
import opd.store.connection.ServerCursor;
import opd.store.connection.Transaction;
import opd.verify.Difference;
import opd.verify.OpeningCheck;
import opd.verify.SlotsCheck;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.DSL;

/// Finds stored outcomes that no entry of the log decided.
public final class RequestLog {
  private RequestLog() {}

  /// The entries that decide an outcome.
  private static List<AuditKind> deciding(OutcomeKind kind) {
    return switch (kind) {
      case ADMITTED -> List.of(AuditKind.TOKEN_ALLOCATED, AuditKind.TOKEN_REINSTATED);
      case REJECTED -> List.of(AuditKind.ALLOCATION_REJECTED, AuditKind.CHANGE_REJECTED);
      case TOKEN_DONE ->
          List.of(
              AuditKind.TOKEN_CANCELLED,
              AuditKind.TOKEN_NO_SHOW,
              AuditKind.TOKEN_COMPLETED,
              AuditKind.CHANGE_UNDONE);
      case CHANGE_REJECTED, SLOT_REJECTED, PATIENT_REJECTED -> List.of(AuditKind.CHANGE_REJECTED);
      case SLOT_DONE -> List.of(AuditKind.SLOT_CANCELLED, AuditKind.SLOT_COMPLETED);
      case SLOT_DELAYED -> List.of(AuditKind.SLOT_DELAYED);
      case SLOT_MOVED -> List.of(AuditKind.SLOT_CANCELLED);
      case SLOTS_OPENED -> List.of(AuditKind.SLOT_OPENED);
      case DOCTOR_SAVED -> List.of(AuditKind.DOCTOR_ADDED, AuditKind.DOCTOR_CHANGED);
      case PATIENT_SAVED ->
          List.of(
              AuditKind.PATIENT_REGISTERED, AuditKind.PATIENT_CHANGED, AuditKind.PATIENT_ERASED);
      case FACILITY_SAVED -> List.of(AuditKind.FACILITY_SET);
      case SLOT_CHANGED -> List.of(AuditKind.SLOT_CHANGED);
      case SLOT_REOPENED -> List.of(AuditKind.SLOT_REOPENED);
      case DOCTOR_LATE -> List.of(AuditKind.SLOT_DELAYED);
      case DOCTOR_AWAY -> List.of(AuditKind.SLOT_CANCELLED);
      case TOKEN_SERVED ->
          List.of(
              AuditKind.TOKEN_ARRIVED,
              AuditKind.TOKEN_CALLED,
              AuditKind.TOKEN_PARKED,
              AuditKind.TOKEN_RETURNED,
              AuditKind.TOKEN_COMPLETED,
              AuditKind.TOKEN_NO_SHOW);
      case NOBODY_WAITING -> List.of(AuditKind.CHANGE_REJECTED);
    };
  }

  /// Gives a difference for each outcome that no entry decided, and where an opening of slots is
  /// told of otherwise than the slots' entries tell.
  public static void check(Transaction transaction, Consumer<Difference> consumer) {
    undecided(transaction, consumer);
    slotsOpened(transaction, consumer);
    slotsChanged(transaction, consumer);
  }

  private static void slotsChanged(Transaction transaction, Consumer<Difference> consumer) {
    var labels =
        DSL.field(
                DSL.select(DSL.arrayAgg(SLOT.LABEL).orderBy(AUDIT_ENTRY.ID))
                    .from(AUDIT_ENTRY)
                    .join(SLOT)
                    .on(SLOT.ID.eq(AUDIT_ENTRY.SLOT_ID))
                    .where(
                        AUDIT_ENTRY.TRANSACTION_ID.eq(REQUEST.TRANSACTION_ID),
                        AUDIT_ENTRY.REQUEST_ID.eq(REQUEST.ID),
                        AUDIT_ENTRY.KIND.in(AuditKind.SLOT_DELAYED, AuditKind.SLOT_CANCELLED)))
            .as("labels");
    var query =
        transaction
            .sql()
            .select(REQUEST.ID, REQUEST.KIND, REQUEST.OUTCOME, labels)
            .from(REQUEST)
            .where(REQUEST.KIND.in(OutcomeKind.DOCTOR_LATE, OutcomeKind.DOCTOR_AWAY));
    SlotsCheck check = new SlotsCheck(consumer);
    ServerCursor.forEach(
        transaction,
        query,
        row ->
            check.check(
                row.get(REQUEST.ID),
                row.get(REQUEST.KIND),
                row.get(REQUEST.OUTCOME).data(),
                row.get(labels) == null ? List.of() : List.of(row.get(labels))));
  }

  private static void undecided(Transaction transaction, Consumer<Difference> consumer) {
    Condition decides =
        DSL.or(
            Arrays.stream(OutcomeKind.values())
                .map(kind -> REQUEST.KIND.eq(kind).and(AUDIT_ENTRY.KIND.in(deciding(kind))))
                .toList());
    var query =
        transaction
            .sql()
            .select(REQUEST.ID, REQUEST.KIND)
            .from(REQUEST)
            .whereNotExists(
                selectOne()
                    .from(AUDIT_ENTRY)
                    .where(AUDIT_ENTRY.REQUEST_ID.eq(REQUEST.ID))
                    .and(decides));
    ServerCursor.forEach(
        transaction,
        query,
        row -> consumer.accept(undecided(row.get(REQUEST.ID), row.get(REQUEST.KIND))));
  }

  private static void slotsOpened(Transaction transaction, Consumer<Difference> consumer) {
    Field<Integer> place =
        rowNumber().over(partitionBy(AUDIT_ENTRY.REQUEST_ID).orderBy(AUDIT_ENTRY.ID));
    Field<String> outcome = DSL.when(place.eq(1), REQUEST.OUTCOME.cast(String.class)).as("outcome");
    var query =
        transaction
            .sql()
            .select(AUDIT_ENTRY.REQUEST_ID, AUDIT_ENTRY.SLOT_ID, AUDIT_ENTRY.FACTS, outcome)
            .from(AUDIT_ENTRY)
            .leftJoin(REQUEST)
            .on(REQUEST.ID.eq(AUDIT_ENTRY.REQUEST_ID))
            .where(AUDIT_ENTRY.KIND.eq(AuditKind.SLOT_OPENED), AUDIT_ENTRY.SLOT_ID.isNotNull())
            .orderBy(AUDIT_ENTRY.REQUEST_ID, AUDIT_ENTRY.ID);
    OpeningCheck check = new OpeningCheck(consumer);
    ServerCursor.forEach(
        transaction,
        query,
        row ->
            check.accept(
                new OpeningCheck.Opening(
                    row.get(AUDIT_ENTRY.REQUEST_ID),
                    row.get(AUDIT_ENTRY.SLOT_ID),
                    row.get(AUDIT_ENTRY.FACTS).data(),
                    row.get(outcome))));
    check.end();
  }

  private static Difference undecided(String id, OutcomeKind kind) {
    return Difference.inRow(
        null, "request " + id, "outcome", null, kind + " that no entry decided");
  }
}
