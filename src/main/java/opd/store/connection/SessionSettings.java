package opd.store.connection;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import opd.domain.ErrorCode;
import opd.domain.OpdException;
import opd.domain.PlainText;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// The server's settings under which statements are carried out, before those of the role, the
/// database and the server.
///
/// They are not given with the login, of which a pooler passes on only what it knows, and refuses
/// or forgets the rest. They are set for each transaction, with its first statements: a pooler may
/// give each transaction to another session of the server, and every session to others afterwards.
/// Only who has a session of his own sets them for the session.
final class SessionSettings {
  // What goes wrong without them: statements that are other ones, waits without an end. The others
  // only make it fast.
  private static final List<String> PROVEN =
      List.of(
          "standard_conforming_strings",
          "lock_timeout",
          "idle_in_transaction_session_timeout",
          "statement_timeout");

  private static final int BEFORE_SETTINGS = 3;
  private static final String LIFTED = "0";

  /// Where names without a schema are looked up.
  static final String NAMES = "search_path";

  /// What is known of the server.
  enum Server {
    /// Nothing: the connection is new.
    UNKNOWN,
    PLAIN,
    /// One of those that Citus joins, of which another may hold the facility.
    CITUS
  }

  // In the order of their names.
  private final Map<String, String> values;
  private final CachedStatement setAnywhere =
      new CachedStatement(() -> DSL.select(settingAnywhere()));
  private final CachedStatement setLocally = new CachedStatement(() -> DSL.select(setting(true)));
  private final CachedStatement setOnCitus =
      new CachedStatement(() -> DSL.select(setting(onCitus(), true, false)));
  // For the server that holds the rows: who works there waits for locks, may lose the server that
  // was asked, and carries out the triggers.
  private @Nullable List<CachedStatement> passedOn;
  private final CachedStatement asking = new CachedStatement(() -> DSL.select(asked()));

  /// @param values by name, as the server shows them
  SessionSettings(Map<String, String> values) {
    this.values = new TreeMap<>(values);
  }

  SessionSettings with(Map<String, String> more) {
    Map<String, String> both = new LinkedHashMap<>(values);
    both.putAll(more);
    return new SessionSettings(both);
  }

  /// Sets them until the transaction ends, with its next statement.
  void setWithNext(Transaction transaction, Server server) {
    if (server == Server.CITUS) {
      transaction.sendWithNext(Citus.PASSING_ON.on(transaction));
      passedOn().forEach(each -> transaction.sendWithNext(each.on(transaction)));
      // Last, as they set some here that were just passed on with another value.
      transaction.sendWithNext(setOnCitus.on(transaction));
    } else {
      var set = server == Server.PLAIN ? setLocally : setAnywhere;
      transaction.sendWithNext(set.on(transaction));
    }
  }

  private List<CachedStatement> passedOn() {
    List<CachedStatement> made = passedOn;
    if (made == null) {
      made =
          Citus.PASSED_ON.stream()
              .filter(values::containsKey)
              .map(name ->
                  setLocal(
                      name,
                      name.equals(Citus.IDLE)
                          ? LIFTED
                          : Objects.requireNonNull(values.get(name), name)))
              .toList();
      passedOn = made;
    }
    return made;
  }

  private static CachedStatement setLocal(String name, String value) {
    return new CachedStatement(
        () -> DSL.query("set local {0} = {1}", DSL.name(name), DSL.inline(value)));
  }

  private Map<String, String> onCitus() {
    Map<String, String> there = new TreeMap<>(values);
    there.replace(Citus.PLANS, Citus.PLANNED_EACH_TIME);
    return there;
  }

  /// What sets them; each gives the new value.
  ///
  /// @param isLocal whether until the transaction ends, else until the session does
  List<Field<String>> setting(boolean isLocal) {
    return setting(values, isLocal, false);
  }

  /// What lets the session itself look up names as its transactions do.
  Field<String> keepingNames() {
    return setting(NAMES, DSL.inline(Objects.requireNonNull(values.get(NAMES), NAMES)), false);
  }

  private List<Field<String>> settingAnywhere() {
    return setting(values, true, true);
  }

  /// @param looks whether Citus is looked for, which plans otherwise
  private static List<Field<String>> setting(
      Map<String, String> values, boolean isLocal, boolean looks) {
    List<Field<String>> fields = new ArrayList<>();
    // No stream, for which the JVM makes a class in every process when the map is sorted.
    values.forEach((name, text) -> {
      Field<String> value = DSL.inline(text);
      fields.add(
          setting(
              name,
              looks && name.equals(Citus.PLANS)
                  ? DSL.when(Citus.IS_THERE, DSL.inline(Citus.PLANNED_EACH_TIME)).otherwise(value)
                  : value,
              isLocal));
    });
    return fields;
  }

  private static Field<String> setting(String name, Field<String> value, boolean isLocal) {
    return DSL.function("set_config", String.class, DSL.inline(name), value, DSL.inline(isLocal));
  }

  /// Asks with the transaction's next statement which of them are in force, and what kind of
  /// session it is.
  ///
  /// @param check takes the answer, in the order that [#check] reads
  void askWithNext(Transaction transaction, CachedStatement.Check check) {
    transaction.sendWithNext(asking.on(transaction).checked(check));
  }

  private List<Field<?>> asked() {
    List<Field<?>> asked = new ArrayList<>();
    asked.add(DSL.field("pg_backend_pid()", Integer.class));
    asked.add(DSL.field("pg_is_in_recovery()", Boolean.class));
    asked.add(Citus.IS_THERE);
    for (String name : PROVEN) {
      asked.add(DSL.field("current_setting({0})", String.class, DSL.inline(name)));
    }
    return asked;
  }

  /// The process of the server that answered.
  static int process(Record answer) {
    return answer.get(0, Integer.class);
  }

  /// Whether the server that answered is a standby, which takes no changes.
  static boolean isStandby(Record answer) {
    return answer.get(1, Boolean.class);
  }

  /// Whether the server that answered has Citus.
  static boolean isCitus(Record answer) {
    return answer.get(2, Boolean.class);
  }

  /// @param place of the database, for the message
  /// @throws OpdException ACCESS_DENIED when a setting is not in force
  void check(Record answer, String place) {
    for (int index = 0; index < PROVEN.size(); index++) {
      String name = PROVEN.get(index);
      String wanted = values.getOrDefault(name, LIFTED);
      String found = answer.get(index + BEFORE_SETTINGS, String.class);
      // A bound that is lifted need not be: at worst a stream ends early.
      if (!wanted.equals(LIFTED) && !wanted.equals(found)) {
        throw notInForce(name, wanted, found, place);
      }
    }
  }

  private static OpdException notInForce(String name, String wanted, String found, String place) {
    return new OpdException(
        ErrorCode.ACCESS_DENIED,
        "at %s the setting %s is %s and must be %s: what stands between here and the server keeps the program from setting it"
            .formatted(place, name, PlainText.quote(found), PlainText.quote(wanted)),
        "nothing is decided without it: give it to the login, alter role LOGIN set %s = '%s', or connect to the server itself"
            .formatted(name, wanted));
  }
}
