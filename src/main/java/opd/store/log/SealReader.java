package opd.store.log;

import static opd.jooq.Tables.AUDIT_ENTRY;

import java.util.HexFormat;
import java.util.function.Consumer;
import opd.store.connection.Transaction;
import opd.verify.Seal;
import org.jooq.Cursor;
import org.jooq.Record3;

/// Reads the last entry of each chain.
public final class SealReader {
  private static final HexFormat HEX = HexFormat.of();

  private SealReader() {}

  /// In the chains' order, byte by byte.
  public static void read(Transaction transaction, Consumer<Seal.Head> consumer) {
    var query =
        transaction
            .sql()
            .select(AUDIT_ENTRY.CHAIN, AUDIT_ENTRY.NUMBER, AUDIT_ENTRY.HASH)
            .distinctOn(AUDIT_ENTRY.CHAIN)
            .from(AUDIT_ENTRY)
            .orderBy(AUDIT_ENTRY.CHAIN, AUDIT_ENTRY.NUMBER.desc());
    try (Cursor<Record3<String, Long, byte[]>> cursor =
        query.fetchSize(LogReader.ROWS_AT_ONCE).fetchLazy()) {
      cursor.forEach(row ->
          consumer.accept(new Seal.Head(row.value1(), row.value2(), HEX.formatHex(row.value3()))));
    }
  }
}
