package opd.store.table;

import static opd.jooq.Tables.PATIENT;
import static opd.jooq.Tables.REQUEST;
import static opd.jooq.Tables.SLOT;
import static opd.jooq.Tables.TOKEN;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import opd.decision.Decided;
import opd.decision.HeldToken;
import opd.decision.Outcome;
import opd.decision.SlotBook;
import opd.domain.Actor;
import opd.domain.Patient;
import opd.domain.PatientKey;
import opd.domain.RequestId;
import opd.domain.Slot;
import opd.domain.SlotLabel;
import opd.domain.SlotReference;
import opd.domain.Token;
import opd.domain.TokenLabel;
import opd.domain.TokenReference;
import opd.store.connection.CachedStatement;
import opd.store.connection.Transaction;
import opd.store.table.PatientStore.Newcomer;
import opd.store.table.PatientStore.PatientStatement;
import opd.store.table.RequestStore.Stored;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Param;
import org.jooq.Record;
import org.jooq.Select;
import org.jooq.impl.DSL;

/// What a decision reads and writes, in as few round trips as it can be had: what the request
/// names, then locks and books, then everything that follows.
///
/// Patients are locked before slots and slots by ascending id, for everybody, so that two
/// transactions cannot wait for each other. Locks are taken in statements of their own: what is
/// read after one was committed before the lock was had.
public final class DecisionStore {
  private static final List<Field<?>> REQUEST_FIELDS =
      List.of(REQUEST.ID, REQUEST.DIGEST, REQUEST.KIND, REQUEST.OUTCOME);

  private static final Param<String> REQUEST_ID = DSL.param("request", REQUEST.ID);
  private static final Param<Long> SLOT_ID = DSL.param("slot", SLOT.ID);
  private static final Param<String> SLOT_LABEL = DSL.param("label", SLOT.LABEL);
  private static final Param<String> PHONE = DSL.param("phone", PATIENT.PHONE);
  private static final Param<Integer> MEMBER = DSL.param("member", PATIENT.MEMBER);
  private static final Param<Long> TOKEN_ID = DSL.param("token", TOKEN.ID);
  private static final Param<Integer> SEQUENCE = DSL.param("sequence", TOKEN.SEQUENCE_NUMBER);

  // Rows by unique keys, none of them locked, so that one statement can read them all.
  private static final CachedStatement FIND_SLOT_BY_ID =
      new CachedStatement(() -> findingSlot(SLOT.ID.eq(SLOT_ID)));
  private static final CachedStatement FIND_SLOT_BY_LABEL =
      new CachedStatement(() -> findingSlot(SLOT.LABEL.eq(SLOT_LABEL)));
  private static final PatientStatement FIND_TOKEN_BY_ID =
      new PatientStatement(patient -> findingToken(patient, TOKEN.ID.eq(TOKEN_ID)));
  private static final PatientStatement FIND_TOKEN_BY_LABEL =
      new PatientStatement(patient ->
          findingToken(patient, SLOT.LABEL.eq(SLOT_LABEL).and(TOKEN.SEQUENCE_NUMBER.eq(SEQUENCE))));

  private DecisionStore() {}

  /// What a request for a place names. Nothing is locked.
  ///
  /// @param stored what became of the request, if it was decided before
  public record NamedSlot(
      Optional<Stored> stored, Optional<SlotLabel> slot, Optional<Patient> patient) {}

  /// What a request about a token names.
  ///
  /// @param stored what became of the request, if it was decided before
  /// @param patient who holds or held the token; empty only where there is no such token
  /// @param book of its slot, locked, where the token's label told which it is
  public record NamedToken(
      Optional<Stored> stored,
      Optional<Token> token,
      Optional<Patient> patient,
      Optional<SlotBook> book) {}

  /// A token as it is under the lock of its slot.
  public record Locked(SlotBook book, Token token) {}

  /// Slots that are locked, and the patient who was registered before that.
  ///
  /// @param registered empty when nobody was to be, or somebody else has just done so
  /// @param held the tokens that a patient who was known holds at about the slots' times
  /// @param books of those of the slots that exist, by start
  public record Arrived(Optional<Patient> registered, List<HeldToken> held, List<SlotBook> books) {}

  /// Looks for request, slot and patient, each of which may be missing.
  public static NamedSlot find(
      Transaction transaction, RequestId request, SlotReference slot, PatientKey patient) {
    CachedStatement.Execution execution =
        switch (slot) {
          case SlotReference.ById(long id) -> FIND_SLOT_BY_ID.on(transaction).with(SLOT_ID, id);
          case SlotReference.ByLabel(SlotLabel label) ->
              FIND_SLOT_BY_LABEL.on(transaction).with(SLOT_LABEL, label.toString());
        };
    Record row =
        execution
            .with(REQUEST_ID, request.value())
            .with(PHONE, patient.phone().e164())
            .with(MEMBER, patient.member())
            .fetchSingle();
    return new NamedSlot(
        stored(row),
        ifFound(row.get(SLOT.ID)).map(_ -> SlotStore.label(row.get(SLOT.LABEL))),
        patient(row));
  }

