package opd.store.log;

import static opd.jooq.Tables.AUDIT_ENTRY;
import static opd.jooq.Tables.SLOT;

import java.util.HexFormat;
import java.util.function.Consumer;
import opd.decision.AuditEvent;
import opd.domain.AuditKind;
import opd.domain.Days;
import opd.domain.ErrorCode;
import opd.domain.OpdException;
import opd.record.FactsReader;
import opd.report.Checkpoint;
import opd.report.LogEntry;
import opd.store.connection.ServerCursor;
import opd.store.connection.Transaction;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.impl.DSL;

/// Reads the chains of the slots of some days, for a report.
public final class ReportReader {
  private static final HexFormat HEX = HexFormat.of();
  private static final Field<Long> OLDEST_RUNNING =
      DSL.field("pg_snapshot_xmin(pg_current_snapshot())::text::bigint", Long.class);

  private ReportReader() {}

  /// Where the log stands in the transaction's snapshot.
  ///
  /// @throws OpdException CHECK_FAILED when the facility has no first entry
  public static Checkpoint.Position position(Transaction transaction) {
    return transaction
        .sql()
        .select(OLDEST_RUNNING, AUDIT_ENTRY.HASH, AUDIT_ENTRY.TRANSACTION_ID)
        .from(AUDIT_ENTRY)
        .where(AUDIT_ENTRY.CHAIN.eq("facility"), AUDIT_ENTRY.NUMBER.eq(1L))
        .fetchOptional(
            row -> new Checkpoint.Position(row.value1(), HEX.formatHex(row.value2()), row.value3()))
        .orElseThrow(() ->
            new OpdException(
                ErrorCode.CHECK_FAILED,
                "the log has no entry of the facility's making",
                "see 'opd audit verify'"));
  }

  /// Gives the entries of all slots of these days, ordered by day, chain, byte by byte, and number.
  ///
  /// @param before the entries of this transaction and of later ones only count
  /// @param consumer of the others
  /// @param later told of each of those
  /// @throws OpdException CHECK_FAILED for facts that nobody has written
  public static void read(
      Transaction transaction,
      Days days,
      long before,
      Consumer<LogEntry> consumer,
      Runnable later) {
    // Sorted in memory where the server's default would go to the disk.
    transaction.sql().execute("set local work_mem = '64MB'");
    var query =
        transaction
            .sql()
            .select(
                AUDIT_ENTRY.ID,
                AUDIT_ENTRY.AT,
                AUDIT_ENTRY.KIND,
                AUDIT_ENTRY.ACTOR,
                AUDIT_ENTRY.REQUEST_ID,
                AUDIT_ENTRY.TOKEN_ID,
                AUDIT_ENTRY.PATIENT_ID,
                AUDIT_ENTRY.RULE,
                AUDIT_ENTRY.FACTS,
                AUDIT_ENTRY.CHAIN,
                AUDIT_ENTRY.NUMBER,
                AUDIT_ENTRY.HASH,
                AUDIT_ENTRY.TRANSACTION_ID)
            .from(SLOT)
            .join(AUDIT_ENTRY)
            .on(AUDIT_ENTRY.CHAIN.eq(DSL.concat(DSL.val("slot/"), SLOT.ID.cast(String.class))))
            .where(SLOT.DAY.between(days.first(), days.last()))
            .orderBy(SLOT.DAY, AUDIT_ENTRY.CHAIN, AUDIT_ENTRY.NUMBER);
    ServerCursor.forEach(
        transaction,
        query,
        row -> {
          if (row.get(AUDIT_ENTRY.TRANSACTION_ID) < before) {
            consumer.accept(entry(row));
          } else {
            later.run();
          }
        });
  }

  private static LogEntry entry(Record row) {
    return new LogEntry(
        row.get(AUDIT_ENTRY.ID),
        row.get(AUDIT_ENTRY.AT),
        row.get(AUDIT_ENTRY.ACTOR),
        row.get(AUDIT_ENTRY.REQUEST_ID),
        row.get(AUDIT_ENTRY.TOKEN_ID),
        row.get(AUDIT_ENTRY.PATIENT_ID),
        event(row),
        row.get(AUDIT_ENTRY.CHAIN),
        row.get(AUDIT_ENTRY.NUMBER),
        HEX.formatHex(row.get(AUDIT_ENTRY.HASH)));
  }

  private static AuditEvent event(Record row) {
    AuditKind kind = row.get(AUDIT_ENTRY.KIND);
    Short rule = row.get(AUDIT_ENTRY.RULE);
    return FactsReader.read(
            kind, rule == null ? null : rule.intValue(), row.get(AUDIT_ENTRY.FACTS).data())
        .orElseThrow(() ->
            new OpdException(
                ErrorCode.CHECK_FAILED,
                "the facts of entry %d of the chain %s are not those of %s"
                    .formatted(row.get(AUDIT_ENTRY.NUMBER), row.get(AUDIT_ENTRY.CHAIN), kind),
                "see 'opd audit verify'"));
  }
}
