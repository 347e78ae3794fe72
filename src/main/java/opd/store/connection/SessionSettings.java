package opd.store.connection;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import opd.domain.ErrorCode;
import opd.domain.OpdException;
import opd.domain.PlainText;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.impl.DSL;

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

  private static final String LIFTED = "0";

  /// Where names without a schema are looked up.
  static final String NAMES = "search_path";

  private final SortedMap<String, String> values;
  private final CachedStatement setLocally = new CachedStatement(() -> DSL.select(setting(true)));
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
  void setWithNext(Transaction transaction) {
    transaction.sendWithNext(setLocally.on(transaction));
  }

  /// What sets them; each gives the new value.
  ///
  /// @param isLocal whether until the transaction ends, else until the session does
  List<Field<String>> setting(boolean isLocal) {
    return values.keySet().stream().map(name -> setting(name, isLocal)).toList();
  }

  /// What lets the session itself look up names as its transactions do.
  Field<String> keepingNames() {
    return setting(NAMES, false);
  }

  private Field<String> setting(String name, boolean isLocal) {
    return DSL.function(
        "set_config",
        String.class,
        DSL.inline(name),
        DSL.inline(Objects.requireNonNull(values.get(name), name)),
        DSL.inline(isLocal));
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

  /// @param place of the database, for the message
  /// @throws OpdException ACCESS_DENIED when a setting is not in force
  void check(Record answer, String place) {
    for (int index = 0; index < PROVEN.size(); index++) {
      String name = PROVEN.get(index);
      String wanted = values.getOrDefault(name, LIFTED);
      String found = answer.get(index + 2, String.class);
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