  /// Looks for the request, and for the token with its patient; any of them may be missing. The
  /// slot of a label is locked in the same round trip; a request that was decided before then waits
  /// for the lock in vain.
  public static NamedToken find(Transaction transaction, RequestId request, TokenReference token) {
    return switch (token) {
      case TokenReference.ById(long id) ->
          named(
              FIND_TOKEN_BY_ID
                  .on(transaction)
                  .with(TOKEN_ID, id)
                  .with(REQUEST_ID, request.value())
                  .fetchSingle(),
              Optional.empty());
      case TokenReference.ByLabel(TokenLabel label) -> {
        var locked = QueueStore.lockWithNext(transaction, Set.of(label.slot()));
        Record row =
            FIND_TOKEN_BY_LABEL
                .on(transaction)
                .with(SLOT_LABEL, label.slot().toString())
                .with(SEQUENCE, label.sequence())
                .with(REQUEST_ID, request.value())
                .fetchSingle();
        yield named(row, locked.get().stream().findFirst());
      }
    };
  }

  private static NamedToken named(Record row, Optional<SlotBook> book) {
    return new NamedToken(
        stored(row),
        ifFound(row.get(TOKEN.ID)).map(_ -> TokenStore.token(row)),
        patient(row),
        book);
  }

  /// Registers the newcomer, if any, and locks those of the slots that exist until the transaction
  /// ends: in one round trip.
  ///
  /// @param known the patient, if there is no newcomer
  public static Arrived lock(
      Transaction transaction,
      Optional<Newcomer> newcomer,
      Optional<Patient> known,
      Collection<SlotLabel> slots) {
    var registered = newcomer.map(each -> PatientStore.insertWithNext(transaction, each));
    var held =
        HeldTokenStore.findWithNext(transaction, known.map(Patient::id).stream().toList(), slots);
    List<SlotBook> books = QueueStore.lock(transaction, slots);
    return new Arrived(
        registered.flatMap(rows -> rows.get()),
        held.get().values().stream().flatMap(List::stream).toList(),
        books);
  }

  /// Locks the token's slot if that is not done, and reads what has become of the token.
  public static Locked lock(Transaction transaction, NamedToken named) {
    Token found = named.token().orElseThrow();
    SlotBook book =
        named
            .book()
            .or(() ->
                QueueStore.lock(transaction, Set.of(found.label().slot())).stream().findFirst())
            .orElseThrow();
    return locked(transaction, found, book);
  }

  /// A token of a slot that is locked, as it is now.
  public static Locked locked(Transaction transaction, Token found, SlotBook book) {
    Token token =
        book.numbered(found.sequence())
            .orElseGet(() -> TokenStore.find(transaction, found.id()).orElseThrow());
    return new Locked(book, token);
  }

  /// Where the patient could go instead on that day: the doctor's first later open slot still to
  /// come with a free place, in which the patient holds no token. A hint that binds nobody, so
  /// nothing is locked for it.
  ///
  /// @param refused the book of the slot that has no place
  public static Optional<Slot> next(Transaction transaction, SlotBook refused, long patientId) {
    List<Slot> free =
        SlotStore.listOpenAfter(transaction, refused.slot().label()).stream()
            .filter(later -> later.free() > 0 && !later.hasEnded(refused.time()))
            .toList();
    if (free.isEmpty()) {
      return Optional.empty();
    }
    Set<Long> taken =
        TokenStore.slotsWhereActive(transaction, patientId, free.stream().map(Slot::id).toList());
    return free.stream().filter(later -> !taken.contains(later.id())).findFirst();
  }

  /// Writes all that follows from a request.
  ///
  /// @param digest of the request, see [Stored]
  /// @return the outcome, with the ids that the database gave
  public static <O extends Outcome> O write(
      Transaction transaction, Actor actor, RequestId request, String digest, Decided<O> decided) {
    DecisionWriter writer = new DecisionWriter(transaction, actor);
    writer.add(request, digest, decided);
    writer.flush();
    return writer.written(decided.outcome());
  }

  private static Select<?> findingSlot(Condition slot) {
    return DSL.select(REQUEST_FIELDS)
        .select(SLOT.ID, SLOT.LABEL)
        .select(PatientStore.FIELDS)
        .from(DSL.selectOne().asTable("one"))
        .leftJoin(REQUEST)
        .on(REQUEST.ID.eq(REQUEST_ID))
        .leftJoin(SLOT)
        .on(slot)
        .leftJoin(PATIENT)
        .on(PATIENT.PHONE.eq(PHONE), PATIENT.MEMBER.eq(MEMBER));
  }

  private static Select<?> findingToken(List<Field<?>> patient, Condition token) {
    return DSL.select(REQUEST_FIELDS)
        .select(SLOT.LABEL)
        .select(TokenStore.FIELDS)
        .select(patient)
        .from(DSL.selectOne().asTable("one"))
        .leftJoin(REQUEST)
        .on(REQUEST.ID.eq(REQUEST_ID))
        .leftJoin(TokenStore.withOrigin())
        .on(token)
        .leftJoin(PATIENT)
        .on(PATIENT.ID.eq(TOKEN.PATIENT_ID));
  }

  private static Optional<Stored> stored(Record row) {
    return ifFound(row.get(REQUEST.ID)).map(_ -> RequestStore.stored(row));
  }

  private static Optional<Patient> patient(Record row) {
    return ifFound(row.get(PATIENT.ID)).map(_ -> PatientStore.patient(row));
  }

  private static <T> Optional<T> ifFound(T key) {
    return Optional.ofNullable(key);
  }
}
