package opd.store.table;

import static opd.jooq.Tables.PATIENT;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import opd.domain.FacilityRole;
import opd.domain.Patient;
import opd.domain.PatientKey;
import opd.domain.PersonName;
import opd.domain.PhoneNumber;
import opd.domain.UnidentifiedPatient;
import opd.jooq.tables.records.PatientRecord;
import opd.store.connection.BulkRows;
import opd.store.connection.BulkStatement;
import opd.store.connection.CachedStatement;
import opd.store.connection.Transaction;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Param;
import org.jooq.Record;
import org.jooq.Select;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/// The statements on patients.
public final class PatientStore {
  // A plus sign and 15 digits.
  private static final int MOST_PHONE_CHARACTERS = 16;
  // The character after 9.
  private static final String AFTER_ALL_DIGITS = ":";

  private static final Param<Long[]> IDS = DSL.param("ids", SQLDataType.BIGINT.array());
  static final List<Field<?>> FIELDS =
      List.of(PATIENT.ID, PATIENT.PHONE, PATIENT.MEMBER, PATIENT.NAME);
  private static final List<Field<?>> WITHOUT_NUMBER =
      List.of(PATIENT.ID, PATIENT.MEMBER, PATIENT.NAME);
  private static final PatientStatement FIND_ALL =
      new PatientStatement(
          fields -> DSL.select(fields).from(PATIENT).where(PATIENT.ID.eq(DSL.any(IDS))));

  private static final BulkRows<Newcomer> NEWCOMERS = new BulkRows<>();
  private static final Field<String> PHONE = NEWCOMERS.column(PATIENT.PHONE, PatientStore::e164);
  private static final Field<Integer> MEMBER = NEWCOMERS.column(PATIENT.MEMBER, Newcomer::member);
  private static final Field<String> NAME =
      NEWCOMERS.column(PATIENT.NAME, each -> each.name().value());
  private static final Field<byte[]> SALT = NEWCOMERS.hexColumn(PATIENT.SALT, Newcomer::salt);
  private static final BulkStatement INSERT_ALL =
      new BulkStatement(size ->
          DSL.insertInto(PATIENT, PATIENT.PHONE, PATIENT.MEMBER, PATIENT.NAME, PATIENT.SALT)
              .select(
                  DSL.select(PHONE, MEMBER, NAME, SALT)
                      .from(NEWCOMERS.table(size))
                      .orderBy(NEWCOMERS.order(size)))
              .onConflict(PATIENT.PHONE, PATIENT.MEMBER)
              .doNothing()
              .returning());

  private PatientStore() {}

  /// A statement that shows patients, in two texts: for logins that may read phone numbers, and for
  /// consulting rooms, which may not name the column.
  static final class PatientStatement {
    private final CachedStatement whole;
    private final CachedStatement withoutNumber;

    /// @param query makes it of the fields that show a patient
    PatientStatement(Function<List<Field<?>>, Select<?>> query) {
      whole = new CachedStatement(() -> query.apply(FIELDS));
      withoutNumber = new CachedStatement(() -> query.apply(WITHOUT_NUMBER));
    }

    CachedStatement.Execution on(Transaction transaction) {
      return (transaction.role() == FacilityRole.ROOM ? withoutNumber : whole).on(transaction);
    }
  }

  public static Optional<Patient> find(Transaction transaction, PatientKey key) {
    return transaction
        .sql()
        .selectFrom(PATIENT)
        .where(PATIENT.PHONE.eq(key.phone().e164()), PATIENT.MEMBER.eq(key.member()))
        .fetchOptional(PatientStore::patient);
  }

  /// Somebody whose number nobody knows yet.
  public static Optional<Patient> find(Transaction transaction, UnidentifiedPatient unidentified) {
    return transaction
        .sql()
        .selectFrom(PATIENT)
        .where(isUnidentified(unidentified))
        .fetchOptional(PatientStore::patient);
  }

  private static Condition isUnidentified(UnidentifiedPatient unidentified) {
    return PATIENT
        .ID
        .eq(unidentified.id())
        .and(PATIENT.PHONE.isNull())
        .and(PATIENT.NAME.isNotNull());
  }

  /// The patient, unless erased, locked until the transaction ends against changes and against new
  /// tokens.
  public static Optional<Patient> lock(Transaction transaction, long id) {
    return transaction
        .sql()
        .selectFrom(PATIENT)
        .where(PATIENT.ID.eq(id), PATIENT.NAME.isNotNull())
        .forUpdate()
        .fetchOptional(PatientStore::patient);
  }

  /// All members who share the phone.
  public static List<Patient> findMembers(Transaction transaction, PhoneNumber phone) {
    return transaction
        .sql()
        .selectFrom(PATIENT)
        .where(PATIENT.PHONE.eq(phone.e164()))
        .orderBy(PATIENT.MEMBER)
        .fetch(PatientStore::patient);
  }

  public static Map<Long, Patient> findAll(Transaction transaction, Collection<Long> ids) {
    return findAllWithNext(transaction, ids).get();
  }

  /// Finds them together with the transaction's next statement, or with its COMMIT.
  public static Supplier<Map<Long, Patient>> findAllWithNext(
      Transaction transaction, Collection<Long> ids) {
    var rows =
        transaction.fetchWithNext(FIND_ALL.on(transaction).with(IDS, ids.toArray(Long[]::new)));
    return () ->
        rows.get().stream()
            .map(PatientStore::patient)
            .collect(Collectors.toMap(Patient::id, Function.identity()));
  }

  /// Whom the query means, by name.
  public static List<Patient> search(Transaction transaction, PatientQuery query, int most) {
    return searching(transaction, query, most).fetch(PatientStore::patient);
  }

