package opd.store.table;

import static opd.jooq.Tables.SLOT;
import static opd.jooq.Tables.TOKEN;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import opd.decision.HeldToken;
import opd.domain.SlotLabel;
import opd.domain.TokenLabel;
import opd.store.connection.CachedStatement;
import opd.store.connection.Transaction;
import org.jooq.Param;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/// Looks which tokens patients hold around the time of the places that they ask for. A hint for the
/// desk that binds nobody, so nothing is locked for it, and it travels with the statement that
/// locks the slots, ahead of it: no round trip is added, and nobody waits longer for a lock.
public final class HeldTokenStore {
  private static final Duration LONGEST_SLOT = Duration.ofDays(1);
  // How far a clock on a wall is from UTC at most: which of them overlap is decided by their times.
  private static final Duration FAR_FROM_UTC = Duration.ofHours(15);
  private static final Param<Long[]> PATIENTS = DSL.param("patients", SQLDataType.BIGINT.array());
  private static final Param<Instant> FROM = DSL.param("from", SLOT.ENDS_AT);
  private static final Param<Instant> TO = DSL.param("to", SLOT.STARTS_AT);
  private static final CachedStatement FIND =
      new CachedStatement(() ->
          DSL.select(
                  TOKEN.PATIENT_ID, TOKEN.SEQUENCE_NUMBER, SLOT.LABEL, SLOT.STARTS_AT, SLOT.ENDS_AT)
              .from(TOKEN)
              .join(SLOT)
              .on(SLOT.ID.eq(TOKEN.SLOT_ID))
              .where(TOKEN.PATIENT_ID.eq(DSL.any(PATIENTS)))
              .and(TokenStore.IS_ACTIVE)
              .and(SLOT.STARTS_AT.lt(TO))
              .and(SLOT.ENDS_AT.gt(FROM)));

  private HeldTokenStore() {}

  /// The ACTIVE tokens of each patient who has any, of the days of these slots.
  ///
  /// @return gives them by patient, after the transaction's next statement
  public static Supplier<Map<Long, List<HeldToken>>> findWithNext(
      Transaction transaction, Collection<Long> patientIds, Collection<SlotLabel> slots) {
    if (patientIds.isEmpty() || slots.isEmpty()) {
      return Map::of;
    }
    List<Instant> starts =
        slots.stream().map(slot -> slot.wallTime().toInstant(ZoneOffset.UTC)).sorted().toList();
    var rows =
        transaction.fetchWithNext(
            FIND.on(transaction)
                .with(PATIENTS, patientIds.toArray(Long[]::new))
                .with(FROM, starts.getFirst().minus(FAR_FROM_UTC))
                .with(TO, starts.getLast().plus(LONGEST_SLOT).plus(FAR_FROM_UTC)));
    return () ->
        rows.get().stream()
            .collect(
                Collectors.groupingBy(
                    row -> row.get(TOKEN.PATIENT_ID),
                    Collectors.mapping(HeldTokenStore::held, Collectors.toList())));
  }

  private static HeldToken held(Record row) {
    SlotLabel slot = SlotStore.label(row.get(SLOT.LABEL));
    return new HeldToken(
        new TokenLabel(slot, row.get(TOKEN.SEQUENCE_NUMBER)),
        row.get(SLOT.STARTS_AT),
        row.get(SLOT.ENDS_AT));
  }
}
