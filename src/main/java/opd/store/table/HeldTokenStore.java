package opd.store.table;

import static opd.jooq.Tables.SLOT;
import static opd.jooq.Tables.TOKEN;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import opd.decision.HeldToken;
import opd.domain.DoctorCode;
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
  private static final Param<Long[]> PATIENTS = DSL.param("patients", SQLDataType.BIGINT.array());
  private static final Param<Instant> FROM = DSL.param("from", SLOT.ENDS_AT);
  private static final Param<Instant> TO = DSL.param("to", SLOT.STARTS_AT);
  private static final CachedStatement FIND =
      new CachedStatement(() ->
          DSL.select(
                  TOKEN.PATIENT_ID,
                  TOKEN.SEQUENCE_NUMBER,
                  SLOT.DOCTOR_CODE,
                  SLOT.STARTS_AT,
                  SLOT.ENDS_AT)
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
    Comparator<SlotLabel> byStart = Comparator.comparing(SlotLabel::start);
    var rows =
        transaction.fetchWithNext(
            FIND.on(transaction)
                .with(PATIENTS, patientIds.toArray(Long[]::new))
                .with(FROM, slots.stream().min(byStart).orElseThrow().start())
                .with(TO, slots.stream().max(byStart).orElseThrow().start().plus(LONGEST_SLOT)));
    return () ->
        rows.get().stream()
            .collect(
                Collectors.groupingBy(
                    row -> row.get(TOKEN.PATIENT_ID),
                    Collectors.mapping(HeldTokenStore::held, Collectors.toList())));
  }

  private static HeldToken held(Record row) {
    SlotLabel slot =
        new SlotLabel(new DoctorCode(row.get(SLOT.DOCTOR_CODE)), row.get(SLOT.STARTS_AT));
    return new HeldToken(
        new TokenLabel(slot, row.get(TOKEN.SEQUENCE_NUMBER)), row.get(SLOT.ENDS_AT));
  }
}