  /// Its conditions are those that the indexes of `V3__patient.sql` answer.
  static Select<PatientRecord> searching(Transaction transaction, PatientQuery query, int most) {
    List<Condition> either = new ArrayList<>();
    query.unidentified().ifPresent(unidentified -> either.add(isUnidentified(unidentified)));
    if (!query.words().isEmpty()) {
      Field<String> bare =
          DSL.field(
              "translate(lower({0}), {1}, '')",
              String.class, PATIENT.NAME, DSL.inline(PatientQuery.LEFT_OUT));
      either.add(
          DSL.and(
              query.words().stream()
                  .map(word -> bare.contains(DSL.lower(DSL.val(word))))
                  .toList()));
    }
    query.lastDigits().ifPresent(digits -> either.add(endsWith(digits)));
    query.prefixes().forEach(prefix -> either.add(startsWith(prefix)));
    return transaction
        .sql()
        .selectFrom(PATIENT)
        .where(DSL.or(either))
        .orderBy(PATIENT.NAME, PATIENT.ID)
        .limit(most);
  }

  /// A range and no pattern, which an index serves only if it is known when planning.
  private static Condition endsWith(String digits) {
    Field<String> lastDigitFirst = DSL.reverse(PATIENT.PHONE);
    String from = new StringBuilder(digits).reverse().toString();
    return DSL.condition("{0} ~>=~ {1}", lastDigitFirst, from)
        .and(DSL.condition("{0} ~<~ {1}", lastDigitFirst, from + AFTER_ALL_DIGITS));
  }

  /// A range and no pattern, so that the unique index serves it in any collation.
  private static Condition startsWith(String prefix) {
    String last = prefix + "9".repeat(Math.max(0, MOST_PHONE_CHARACTERS - prefix.length()));
    return PATIENT.PHONE.ge(prefix).and(PATIENT.PHONE.le(last));
  }

  /// Patients whose number begins so, by number.
  public static List<Patient> startingWith(Transaction transaction, String prefix, int most) {
    return transaction
        .sql()
        .selectFrom(PATIENT)
        .where(startsWith(prefix))
        .orderBy(PATIENT.PHONE, PATIENT.MEMBER)
        .limit(most)
        .fetch(PatientStore::patient);
  }

  /// Registers a patient together with the transaction's next statement, unless somebody registered
  /// the same key at this moment: then empty, and the transaction goes on.
  static Supplier<Optional<Patient>> insertWithNext(Transaction transaction, Newcomer newcomer) {
    var rows =
        transaction.fetchWithNext(
            INSERT_ALL.on(transaction, true).with(NEWCOMERS, List.of(newcomer)));
    return () -> rows.get().stream().findFirst().map(PatientStore::patient);
  }

  /// Gives the patient, who is locked, another number, name and salt.
  public static void update(Transaction transaction, long id, Newcomer changed) {
    int updated =
        transaction
            .sql()
            .update(PATIENT)
            .set(PATIENT.PHONE, e164(changed))
            .set(PATIENT.MEMBER, changed.member())
            .set(PATIENT.NAME, changed.name().value())
            .set(PATIENT.SALT, HexFormat.of().parseHex(changed.salt()))
            .where(PATIENT.ID.eq(id))
            .execute();
    Transaction.one(updated, "changing a patient");
  }

  /// Takes name, number and salt from the patient, who is locked.
  public static void erase(Transaction transaction, long id) {
    int updated =
        transaction
            .sql()
            .update(PATIENT)
            .setNull(PATIENT.PHONE)
            .setNull(PATIENT.NAME)
            .setNull(PATIENT.SALT)
            .where(PATIENT.ID.eq(id))
            .execute();
    Transaction.one(updated, "erasing a patient");
  }

  /// All who have one of the numbers.
  public static List<Patient> findByPhones(
      Transaction transaction, Collection<PhoneNumber> phones) {
    String[] numbers = phones.stream().map(PhoneNumber::e164).distinct().toArray(String[]::new);
    return transaction
        .sql()
        .selectFrom(PATIENT)
        .where(PATIENT.PHONE.eq(DSL.any(numbers)))
        .orderBy(PATIENT.PHONE, PATIENT.MEMBER)
        .fetch(PatientStore::patient);
  }

  /// A patient as he or she is to be registered from now on.
  ///
  /// @param phone null while nobody knows it
  /// @param salt 16 bytes in hexadecimal digits
  public record Newcomer(@Nullable PhoneNumber phone, int member, PersonName name, String salt) {}

  private static @Nullable String e164(Newcomer newcomer) {
    return newcomer.phone() == null ? null : newcomer.phone().e164();
  }

  /// Registers those whom nobody registered at this moment, and returns them. By number, for
  /// everybody, so that two transactions cannot wait for each other.
  public static List<Patient> insertAll(Transaction transaction, List<Newcomer> newcomers) {
    List<Newcomer> ordered =
        newcomers.stream()
            .sorted(
                Comparator.comparing(
                        PatientStore::e164, Comparator.nullsFirst(Comparator.naturalOrder()))
                    .thenComparingInt(Newcomer::member))
            .toList();
    return INSERT_ALL
        .on(transaction, ordered.size() == 1)
        .with(NEWCOMERS, ordered)
        .fetch()
        .map(PatientStore::patient);
  }

  static Patient patient(Record row) {
    boolean isWithheld = row.field(PATIENT.PHONE) == null;
    String phone = isWithheld ? null : row.get(PATIENT.PHONE);
    String name = row.get(PATIENT.NAME);
    return new Patient(
        row.get(PATIENT.ID),
        phone == null ? null : new PhoneNumber(phone),
        row.get(PATIENT.MEMBER),
        name == null ? null : new PersonName(name),
        isWithheld);
  }
}
