package opd.store.log;

import static opd.jooq.Tables.AUDIT_ENTRY;
import static opd.jooq.Tables.SLOT;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.List;
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
import org.jooq.impl.DSL;

/// Reads the chains of the slots of some days, for a report.
public final class ReportReader {
  private static final HexFormat HEX = HexFormat.of();
  private static final Field<Long> OLDEST_RUNNING =
      DSL.field("pg_snapshot_xmin(pg_current_snapshot())::text::bigint", Long.class);

  // The digits that a report's digest is made of: nobody needs the bytes.
  private static final Field<String> HASH =
      DSL.field("encode({0}, 'hex')", String.class, AUDIT_ENTRY.HASH);

  private static final List<Field<?>> COLUMNS =
      List.of(
          SLOT.DAY,
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
          HASH,
          AUDIT_ENTRY.TRANSACTION_ID);
  private static final int AT_DAY = place(SLOT.DAY);
  private static final int AT_ID = place(AUDIT_ENTRY.ID);
  private static final int AT_TIME = place(AUDIT_ENTRY.AT);
  private static final int AT_KIND = place(AUDIT_ENTRY.KIND);
  private static final int AT_ACTOR = place(AUDIT_ENTRY.ACTOR);
  private static final int AT_REQUEST = place(AUDIT_ENTRY.REQUEST_ID);
  private static final int AT_TOKEN = place(AUDIT_ENTRY.TOKEN_ID);
  private static final int AT_PATIENT = place(AUDIT_ENTRY.PATIENT_ID);
  private static final int AT_RULE = place(AUDIT_ENTRY.RULE);
  private static final int AT_FACTS = place(AUDIT_ENTRY.FACTS);
  private static final int AT_CHAIN = place(AUDIT_ENTRY.CHAIN);
  private static final int AT_NUMBER = place(AUDIT_ENTRY.NUMBER);
  private static final int AT_HASH = place(HASH);
  private static final int AT_TRANSACTION = place(AUDIT_ENTRY.TRANSACTION_ID);

  private ReportReader() {}

  private static int place(Field<?> column) {
    return COLUMNS.indexOf(column) + 1;
  }

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

  /// Gives the entries of all slots of these days, ordered by day.
  ///
  /// @param consumer must leave the transaction alone
  /// @throws OpdException CHECK_FAILED for facts that nobody has written
  public static void read(Transaction transaction, Days days, Consumer<LogEntry> consumer) {
    // Sorted in memory where the server's default would go to the disk.
    transaction.sql().execute("set local work_mem = '64MB'");
    var query =
        transaction
            .sql()
            .select(COLUMNS)
            .from(SLOT)
            .join(AUDIT_ENTRY)
            .on(AUDIT_ENTRY.CHAIN.eq(DSL.concat(DSL.val("slot/"), SLOT.ID.cast(String.class))))
            .where(SLOT.DAY.between(days.first(), days.last()))
            // Slots come so by their index. By number as well, the server would sort each day: 2.0
            // instead of 1.5 s of its processor time for a million entries.
            .orderBy(SLOT.DAY);
    ServerCursor.readAhead(transaction, query, ReportReader::entry, consumer);
  }

  private static LogEntry entry(ResultSet row) throws SQLException {
    return new LogEntry(
        row.getObject(AT_DAY, LocalDate.class),
        row.getLong(AT_ID),
        row.getObject(AT_TIME, OffsetDateTime.class).toInstant(),
        row.getString(AT_ACTOR),
        row.getString(AT_REQUEST),
        row.getObject(AT_TOKEN, Long.class),
        row.getObject(AT_PATIENT, Long.class),
        event(row),
        row.getString(AT_CHAIN),
        row.getLong(AT_NUMBER),
        row.getString(AT_HASH),
        row.getLong(AT_TRANSACTION));
  }

  private static AuditEvent event(ResultSet row) throws SQLException {
    AuditKind kind = AuditKind.valueOf(row.getString(AT_KIND));
    Integer rule = row.getObject(AT_RULE, Integer.class);
    String chain = row.getString(AT_CHAIN);
    long number = row.getLong(AT_NUMBER);
    return FactsReader.read(kind, rule, row.getString(AT_FACTS))
        .orElseThrow(() ->
            new OpdException(
                ErrorCode.CHECK_FAILED,
                "the facts of entry %d of the chain %s are not those of %s"
                    .formatted(number, chain, kind),
                "see 'opd audit verify'"));
  }
}
