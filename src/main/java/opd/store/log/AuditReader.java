package opd.store.log;

import static opd.jooq.Tables.AUDIT_ENTRY;
import static opd.jooq.Tables.REQUEST;
import static opd.jooq.Tables.SLOT;
import static opd.jooq.Tables.TOKEN;

import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import opd.domain.SlotLabel;
import opd.domain.TokenLabel;
import opd.record.StoredEntry;
import opd.store.connection.ServerCursor;
import opd.store.connection.Transaction;
import opd.store.table.SlotStore;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// Reads the audit log as a stream: a million entries need no more memory than ten.
public final class AuditReader {
  private static final HexFormat HEX = HexFormat.of();

  static final List<Field<?>> BY_ID = List.of(AUDIT_ENTRY.ID);

  private AuditReader() {}

  /// Gives the entries to the consumer, oldest first.
  public static void read(
      Transaction transaction, AuditFilter filter, Consumer<StoredEntry> consumer) {
    read(transaction, filter.condition(), filter.limit(), inTime(transaction), consumer);
  }

  /// Ids are as good and have an index; but not where several servers give them.
  private static List<Field<?>> inTime(Transaction transaction) {
    return transaction.isCitus() ? List.of(AUDIT_ENTRY.AT, AUDIT_ENTRY.ID) : BY_ID;
  }

  /// Gives the slot's entries to the consumer, oldest first.
  public static void readOfSlot(
      Transaction transaction, long slotId, Consumer<StoredEntry> consumer) {
    Condition condition = AuditFilter.concernsSlot(slotId);
    read(transaction, condition, Optional.empty(), inTime(transaction), consumer);
  }

  /// Gives the patient's entries to the consumer, oldest first.
  public static void readOfPatient(
      Transaction transaction, long patientId, Consumer<StoredEntry> consumer) {
    Condition condition = AUDIT_ENTRY.PATIENT_ID.eq(patientId);
    read(transaction, condition, Optional.empty(), inTime(transaction), consumer);
  }

  static void read(
      Transaction transaction,
      Condition condition,
      Optional<Long> limit,
      List<Field<?>> order,
      Consumer<StoredEntry> consumer) {
    var query =
        DSL.select(AUDIT_ENTRY.fields())
            .select(SLOT.LABEL, TOKEN.SEQUENCE_NUMBER, REQUEST.DIGEST)
            .from(AUDIT_ENTRY)
            .leftJoin(REQUEST)
            .on(REQUEST.ID.eq(AUDIT_ENTRY.REQUEST_ID))
            .leftJoin(SLOT)
            .on(SLOT.ID.eq(AUDIT_ENTRY.SLOT_ID))
            .leftJoin(TOKEN)
            .on(TOKEN.ID.eq(AUDIT_ENTRY.TOKEN_ID))
            .where(condition)
            .orderBy(order);
    var limited = limit.isPresent() ? query.limit(limit.get()) : query;
    ServerCursor.forEach(transaction, limited, row -> consumer.accept(entry(row)));
  }

  private static StoredEntry entry(Record row) {
    SlotLabel slot = slot(row);
    Integer sequence = row.get(TOKEN.SEQUENCE_NUMBER);
    Short rule = row.get(AUDIT_ENTRY.RULE);
    byte[] previous = row.get(AUDIT_ENTRY.PREVIOUS_HASH);
    byte[] digest = row.get(REQUEST.DIGEST);
    return new StoredEntry(
        row.get(AUDIT_ENTRY.ID),
        row.get(AUDIT_ENTRY.AT),
        row.get(AUDIT_ENTRY.KIND),
        row.get(AUDIT_ENTRY.ACTOR),
        row.get(AUDIT_ENTRY.REQUEST_ID),
        slot,
        slot == null || sequence == null ? null : new TokenLabel(slot, sequence),
        row.get(AUDIT_ENTRY.PATIENT_ID),
        rule == null ? null : rule.intValue(),
        row.get(AUDIT_ENTRY.FACTS).data(),
        row.get(AUDIT_ENTRY.CHAIN),
        row.get(AUDIT_ENTRY.NUMBER),
        previous == null ? null : HEX.formatHex(previous),
        HEX.formatHex(row.get(AUDIT_ENTRY.HASH)),
        row.get(AUDIT_ENTRY.LOGIN),
        digest == null ? null : HEX.formatHex(digest));
  }

  private static @Nullable SlotLabel slot(Record row) {
    String label = row.get(SLOT.LABEL);
    return label == null ? null : SlotStore.label(label);
  }
}
