package opd.store.table;

import static opd.jooq.Tables.AUDIT_ENTRY;
import static opd.jooq.Tables.FACILITY;
import static opd.jooq.Tables.SLOT;
import static opd.jooq.Tables.SLOT_COUNT;
import static opd.jooq.Tables.TOKEN;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import opd.domain.FacilityName;
import opd.domain.TokenStatus;
import opd.store.connection.Transaction;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// A facility in figures, none of which needs the whole log to be read. An auditor may read them.
///
/// @param tokens by status: the sums of what each slot counts
/// @param lastEntry the id of the newest entry: at least as many as there are, as a decision that
///   was rolled back has used its ids up; 0 for none
/// @param lastDecision when it was decided, or null for none
/// @param logBytes of the log and the stored outcomes, with their indexes
/// @param bytes of all tables of the facility with their indexes
public record FacilityFigures(
    Map<TokenStatus, Long> tokens,
    long lastEntry,
    @Nullable Instant lastDecision,
    long logBytes,
    long bytes) {

  private static final Map<TokenStatus, Field<Integer>> COUNTS =
      Map.of(
          TokenStatus.ACTIVE, SLOT_COUNT.ACTIVE,
          TokenStatus.DISPLACED, SLOT_COUNT.DISPLACED,
          TokenStatus.CANCELLED, SLOT_COUNT.CANCELLED,
          TokenStatus.NO_SHOW, SLOT_COUNT.NO_SHOW,
          TokenStatus.COMPLETED, SLOT_COUNT.COMPLETED);

  private static final String BYTES =
      """
      select coalesce(sum(${size}(c.oid)) filter (where relname in ('audit_entry', 'request')), 0)::bigint,
             coalesce(sum(${size}(c.oid)), 0)::bigint
        from pg_class c join pg_namespace n on n.oid = relnamespace
       where nspname = {0} and relkind = 'r'
      """;

  private static final opd.jooq.tables.Token SEATED = TOKEN.as("seated");
  private static final Field<LocalDate> TODAY =
      DSL.field(DSL.select(FacilityTime.TODAY).from(FACILITY));
  private static final Field<Instant> MIDNIGHT =
      DSL.field(
          DSL.select(
                  DSL.field(
                      "({0}::timestamp at time zone {1})",
                      Instant.class, FacilityTime.TODAY, FACILITY.ZONE))
              .from(FACILITY));

  /// @param open slots of today that are neither cancelled nor completed
  /// @param full those of them that have no free place
  public record Slots(long open, long full) {}

  public static FacilityFigures read(Transaction transaction, FacilityName facility) {
    Record last = transaction.isCitus() ? counted(transaction) : newest(transaction);
    String size = transaction.isCitus() ? "citus_total_relation_size" : "pg_total_relation_size";
    Record bytes =
        transaction.sql().fetchSingle(BYTES.replace("${size}", size), DSL.val(facility.schema()));
    return new FacilityFigures(
        tokens(transaction),
        last == null ? 0 : last.get(AUDIT_ENTRY.ID),
        last == null ? null : last.get(AUDIT_ENTRY.AT),
        bytes.get(0, Long.class),
        bytes.get(1, Long.class));
  }

  private static @Nullable Record newest(Transaction transaction) {
    return transaction
        .sql()
        .select(AUDIT_ENTRY.ID, AUDIT_ENTRY.AT)
        .from(AUDIT_ENTRY)
        .orderBy(AUDIT_ENTRY.ID.desc())
        .limit(1)
        .fetchOne();
  }

  /// Several servers give ids, so that the highest tells neither the number nor the time.
  private static @Nullable Record counted(Transaction transaction) {
    return transaction
        .sql()
        .select(
            DSL.count().cast(Long.class).as(AUDIT_ENTRY.ID),
            DSL.max(AUDIT_ENTRY.AT).as(AUDIT_ENTRY.AT))
        .from(AUDIT_ENTRY)
        .fetchOne();
  }

  private static Map<TokenStatus, Long> tokens(Transaction transaction) {
    List<TokenStatus> statuses = List.of(TokenStatus.values());
    Record sums =
        transaction
            .sql()
            .select(
                statuses.stream()
                    .map(status -> DSL.coalesce(DSL.sum(COUNTS.get(status)), DSL.inline(0)))
                    .toList())
            .from(SLOT_COUNT)
            .fetchSingle();
    Map<TokenStatus, Long> tokens = new TreeMap<>();
    for (int index = 0; index < statuses.size(); index++) {
      tokens.put(statuses.get(index), sums.get(index, Long.class));
    }
    return tokens;
  }

  /// All tokens, of every status.
  public long allTokens() {
    return tokens.values().stream().mapToLong(Long::longValue).sum();
  }

  /// How many tokens are owed a place, by the index on those that wait.
  public static long owed(Transaction transaction) {
    return transaction
        .sql()
        .fetchCount(
            DSL.selectOne()
                .from(TOKEN)
                .where(TokenStore.IS_DISPLACED)
                .andNot(TokenStore.HAS_SUCCESSOR)
                .andNotExists(
                    DSL.selectOne()
                        .from(SEATED)
                        .where(
                            SEATED.SLOT_ID.eq(TOKEN.SLOT_ID),
                            SEATED.PATIENT_ID.eq(TOKEN.PATIENT_ID),
                            SEATED.STATUS.eq(DSL.inline(TokenStatus.ACTIVE)))));
  }

  /// By the index on slots' days.
  public static Slots slotsToday(Transaction transaction) {
    Condition isFull = SLOT_COUNT.ACTIVE.ge(SLOT_COUNT.CAPACITY);
    Record row =
        transaction
            .sql()
            .select(DSL.count(), DSL.count().filterWhere(isFull))
            .from(SLOT)
            .join(SLOT_COUNT)
            .on(SLOT_COUNT.SLOT_ID.eq(SLOT.ID))
            .where(SLOT.DAY.eq(TODAY), SLOT_COUNT.IS_OPEN.isTrue())
            .fetchSingle();
    return new Slots(row.get(0, Long.class), row.get(1, Long.class));
  }

  /// How many entries of each kind there are since midnight in the facility's zone, by the index on
  /// entries' times, which finds where the day begins.
  public static Map<String, Long> entriesToday(Transaction transaction) {
    Field<String> kind = AUDIT_ENTRY.KIND.coerce(String.class);
    Map<String, Long> kinds = new TreeMap<>();
    transaction
        .sql()
        .select(kind, DSL.count())
        .from(AUDIT_ENTRY)
        .where(AUDIT_ENTRY.AT.ge(MIDNIGHT))
        .groupBy(AUDIT_ENTRY.KIND)
        .forEach(row -> kinds.put(row.value1(), row.value2().longValue()));
    return kinds;
  }
}
