package opd.store.table;

import static opd.jooq.Tables.AUDIT_ENTRY;
import static opd.jooq.Tables.PATIENT;
import static opd.jooq.Tables.SLOT;
import static opd.jooq.Tables.TOKEN;
import static org.jooq.impl.DSL.inline;

import java.util.List;
import opd.decision.AuditEvent;
import opd.decision.LastChange;
import opd.decision.SlotCorrection;
import opd.domain.AuditKind;
import opd.domain.Slot;
import opd.domain.Token;
import opd.record.FactsReader;
import opd.store.connection.CachedStatement;
import opd.store.connection.Transaction;
import org.jooq.Field;
import org.jooq.Param;
import org.jooq.Record;
import org.jooq.impl.DSL;

/// The statements that look up how tokens came to be what they are. Whoever asks has locked their
/// slot.
public final class LastChangeStore {
  // Nobody else is without a name.
  private static final Field<Boolean> IS_ERASED = DSL.field(PATIENT.NAME.isNull()).as("is_erased");

  private static final Param<Long> ID = DSL.param("id", TOKEN.ID);
  private static final Param<Long> SLOT_ID = DSL.param("slot", SLOT.ID);

  private static final CachedStatement OF_TOKEN =
      new CachedStatement(() ->
          DSL.select(
                  TOKEN.PREVIOUS_STATUS,
                  AUDIT_ENTRY.KIND,
                  AUDIT_ENTRY.RULE,
                  AUDIT_ENTRY.FACTS,
                  AUDIT_ENTRY.NUMBER,
                  IS_ERASED)
              .from(TOKEN)
              .join(AUDIT_ENTRY)
              .on(AUDIT_ENTRY.TOKEN_ID.eq(TOKEN.ID), AUDIT_ENTRY.TOKEN_VERSION.eq(TOKEN.VERSION))
              .join(PATIENT)
              .on(PATIENT.ID.eq(TOKEN.PATIENT_ID))
              .where(TOKEN.ID.eq(ID)));

  private static final opd.jooq.tables.AuditEntry CLOSING = AUDIT_ENTRY.as("closing");
  // What a closed slot is, it is by its closing: that is the last change of the slot itself.
  private static final CachedStatement OF_CLOSING =
      new CachedStatement(() ->
          TokenStore.selecting(List.of(AUDIT_ENTRY.NUMBER, IS_ERASED))
              .join(CLOSING)
              .on(
                  CLOSING.CHAIN.eq(DSL.concat(inline("slot/"), SLOT.ID)),
                  CLOSING.SUBJECT_VERSION.eq(SLOT.VERSION))
              .join(AUDIT_ENTRY)
              .on(AUDIT_ENTRY.TOKEN_ID.eq(TOKEN.ID), AUDIT_ENTRY.TOKEN_VERSION.eq(TOKEN.VERSION))
              .join(PATIENT)
              .on(PATIENT.ID.eq(TOKEN.PATIENT_ID))
              .where(SLOT.ID.eq(SLOT_ID))
              .and(AUDIT_ENTRY.REQUEST_ID.eq(CLOSING.REQUEST_ID))
              .and(
                  AUDIT_ENTRY.KIND.in(
                      inline(AuditKind.TOKEN_DISPLACED), inline(AuditKind.TOKEN_COMPLETED)))
              .andNot(TokenStore.HAS_SUCCESSOR));

  private LastChangeStore() {}

  /// @param isErased whether its patient is
  public record Found(LastChange change, boolean isErased) {}

  public static Found of(Transaction transaction, Token token) {
    return OF_TOKEN
        .on(transaction)
        .with(ID, token.id())
        .fetchOptional(LastChangeStore::found)
        .orElseThrow(() -> unknown(token));
  }

  /// The tokens of a closed slot that its closing changed last, without those that were made good
  /// elsewhere.
  public static List<SlotCorrection.ClosedToken> ofClosing(Transaction transaction, Slot slot) {
    return OF_CLOSING
        .on(transaction)
        .with(SLOT_ID, slot.id())
        .fetch()
        .map(row ->
            new SlotCorrection.ClosedToken(
                TokenStore.token(row), row.get(AUDIT_ENTRY.NUMBER), row.get(IS_ERASED)));
  }

  private static Found found(Record row) {
    Short rule = row.get(AUDIT_ENTRY.RULE);
    AuditEvent event =
        FactsReader.read(
                row.get(AUDIT_ENTRY.KIND),
                rule == null ? null : rule.intValue(),
                row.get(AUDIT_ENTRY.FACTS).data())
            .orElseThrow(
                () -> new IllegalStateException("entry %d".formatted(row.get(AUDIT_ENTRY.NUMBER))));
    if (!(event instanceof AuditEvent.StatusChange change)) {
      throw new IllegalStateException("an entry that changes no token is a token's last change");
    }
    return new Found(
        new LastChange(change, row.get(AUDIT_ENTRY.NUMBER), row.get(TOKEN.PREVIOUS_STATUS)),
        row.get(IS_ERASED));
  }

  private static IllegalStateException unknown(Token token) {
    return new IllegalStateException("no entry tells of the last change of " + token.label());
  }
}
