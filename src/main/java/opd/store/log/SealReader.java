package opd.store.log;

import static opd.jooq.Tables.AUDIT_ENTRY;

import java.util.HexFormat;
import java.util.function.Consumer;
import opd.store.connection.ServerCursor;
import opd.store.connection.Transaction;
import opd.verify.Seal;

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
    ServerCursor.forEach(
        transaction,
        query,
        row ->
            consumer.accept(
                new Seal.Head(
                    row.get(AUDIT_ENTRY.CHAIN),
                    row.get(AUDIT_ENTRY.NUMBER),
                    HEX.formatHex(row.get(AUDIT_ENTRY.HASH)))));
  }
}
