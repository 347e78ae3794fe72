package opd.torture;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import opd.testing.Await;

/// Makes one kind of trouble for the desks of a facility, by SQL or by a signal, and takes it back
/// once a desk has met it.
final class Trouble implements DesksAtWork.Mischief, AutoCloseable {
  private static final Duration PATIENCE = Await.PATIENCE;

  private final Fault fault;
  private final OwnCluster cluster;
  private final String facility;
  private final Random random;
  private final String desk;
  private final int times;
  private final int before;
  private int killed;
  private Duration down = Duration.ZERO;
  private Connection connection;
  private Gate gate;

  /// @param times how often it should be reached
  Trouble(Fault fault, OwnCluster cluster, String facility, Random random, int times)
      throws IOException, SQLException {
    this.fault = fault;
    this.cluster = cluster;
    this.facility = facility;
    this.random = random;
    this.desk = cluster.start().desk().user();
    this.times = times;
    this.before = logged();
    this.connection = cluster.connect(facility);
    prepare();
  }

  private void prepare() throws SQLException {
    switch (fault) {
      // The first outcome that is to be stored fails, and some later ones.
      case SERIALIZATION_FAILURE -> failingOutcomes(5, raise("40001"));
      case DISK_FULL -> failingOutcomes(5, raise("53100"));
      case STATEMENT_TIMEOUT -> failingOutcomes(20, "perform pg_sleep(7)");
      default ->
          gate = new Gate(connection, List.of("request", "audit_entry").get(random.nextInt(2)));
    }
  }

  private static String raise(String state) {
    return "raise exception using errcode = '" + state + "'";
  }

  /// @param each of how many outcomes one fails
  private void failingOutcomes(int each, String how) throws SQLException {
    run(
        "create sequence trouble_count",
        ("create function trouble() returns trigger language plpgsql security definer as $$ begin"
                + " if nextval('trouble_count') %% %d = 1 then %s; end if; return new; end $$")
            .formatted(each, how),
        "alter function trouble() set search_path from current",
        "create trigger trouble before insert on request for each row execute function trouble()");
  }

  @Override
  public boolean once() throws Exception {
    switch (fault) {
      case SERVER_KILLED -> killServer();
      case BACKEND_TERMINATED -> strike("select pg_terminate_backend(%d)");
      case STATEMENT_CANCELLED -> strike("select pg_cancel_backend(%d)");
      case LOCK_TIMEOUT ->
          during("begin; select id from slot order by id for no key update", "rollback");
      case DEADLOCK -> cross();
      case READ_ONLY ->
          during(
              "alter database opd set default_transaction_read_only = on",
              "alter database opd reset default_transaction_read_only");
      case TOO_MANY_CONNECTIONS ->
          during(
              "alter role " + desk + " connection limit 0",
              "alter role " + desk + " connection limit -1");
      // The trigger does it.
      case STATEMENT_TIMEOUT, SERIALIZATION_FAILURE, DISK_FULL -> awaitReached(times - 1);
      case CONNECTION_CUT, CLIENT_KILLED, FAIL_OVER, MIGRATED ->
          throw new IllegalArgumentException(fault.name());
    }
    return reached() < times;
  }

  /// How often a desk met it.
  int reached() throws IOException {
    return fault == Fault.SERVER_KILLED ? killed : logged() - before;
  }

  private int logged() throws IOException {
    return cluster.logged().getOrDefault(fault, 0);
  }

  /// How long there was no server, in all.
  Duration down() {
    return down;
  }

  /// In the middle of a desk's transaction. Somebody notices and starts it again, or the desks that
  /// were caught do.
  private void killServer() throws Exception {
    gate.shutAfter(0);
    gate.awaitADesk();
    long start = System.nanoTime();
    cluster.kill();
    killed++;
    if (random.nextBoolean()) {
      cluster.start();
    }
    connection = cluster.connect(facility);
    gate = gate.on(connection);
    down = down.plusNanos(System.nanoTime() - start);
  }

  /// @param sql is given the process of a desk in the middle of its transaction
  private void strike(String sql) throws Exception {
    int reachedBefore = reached();
    gate.shutAfter(0);
    while (reached() == reachedBefore) {
      int session = gate.awaitADesk();
      run(sql.formatted(session));
      // The desk's time may have been over a moment before: then the next one is struck.
      Await.until(
          fault.words(), PATIENCE, () -> reached() > reachedBefore || !gate.isWaiting(session));
    }
    gate.open();
  }

  /// Three wait in a circle: a desk holds its slot and waits for this one's second session, which
  /// waits for the slot. The desk comes last, so it is the one whose patience ends.
  private void cross() throws Exception {
    int reachedBefore = reached();
    try (Connection second = cluster.connect(facility);
        Statement statement = second.createStatement();
        ExecutorService executor = Executors.newSingleThreadExecutor()) {
      statement.execute("set deadlock_timeout = '60s'");
      statement.execute("begin");
      gate.shutAfter(0);
      statement.execute(Gate.takeSecond());
      gate.awaitADesk();
      Future<?> wait = executor.submit(() -> lockSlots(statement));
      Await.until(
          "somebody waits for the desk",
          PATIENCE,
          () ->
              wait.isDone()
                  || number(
                          "select count(*) from pg_stat_activity where application_name <> 'opd' and"
                              + " cardinality(pg_blocking_pids(pid)) > 0")
                      > 0);
      gate.open();
      // There was no circle if the desk at the gate holds no slot: then it is tried once more.
      Await.until(fault.words(), PATIENCE, () -> reached() > reachedBefore || wait.isDone());
      // Others would still wait for this one, and this one for them.
      statement.cancel();
      wait.get();
      statement.execute("rollback");
    }
  }

  private static boolean lockSlots(Statement statement) throws SQLException {
    try {
      return statement.execute("select id from slot for no key update");
    } catch (SQLException cancelled) {
      return false;
    }
  }

  /// Until a command has met it.
  private void during(String begin, String end) throws Exception {
    int reachedBefore = reached();
    run(begin);
    try {
      awaitReached(reachedBefore);
    } finally {
      run(end);
    }
  }

  private void awaitReached(int more) throws Exception {
    Await.until(fault.words(), PATIENCE, () -> reached() > more);
  }

  private void run(String... statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private long number(String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        var rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  @Override
  public void close() throws SQLException {
    try (Connection _ = connection) {
      switch (fault) {
        case STATEMENT_TIMEOUT, SERIALIZATION_FAILURE, DISK_FULL ->
            run("drop trigger trouble on request", "drop function trouble()");
        default -> {}
      }
    }
  }
}
