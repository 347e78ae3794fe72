package opd.store.table;

import static opd.jooq.Tables.PATIENT;

import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import opd.domain.Patient;
import opd.domain.PatientKey;
import opd.domain.PersonName;
import opd.domain.PhoneNumber;
import opd.jooq.tables.records.PatientRecord;
import opd.store.connection.BulkRows;
import opd.store.connection.CachedStatement;
import opd.store.connection.Transaction;
import org.jooq.Field;
import org.jooq.Param;
import org.jooq.Record;
import org.jooq.Select;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/// The statements on patients.
public final class PatientStore {
  // A plus sign and 15 digits.
  private static final int MOST_PHONE_CHARACTERS = 16;
  // The character after 9.
  private static final String AFTER_ALL_DIGITS = ":";

  private static final Param<Long[]> IDS = DSL.param("ids", SQLDataType.BIGINT.array());
  private static final CachedStatement FIND_ALL =
      new CachedStatement(
          () -> DSL.select(PATIENT.fields()).from(PATIENT).where(PATIENT.ID.eq(DSL.any(IDS))));

  private static final BulkRows<Newcomer> NEWCOMERS = new BulkRows<>();
  private static final Field<String> PHONE =
      NEWCOMERS.column(PATIENT.PHONE, each -> each.key().phone().e164());
  private static final Field<Integer> MEMBER =
      NEWCOMERS.column(PATIENT.MEMBER, each -> each.key().member());
  private static final Field<String> NAME =
      NEWCOMERS.column(PATIENT.NAME, each -> each.name().value());
  private static final Field<byte[]> SALT = NEWCOMERS.hexColumn(PATIENT.SALT, Newcomer::salt);
  private static final CachedStatement INSERT_ALL =
      new CachedStatement(() ->
          DSL.insertInto(PATIENT, PATIENT.PHONE, PATIENT.MEMBER, PATIENT.NAME, PATIENT.SALT)
              .select(
                  DSL.select(PHONE, MEMBER, NAME, SALT)
                      .from(NEWCOMERS.table())
                      .orderBy(NEWCOMERS.place()))
              .onConflict(PATIENT.PHONE, PATIENT.MEMBER)
              .doNothing()
              .returning());

  private PatientStore() {}

  public static Optional<Patient> find(Transaction transaction, PatientKey key) {
    return transaction
        .sql()
        .selectFrom(PATIENT)
        .where(PATIENT.PHONE.eq(key.phone().e164()), PATIENT.MEMBER.eq(key.member()))
        .fetchOptional(PatientStore::patient);
  }

  /// The patient, locked against changes until the transaction ends.
  public static Optional<Patient> lock(Transaction transaction, PatientKey key) {
    return transaction
        .sql()
        .selectFrom(PATIENT)
        .where(PATIENT.PHONE.eq(key.phone().e164()), PATIENT.MEMBER.eq(key.member()))
        .forNoKeyUpdate()
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
    return FIND_ALL.on(transaction).with(IDS, ids.toArray(Long[]::new)).fetch().stream()
        .map(PatientStore::patient)
        .collect(Collectors.toMap(Patient::id, Function.identity()));
  }

  /// Patients whose name contains the text, in any case, or whose phone number ends with it.
  public static List<Patient> search(Transaction transaction, String text, int most) {
    return searching(transaction, text, most).fetch(PatientStore::patient);
  }

  /// Its conditions are those that the indexes of `V3__patient.sql` answer.
  static Select<PatientRecord> searching(Transaction transaction, String text, int most) {
    Field<String> lastDigitFirst = DSL.reverse(PATIENT.PHONE);
    String from = new StringBuilder(text).reverse().toString();
    return transaction
        .sql()
        .selectFrom(PATIENT)
        .where(PATIENT.NAME.containsIgnoreCase(text))
        // A range and no pattern, which an index serves only if it is known when planning.
        .or(
            DSL.condition("{0} ~>=~ {1}", lastDigitFirst, from)
                .and(DSL.condition("{0} ~<~ {1}", lastDigitFirst, from + AFTER_ALL_DIGITS)))
        .orderBy(PATIENT.NAME, PATIENT.ID)
        .limit(most);
  }

  /// Patients whose number begins so, by number. A range and no pattern, so that the unique index
  /// serves it in any collation.
  public static List<Patient> startingWith(Transaction transaction, String prefix, int most) {
    String last = prefix + "9".repeat(Math.max(0, MOST_PHONE_CHARACTERS - prefix.length()));
    return transaction
        .sql()
        .selectFrom(PATIENT)
        .where(PATIENT.PHONE.ge(prefix), PATIENT.PHONE.le(last))
        .orderBy(PATIENT.PHONE, PATIENT.MEMBER)
        .limit(most)
        .fetch(PatientStore::patient);
  }

  /// Registers a patient together with the transaction's next statement, unless somebody registered
  /// the same key at this moment: then empty, and the transaction goes on.
  static Supplier<Optional<Patient>> insertWithNext(Transaction transaction, Newcomer newcomer) {
    var rows =
        transaction.fetchWithNext(INSERT_ALL.on(transaction).with(NEWCOMERS, List.of(newcomer)));
    return () -> rows.get().stream().findFirst().map(PatientStore::patient);
  }

  /// Gives the patient, who is locked, another number, name and salt.
  public static void update(Transaction transaction, long id, Newcomer changed) {
    int updated =
        transaction
            .sql()
            .update(PATIENT)
            .set(PATIENT.PHONE, changed.key().phone().e164())
            .set(PATIENT.NAME, changed.name().value())
            .set(PATIENT.SALT, HexFormat.of().parseHex(changed.salt()))
            .where(PATIENT.ID.eq(id))
            .execute();
    Transaction.one(updated, "changing a patient");
  }

  /// Those of the patients who are known.
  public static Map<PatientKey, Patient> findByKeys(
      Transaction transaction, Collection<PatientKey> keys) {
    String[] phones =
        keys.stream().map(key -> key.phone().e164()).distinct().toArray(String[]::new);
    return transaction
        .sql()
        .selectFrom(PATIENT)
        .where(PATIENT.PHONE.eq(DSL.any(phones)))
        .fetch(PatientStore::patient)
        .stream()
        .filter(patient -> keys.contains(patient.key()))
        .collect(Collectors.toMap(Patient::key, Function.identity()));
  }

  /// A patient as he or she is to be registered from now on.
  ///
  /// @param salt 16 bytes in hexadecimal digits
  public record Newcomer(PatientKey key, PersonName name, String salt) {}

  /// Registers those whom nobody registered at this moment, and returns them. By number, for
  /// everybody, so that two transactions cannot wait for each other.
  public static List<Patient> insertAll(Transaction transaction, List<Newcomer> newcomers) {
    List<Newcomer> ordered =
        newcomers.stream()
            .sorted(
                Comparator.comparing((Newcomer newcomer) -> newcomer.key().phone().e164())
                    .thenComparingInt(newcomer -> newcomer.key().member()))
            .toList();
    return INSERT_ALL.on(transaction).with(NEWCOMERS, ordered).fetch().map(PatientStore::patient);
  }

  static Patient patient(Record row) {
    return new Patient(
        row.get(PATIENT.ID),
        new PatientKey(new PhoneNumber(row.get(PATIENT.PHONE)), row.get(PATIENT.MEMBER)),
        new PersonName(row.get(PATIENT.NAME)));
  }
}
