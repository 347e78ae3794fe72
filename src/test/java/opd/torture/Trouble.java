package opd.torture;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/// Makes one kind of trouble for the desks of a facility, by SQL or by a signal, and takes it back.
final class Trouble implements DesksAtWork.Mischief, AutoCloseable {
  private static final String DESKS =
      "from pg_stat_activity where application_name = 'opd' and backend_type = 'client backend'";
  private static final String AT_WORK =
      "select pid " + DESKS + " and xact_start is not null order by random() limit 1";
  private static final String WAITING =
      "select count(*) " + DESKS + " and pg_backend_pid() = any (pg_blocking_pids(pid))";
  private static final Duration PATIENCE = Duration.ofSeconds(2);

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
      case SERIALIZATION_FAILURE -> failingOutcomes("40001", "raise");
      case DISK_FULL -> failingOutcomes("53100", "raise");
      case STATEMENT_TIMEOUT -> failingOutcomes("", "sleep");
      default -> {}
    }
  }

  /// Some outcomes cannot be stored.
  private void failingOutcomes(String state, String how) throws SQLException {
    String act =
        how.equals("sleep")
            ? "if random() < 0.05 then perform pg_sleep(7); end if"
            : "if random() < 0.2 then raise exception using errcode = '" + state + "'; end if";
    run(
        "create function trouble() returns trigger language plpgsql as $$ begin "
            + act
            + "; return new; end $$",
        "create trigger trouble before insert on request for each row execute function trouble()");
  }

  @Override
  public boolean once() throws Exception {
    switch (fault) {
      case SERVER_KILLED -> killServer();
      case BACKEND_TERMINATED -> run("select pg_terminate_backend(pid) from (" + AT_WORK + ") d");
      case STATEMENT_CANCELLED -> run("select pg_cancel_backend(pid) from (" + AT_WORK + ") d");
      case LOCK_TIMEOUT ->
          run(
              "begin",
              "select id from slot order by id limit 2 for no key update",
              "select pg_sleep(1.3)",
              "rollback");
      case DEADLOCK -> cross();
      case READ_ONLY ->
          during(
              "alter database opd set default_transaction_read_only = on",
              "alter database opd reset default_transaction_read_only");
      case TOO_MANY_CONNECTIONS ->
          during(
              "alter role " + desk + " connection limit 2",
              "alter role " + desk + " connection limit -1");
      case STATEMENT_TIMEOUT, SERIALIZATION_FAILURE, DISK_FULL -> {
        // The trigger does it.
        return true;
      }
      case CONNECTION_CUT, CLIENT_KILLED, FAIL_OVER ->
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

  private void killServer() throws Exception {
    long start = System.nanoTime();
    cluster.kill();
    killed++;
    // Somebody notices and starts it again, or the next command of a desk does.
    pause(random.nextInt(700));
    cluster.start();
    down = down.plusNanos(System.nanoTime() - start);
    connection = cluster.connect(facility);
  }

  /// Waits for a desk that waits for this session, and takes what that desk holds.
  private void cross() throws SQLException {
    try {
      run(
          "begin",
          "set local deadlock_timeout = '60s'",
          "select id from slot where label in ('RAO-20300107-1100', 'SEN-20300107-1100')"
              + " for no key update");
      long end = System.nanoTime() + PATIENCE.toNanos();
      while (number(WAITING) < 2 && System.nanoTime() < end) {
        pause(5);
      }
      run("select id from slot order by id for no key update");
    } finally {
      run("rollback");
    }
  }

  /// Long enough for some commands to meet it.
  private void during(String begin, String end) throws SQLException {
    run(begin);
    pause(200);
    run(end);
  }

  private static void pause(long milliseconds) {
    LockSupport.parkNanos(Duration.ofMillis(milliseconds).toNanos());
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
