package opd.torture;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import opd.testing.Await;

/// A trigger at which desks stop in the middle of their transactions for as long as the gate is
/// shut: whoever waits for one there meets it for certain. Opens by itself when the session that
/// shut it ends, as with the server.
final class Gate {
  private static final int FIRST_KEY = 815;
  private static final int SECOND_KEY = 816;
  private static final int SHUT_FROM = 1_000_000;
  private static final Duration PATIENCE = Await.PATIENCE;
  private static final String WAITING =
      "select min(pid) from pg_locks join pg_stat_activity using (pid)"
          + " where locktype = 'advisory' and not granted and objid = %d and application_name = 'opd'";

  private final Connection connection;

  /// Makes it.
  ///
  /// @param connection a superuser's in the facility's schema, auto-committing
  /// @param table that desks insert into
  Gate(Connection connection, String table) throws SQLException {
    this.connection = connection;
    run(
        "create sequence gate_count maxvalue 2000000",
        // The waits below are bounded by the statement's time alone.
        """
        create function gate() returns trigger language plpgsql security definer as $$
        begin
          if nextval('gate_count') > %d then
            perform set_config('lock_timeout', '0', true);
            perform pg_advisory_xact_lock_shared(%d);
            perform pg_advisory_xact_lock_shared(%d);
          end if;
          return new;
        end $$\
        """
            .formatted(SHUT_FROM, FIRST_KEY, SECOND_KEY),
        "alter function gate() set search_path from current",
        "create trigger gate before insert on %s for each row execute function gate()"
            .formatted(table));
    shutAfter(0);
    open();
  }

  private Gate(Connection connection) {
    this.connection = connection;
  }

  /// The same gate in another session.
  Gate on(Connection other) {
    return new Gate(other);
  }

  /// @param rows that still pass
  void shutAfter(int rows) throws SQLException {
    run(
        "select pg_advisory_lock(%d)".formatted(FIRST_KEY),
        "select setval('gate_count', %d)".formatted(SHUT_FROM - rows));
  }

  void open() throws SQLException {
    run("select pg_advisory_unlock(%d)".formatted(FIRST_KEY));
  }

  /// A second lock behind the first, taken by another session until its transaction ends. Only
  /// while the gate is shut: a desk that came through would wait for it, and whoever shuts the gate
  /// then would wait for that desk.
  static String takeSecond() {
    return "select pg_advisory_xact_lock(%d)".formatted(SECOND_KEY);
  }

  /// Returns once a desk waits at the gate, with its session: which may be gone by then, as its
  /// time may be over.
  int awaitADesk() throws Exception {
    AtomicInteger session = new AtomicInteger();
    Await.until(
        "a desk at the gate",
        PATIENCE,
        () -> {
          Optional<Integer> found = waiting("");
          found.ifPresent(session::set);
          return found.isPresent();
        });
    return session.get();
  }

  /// Whether this desk's session still waits at the gate.
  boolean isWaiting(int session) throws SQLException {
    return waiting(" and pid = " + session).isPresent();
  }

  private Optional<Integer> waiting(String more) throws SQLException {
    try (Statement statement = connection.createStatement();
        var rows = statement.executeQuery(WAITING.formatted(FIRST_KEY) + more)) {
      rows.next();
      int pid = rows.getInt(1);
      return rows.wasNull() ? Optional.empty() : Optional.of(pid);
    }
  }

  private void run(String... statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }
}
