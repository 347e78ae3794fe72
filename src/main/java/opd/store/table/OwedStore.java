package opd.store.table;

import static opd.jooq.Tables.AUDIT_ENTRY;
import static opd.jooq.Tables.SLOT;
import static opd.jooq.Tables.TOKEN;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import opd.domain.AuditKind;
import opd.domain.Days;
import opd.domain.DoctorCode;
import opd.domain.Token;
import opd.jooq.tables.AuditEntry;
import opd.store.connection.Transaction;
import org.jooq.Field;
import org.jooq.JSON;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// Reads who is owed a place.
public final class OwedStore {
  private static final opd.jooq.tables.Token SEATED = TOKEN.as("seated");
  private static final AuditEntry CANCELLATION = AUDIT_ENTRY.as("cancellation");
  // Of the slot, where the token lost its place with it.
  private static final Field<JSON> CANCELLED =
      DSL.field(
              DSL.select(CANCELLATION.FACTS)
                  .from(CANCELLATION)
                  .where(
                      CANCELLATION.CHAIN.eq(AUDIT_ENTRY.CHAIN),
                      CANCELLATION.NUMBER.lt(AUDIT_ENTRY.NUMBER),
                      CANCELLATION.REQUEST_ID.eq(AUDIT_ENTRY.REQUEST_ID),
                      CANCELLATION.KIND.eq(AuditKind.SLOT_CANCELLED))
                  .orderBy(CANCELLATION.NUMBER.desc())
                  .limit(1))
          .as("cancelled");

  private static final AuditEntry LOSS = AUDIT_ENTRY.as("loss");
  // Not the last entry of all: that may be an undo, which made the token DISPLACED again.
  private static final Field<Integer> LAST_LOSS =
      DSL.field(
          DSL.select(DSL.max(LOSS.TOKEN_VERSION))
              .from(LOSS)
              .where(LOSS.TOKEN_ID.eq(TOKEN.ID), LOSS.KIND.eq(AuditKind.TOKEN_DISPLACED)));

  private OwedStore() {}

  /// A token that is owed a place.
  ///
  /// @param start of its slot
  /// @param since when the place was lost
  /// @param displacement the facts of the entry that tells of it
  /// @param cancellation the facts of the slot's cancellation, if the place was lost with it
  public record Row(
      Token token,
      Instant start,
      Instant since,
      String displacement,
      @Nullable String cancellation) {}

  /// The DISPLACED tokens of the slots of these days that were not reallocated and whose patient
  /// holds no ACTIVE token there: by start and doctor, in the queue's order.
  public static List<Row> list(Transaction transaction, Optional<DoctorCode> doctor, Days days) {
    return transaction
        .sql()
        .fetch(
            TokenStore.selecting(
                    List.of(SLOT.STARTS_AT, AUDIT_ENTRY.AT, AUDIT_ENTRY.FACTS, CANCELLED))
                .join(AUDIT_ENTRY)
                .on(AUDIT_ENTRY.TOKEN_ID.eq(TOKEN.ID), AUDIT_ENTRY.TOKEN_VERSION.eq(LAST_LOSS))
                .where(TokenStore.IS_DISPLACED)
                .and(SLOT.DAY.between(days.first(), days.last()))
                .and(
                    doctor
                        .map(code -> SLOT.DOCTOR_CODE.eq(code.value()))
                        .orElseGet(DSL::noCondition))
                .andNot(TokenStore.HAS_SUCCESSOR)
                .andNotExists(
                    DSL.selectOne()
                        .from(SEATED)
                        .where(
                            SEATED.SLOT_ID.eq(TOKEN.SLOT_ID),
                            SEATED.PATIENT_ID.eq(TOKEN.PATIENT_ID),
                            SEATED.STATUS.eq(DSL.inline(opd.domain.TokenStatus.ACTIVE))))
                .orderBy(
                    SLOT.STARTS_AT,
                    SLOT.DOCTOR_CODE,
                    TOKEN.PRIORITY_RANK.desc(),
                    TOKEN.SEQUENCE_NUMBER))
        .map(OwedStore::row);
  }

  private static Row row(Record row) {
    JSON cancelled = row.get(CANCELLED);
    return new Row(
        TokenStore.token(row),
        row.get(SLOT.STARTS_AT),
        row.get(AUDIT_ENTRY.AT),
        row.get(AUDIT_ENTRY.FACTS).data(),
        cancelled == null ? null : cancelled.data());
  }
}
