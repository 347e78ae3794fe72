package opd.store.table;

import static opd.jooq.Tables.AUDIT_ENTRY;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import opd.decision.AuditEvent;
import opd.domain.AuditKind;
import opd.record.FactsReader;
import opd.store.connection.CachedStatement;
import opd.store.connection.Transaction;
import org.jooq.Param;
import org.jooq.Record;
import org.jooq.Result;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/// Reads why places were asked for, which stands in the log alone.
public final class ReasonStore {
  private static final Param<Long[]> TOKENS = DSL.param("tokens", SQLDataType.BIGINT.array());
  // The first change of a token is its allocation.
  private static final CachedStatement FIND =
      new CachedStatement(() ->
          DSL.select(AUDIT_ENTRY.TOKEN_ID, AUDIT_ENTRY.RULE, AUDIT_ENTRY.FACTS)
              .from(AUDIT_ENTRY)
              .where(
                  AUDIT_ENTRY.TOKEN_ID.eq(DSL.any(TOKENS)),
                  AUDIT_ENTRY.TOKEN_VERSION.eq(DSL.inline(1))));

  private ReasonStore() {}

  /// The reasons of those of the tokens for which one was given, by id.
  public static Map<Long, String> find(Transaction transaction, Collection<Long> tokenIds) {
    return tokenIds.isEmpty() ? Map.of() : findWithNext(transaction, tokenIds).get();
  }

  /// Finds them as [#find] does, together with the transaction's next statement.
  public static Supplier<Map<Long, String>> findWithNext(
      Transaction transaction, Collection<Long> tokenIds) {
    var rows =
        transaction.fetchWithNext(FIND.on(transaction).with(TOKENS, tokenIds.toArray(Long[]::new)));
    return () -> reasons(rows.get());
  }

  private static Map<Long, String> reasons(Result<Record> rows) {
    Map<Long, String> reasons = new HashMap<>();
    for (Record row : rows) {
      Short rule = row.get(AUDIT_ENTRY.RULE);
      FactsReader.read(
              AuditKind.TOKEN_ALLOCATED,
              rule == null ? null : rule.intValue(),
              row.get(AUDIT_ENTRY.FACTS).data())
          .ifPresent(event -> {
            if (event instanceof AuditEvent.TokenAllocated allocated
                && allocated.claim().reason() != null) {
              reasons.put(row.get(AUDIT_ENTRY.TOKEN_ID), allocated.claim().reason());
            }
          });
    }
    return reasons;
  }
}
