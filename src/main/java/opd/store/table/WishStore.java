package opd.store.table;

import static opd.jooq.Tables.PATIENT;
import static opd.jooq.Tables.REQUEST;
import static opd.jooq.Tables.SLOT;
import static opd.jooq.Tables.TOKEN;

import java.util.List;
import java.util.Optional;
import opd.domain.DoctorCode;
import opd.domain.Patient;
import opd.domain.PatientKey;
import opd.domain.RequestId;
import opd.domain.SlotLabel;
import opd.domain.SlotReference;
import opd.domain.Token;
import opd.domain.TokenLabel;
import opd.domain.TokenReference;
import opd.store.connection.Prepared;
import opd.store.connection.Transaction;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Param;
import org.jooq.Record;
import org.jooq.Select;
import org.jooq.impl.DSL;

/// The statements that look up whatever a wish names, for a place or about a token: rows by unique
/// keys, none of which it locks, so that one statement can read them all.
public final class WishStore {
  private static final List<Field<?>> REQUEST_FIELDS =
      List.of(REQUEST.ID, REQUEST.DIGEST, REQUEST.KIND, REQUEST.OUTCOME);
  private static final List<Field<?>> PATIENT_FIELDS =
      List.of(PATIENT.ID, PATIENT.PHONE, PATIENT.MEMBER, PATIENT.NAME);

  private static final Param<String> REQUEST_ID = DSL.param("request", REQUEST.ID);
  private static final Param<Long> SLOT_ID = DSL.param("slot", SLOT.ID);
  private static final Param<String> SLOT_LABEL = DSL.param("label", SLOT.LABEL);
  private static final Param<String> PHONE = DSL.param("phone", PATIENT.PHONE);
  private static final Param<Integer> MEMBER = DSL.param("member", PATIENT.MEMBER);
  private static final Prepared FIND_BY_ID = new Prepared(() -> finding(SLOT.ID.eq(SLOT_ID)));
  private static final Prepared FIND_BY_LABEL =
      new Prepared(() -> finding(SLOT.LABEL.eq(SLOT_LABEL)));

  private static final Param<Long> TOKEN_ID = DSL.param("token", TOKEN.ID);
  private static final Param<Integer> SEQUENCE = DSL.param("sequence", TOKEN.SEQUENCE_NUMBER);
  private static final Prepared FIND_TOKEN_BY_ID =
      new Prepared(() -> findingToken(TOKEN.ID.eq(TOKEN_ID)));
  private static final Prepared FIND_TOKEN_BY_LABEL =
      new Prepared(
          () -> findingToken(SLOT.LABEL.eq(SLOT_LABEL).and(TOKEN.SEQUENCE_NUMBER.eq(SEQUENCE))));

  private WishStore() {}

  /// What is known of a wish for a place, whose slot is not locked yet.
  ///
  /// @param stored what became of its request, if that was decided before
  public record Named(
      Optional<RequestStore.Stored> stored, Optional<SlotLabel> slot, Optional<Patient> patient) {}

  /// What is known of a wish about a token, whose slot may not be locked yet.
  ///
  /// @param stored what became of its request, if that was decided before
  /// @param patient who holds or held the token; empty only where there is no such token
  public record NamedToken(
      Optional<RequestStore.Stored> stored, Optional<Token> token, Optional<Patient> patient) {}

  /// Looks for request, slot and patient, each of which may be missing.
  public static Named find(
      Transaction transaction, RequestId request, SlotReference slot, PatientKey patient) {
    Prepared.Execution execution =
        switch (slot) {
          case SlotReference.ById(long id) -> FIND_BY_ID.on(transaction).with(SLOT_ID, id);
          case SlotReference.ByLabel(SlotLabel label) ->
              FIND_BY_LABEL.on(transaction).with(SLOT_LABEL, label.toString());
        };
    return named(
        execution
            .with(REQUEST_ID, request.value())
            .with(PHONE, patient.phone().e164())
            .with(MEMBER, patient.member())
            .fetchSingle());
  }

  /// Looks for the request, and for the token with its patient; any of them may be missing.
  public static NamedToken find(Transaction transaction, RequestId request, TokenReference token) {
    Prepared.Execution execution =
        switch (token) {
          case TokenReference.ById(long id) -> FIND_TOKEN_BY_ID.on(transaction).with(TOKEN_ID, id);
          case TokenReference.ByLabel(TokenLabel label) ->
              FIND_TOKEN_BY_LABEL
                  .on(transaction)
                  .with(SLOT_LABEL, label.slot().toString())
                  .with(SEQUENCE, label.sequence());
        };
    return namedToken(execution.with(REQUEST_ID, request.value()).fetchSingle());
  }

  private static Select<?> finding(Condition slot) {
    return DSL.select(REQUEST_FIELDS)
        .select(SLOT.ID, SLOT.DOCTOR_CODE, SLOT.STARTS_AT)
        .select(PATIENT_FIELDS)
        .from(DSL.selectOne().asTable("one"))
        .leftJoin(REQUEST)
        .on(REQUEST.ID.eq(REQUEST_ID))
        .leftJoin(SLOT)
        .on(slot)
        .leftJoin(PATIENT)
        .on(PATIENT.PHONE.eq(PHONE), PATIENT.MEMBER.eq(MEMBER));
  }

  private static Select<?> findingToken(Condition token) {
    return DSL.select(REQUEST_FIELDS)
        .select(SLOT.DOCTOR_CODE, SLOT.STARTS_AT)
        .select(TokenStore.FIELDS)
        .select(PATIENT_FIELDS)
        .from(DSL.selectOne().asTable("one"))
        .leftJoin(REQUEST)
        .on(REQUEST.ID.eq(REQUEST_ID))
        .leftJoin(TokenStore.withOrigin())
        .on(token)
        .leftJoin(PATIENT)
        .on(PATIENT.ID.eq(TOKEN.PATIENT_ID));
  }

  private static Named named(Record row) {
    return new Named(stored(row), ifFound(row.get(SLOT.ID)).map(_ -> label(row)), patient(row));
  }

  private static NamedToken namedToken(Record row) {
    return new NamedToken(
        stored(row), ifFound(row.get(TOKEN.ID)).map(_ -> TokenStore.token(row)), patient(row));
  }

  private static Optional<RequestStore.Stored> stored(Record row) {
    return ifFound(row.get(REQUEST.ID)).map(_ -> RequestStore.stored(row));
  }

  private static Optional<Patient> patient(Record row) {
    return ifFound(row.get(PATIENT.ID)).map(_ -> PatientStore.patient(row));
  }

  private static <T> Optional<T> ifFound(T key) {
    return Optional.ofNullable(key);
  }

  private static SlotLabel label(Record row) {
    return new SlotLabel(new DoctorCode(row.get(SLOT.DOCTOR_CODE)), row.get(SLOT.STARTS_AT));
  }
}
