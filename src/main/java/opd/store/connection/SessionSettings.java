package opd.store.connection;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import opd.domain.ErrorCode;
import opd.domain.FacilityName;
import opd.domain.OpdException;
import opd.domain.PlainText;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.impl.DSL;

/// The server's settings for one session, given with its login, so that they hold from its first
/// statement on and before those of the role, the database and the server.
///
/// A pooler may drop them, and then a session works in whatever schema its role is led to, which
/// may be another hospital's. Therefore each session is asked for them before anything is done in
/// it.
///
/// @param values by name, as the server shows them
public record SessionSettings(Map<String, String> values) {
  // What goes wrong without them: the wrong hospital, decisions on what was read before the lock,
  // waits without an end. The others only make it fast.
  private static final List<String> PROVEN =
      List.of(
          "search_path",
          "default_transaction_isolation",
          "standard_conforming_strings",
          "lock_timeout",
          "idle_in_transaction_session_timeout",
          "statement_timeout");

  private static final String LIFTED = "0";

  public SessionSettings {
    values = Map.copyOf(values);
  }

  /// Those of a stream: the names mean the facility's tables and the server's own functions, and
  /// nothing that others might have made. Temporary tables come last, as otherwise they come first.
  static SessionSettings in(FacilityName facility) {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("search_path", facility.schema() + ", pg_temp");
    // Whatever the server's default is: under another one a decision could rest on what was true
    // before the slot was locked.
    values.put("default_transaction_isolation", "read committed");
    // Otherwise a backslash in a text changes where it ends.
    values.put("standard_conforming_strings", "on");
    return new SessionSettings(values);
  }

  SessionSettings with(Map<String, String> more) {
    Map<String, String> both = new LinkedHashMap<>(values);
    both.putAll(more);
    return new SessionSettings(both);
  }

  /// As the driver's property of that name wants them.
  String options() {
    return values.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(setting -> "-c " + setting.getKey() + "=" + setting.getValue().replace(" ", "\\ "))
        .collect(Collectors.joining(" "));
  }

  /// A bound that is lifted need not be: at worst a stream ends early.
  private List<String> proven() {
    return PROVEN.stream()
        .filter(name -> !values.getOrDefault(name, LIFTED).equals(LIFTED))
        .toList();
  }

  /// What to ask a session for, in the order that [#check] reads.
  public List<Field<String>> asked() {
    List<Field<String>> asked = new ArrayList<>();
    for (String name : proven()) {
      asked.add(
          DSL.field("current_setting({0})", String.class, DSL.inline(name))
              .as(DSL.name("set_" + name)));
    }
    return asked;
  }

  /// @param row that begins at `first` with what was [#asked()] for
  /// @param place of the database, for the message
  /// @throws OpdException ACCESS_DENIED when a setting is not the one that was asked for
  public void check(Record row, int first, String place) {
    List<String> names = proven();
    for (int index = 0; index < names.size(); index++) {
      String name = names.get(index);
      String wanted = values.getOrDefault(name, "");
      String found = row.get(first + index, String.class);
      if (!wanted.equals(found)) {
        throw notAsAsked(name, wanted, found, place);
      }
    }
  }

  private static OpdException notAsAsked(String name, String wanted, String found, String place) {
    return new OpdException(
        ErrorCode.ACCESS_DENIED,
        "the session at %s does not have the setting that it was begun with: %s is %s and must be %s"
            .formatted(place, name, PlainText.quote(found), PlainText.quote(wanted)),
        "a pooler drops the login's options: connect to the server itself, or have the pooler keep a"
            + " server session for each client and pass the options on");
  }
}
