package opd.store.log;

import static opd.jooq.Tables.AUDIT_ENTRY;
import static opd.jooq.Tables.REQUEST;

import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Consumer;
import opd.domain.AuditKind;
import opd.domain.OutcomeKind;
import opd.jooq.tables.AuditEntry;
import opd.store.connection.ServerCursor;
import opd.store.connection.Transaction;
import opd.verify.LoggedEntry;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Record1;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// Reads the log as its verification wants it: chain by chain, each entry with the outcome that is
/// stored for its request.
public final class LogReader {
  private static final HexFormat HEX = HexFormat.of();

  private static final AuditEntry BEFORE = AUDIT_ENTRY.as("before");
  // A value and no EXISTS, for which the planner might read the whole log.
  private static final Field<String> REQUEST_BEFORE =
      DSL.field(
          DSL.select(BEFORE.REQUEST_ID)
              .from(BEFORE)
              .where(
                  BEFORE.CHAIN.eq(AUDIT_ENTRY.CHAIN),
                  BEFORE.NUMBER.eq(AUDIT_ENTRY.NUMBER.minus(1L))));

  // Outcomes may be long, of slots that were opened or closed above all: each is read once, and not
  // with every entry that follows from another.
  private static final Field<String> OUTCOME =
      DSL.when(
              AUDIT_ENTRY
                  .KIND
                  .in(AuditKind.SLOT_OPENED, AuditKind.TOKEN_DISPLACED)
                  .or(
                      AUDIT_ENTRY
                          .KIND
                          .eq(AuditKind.TOKEN_COMPLETED)
                          .and(AUDIT_ENTRY.FACTS.cast(String.class).ne("{}")))
                  .or(
                      AUDIT_ENTRY
                          .KIND
                          .eq(AuditKind.CHANGE_UNDONE)
                          .and(REQUEST.KIND.eq(OutcomeKind.SLOT_REOPENED))),
              DSL.val((String) null))
          .when(
              AUDIT_ENTRY
                  .KIND
                  .eq(AuditKind.PATIENT_REGISTERED)
                  .and(REQUEST.KIND.ne(OutcomeKind.PATIENT_SAVED)),
              DSL.val((String) null))
          .when(
              REQUEST
                  .KIND
                  .eq(OutcomeKind.DOCTOR_AWAY)
                  .and(AUDIT_ENTRY.REQUEST_ID.eq(REQUEST_BEFORE)),
              DSL.val((String) null))
          .otherwise(REQUEST.OUTCOME.cast(String.class))
          .as("decided");

  private static final Field<Long> REQUEST_TRANSACTION_ID =
      REQUEST.TRANSACTION_ID.as("request_transaction_id");

  private LogReader() {}

  /// Gives the entries to the consumer, ordered by chain, byte by byte, and number.
  ///
  /// @param slotId of the one slot whose chain to read, or empty for the whole log
  public static void read(
      Transaction transaction, Optional<Long> slotId, Consumer<LoggedEntry> consumer) {
    // Sorted and joined in memory where the server's default would go to the disk.
    transaction.sql().execute("set local work_mem = '64MB'");
    var query =
        transaction
            .sql()
            .select(AUDIT_ENTRY.fields())
            .select(OUTCOME, REQUEST.DIGEST, REQUEST.KIND, REQUEST_TRANSACTION_ID)
            .from(AUDIT_ENTRY)
            .leftJoin(REQUEST)
            .on(REQUEST.ID.eq(AUDIT_ENTRY.REQUEST_ID))
            .where(isOf(slotId))
            .orderBy(AUDIT_ENTRY.CHAIN, AUDIT_ENTRY.NUMBER);
    ServerCursor.forEach(transaction, query, row -> consumer.accept(entry(row)));
  }

  /// How many entries the whole log has.
  public static long count(Transaction transaction) {
    return transaction
        .sql()
        .select(DSL.count().cast(Long.class))
        .from(AUDIT_ENTRY)
        .fetchSingle(Record1::value1);
  }

  private static Condition isOf(Optional<Long> slotId) {
    return slotId.map(id -> AUDIT_ENTRY.CHAIN.eq("slot/" + id)).orElseGet(DSL::noCondition);
  }

  private static LoggedEntry entry(Record row) {
    Short rule = row.get(AUDIT_ENTRY.RULE);
    byte[] previous = row.get(AUDIT_ENTRY.PREVIOUS_HASH);
    return new LoggedEntry(
        row.get(AUDIT_ENTRY.ID),
        row.get(AUDIT_ENTRY.AT),
        row.get(AUDIT_ENTRY.KIND),
        row.get(AUDIT_ENTRY.ACTOR),
        row.get(AUDIT_ENTRY.LOGIN),
        row.get(AUDIT_ENTRY.REQUEST_ID),
        row.get(AUDIT_ENTRY.DOCTOR_CODE),
        row.get(AUDIT_ENTRY.SLOT_ID),
        row.get(AUDIT_ENTRY.TOKEN_ID),
        row.get(AUDIT_ENTRY.PATIENT_ID),
        rule == null ? null : rule.intValue(),
        row.get(AUDIT_ENTRY.FACTS).data(),
        row.get(AUDIT_ENTRY.CHAIN),
        row.get(AUDIT_ENTRY.NUMBER),
        previous == null ? null : HEX.formatHex(previous),
        HEX.formatHex(row.get(AUDIT_ENTRY.HASH)),
        row.get(AUDIT_ENTRY.TOKEN_VERSION),
        row.get(AUDIT_ENTRY.SUBJECT_VERSION),
        row.get(AUDIT_ENTRY.TRANSACTION_ID),
        request(row),
        row.get(OUTCOME));
  }

  private static LoggedEntry.@Nullable StoredRequest request(Record row) {
    byte[] digest = row.get(REQUEST.DIGEST);
    return digest == null
        ? null
        : new LoggedEntry.StoredRequest(
            HEX.formatHex(digest), row.get(REQUEST.KIND), row.get(REQUEST_TRANSACTION_ID));
  }
}
