package opd.store.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import opd.domain.Actor;
import opd.domain.ClockSource;
import opd.domain.ErrorCode;
import opd.domain.FacilitySettings;
import opd.domain.OpdException;
import opd.domain.PhoneKey;
import opd.store.schema.Administration;
import opd.store.schema.FacilitySetup;
import opd.store.schema.GuardedFacility;
import opd.store.schema.Migrations;
import opd.store.schema.Removal;
import opd.testing.Await;
import opd.testing.OwnDatabase;
import opd.testing.Prompt;
import opd.testing.TestServer;
import opd.testing.Wire;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/// A command ends within its time, whoever keeps it waiting, and says what kept it; what the server
/// or a login is set to bound does not end it before that.
@Order(14)
final class BoundsTest {
  private static final Duration BUDGET = Duration.ofSeconds(4);
  // What a busy machine adds. Without a bound on the whole it took two seconds more.
  private static final Duration SLOW_MACHINE = Duration.ofMillis(1_400);

  @AutoClose private static final GuardedFacility facility = new GuardedFacility();

  @Test
  void aServerThatDoesNotAnswerIsWaitedForWithinTheTime() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      String url = "jdbc:postgresql://127.0.0.1:" + silent.getLocalPort() + "/opd";
      try (FacilityConnection database = new FacilityConnection(settings(url, BUDGET))) {
        OpdException error = failureWithinTheTime(() -> transactions(database).dryRun(_ -> true));
        assertThat(error.code()).isEqualTo(ErrorCode.DATABASE_UNAVAILABLE);
      }
    }
  }

  @Test
  void allAnswersTogetherAreWaitedForWithinTheTime() {
    try (FacilityConnection database = database(BUDGET)) {
      OpdException error =
          failureWithinTheTime(() ->
              transactions(database)
                  .write(transaction -> {
                    transaction.sql().execute("select pg_sleep(2.5)");
                    return transaction.sql().execute("select pg_sleep(4.5)");
                  }));
      assertThat(error.code()).isEqualTo(ErrorCode.DATABASE_BUSY);
      assertThat(error).hasMessageContaining("did not answer within the time");
      assertThat(error.hint()).contains("nothing happened", "--timeout");
    }
  }

  @Test
  void anAnswerIsWaitedForUntilTheTimeIsOverAndNotAMomentLess() {
    DatabaseSettings settings = settings("", BUDGET);
    assertThat(settings.answer(Duration.ofNanos(1_500_000_001)))
        .isEqualTo(Duration.ofMillis(1_501));
    assertThat(settings.answer(Duration.ofMillis(1_500))).isEqualTo(Duration.ofMillis(1_500));
    assertThat(settings.answer(Duration.ZERO)).isEqualTo(Duration.ofMillis(1));
    assertThat(settings.answer(Duration.ofHours(1))).isEqualTo(Duration.ofSeconds(6));
  }

  /// Sent, such a COMMIT would be carried out; only its answer might come too late.
  @Test
  void whatIsDoneTooLateToBeCommittedInTimeIsNotCommitted() throws Exception {
    Duration budget = Duration.ofSeconds(1);
    Duration tooLate = budget.minus(settings("", budget).forCommit().dividedBy(2));
    try (FacilityConnection database = database(budget)) {
      // Connected before, so that the time is enough for the rest.
      transactions(database).dryRun(_ -> true);
      OpdException error =
          catchThrowableOfType(
              OpdException.class,
              () ->
                  transactions(database)
                      .write(transaction -> {
                        transaction
                            .sql()
                            .execute(
                                GuardedFacility.outcome("too-late")
                                    .replace(
                                        "into ",
                                        "into " + facility.facility.name().schema() + "."));
                        await(tooLate);
                        return transaction;
                      }));
      assertThat(error.code()).isEqualTo(ErrorCode.DATABASE_BUSY);
      assertThat(error).hasMessageContaining("did not answer within the time").hasNoCause();
    }
    assertThat(facility.superuser.number("select count(*) from request where id = 'too-late'"))
        .isZero();
  }

  private static void await(Duration time) {
    Instant begin = Instant.now();
    try {
      Await.until(
          "that time passes",
          time.multipliedBy(10),
          () -> Duration.between(begin, Instant.now()).compareTo(time) >= 0);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void boundsOfTheServerOrOfALoginAreLifted() throws Exception {
    String login = facility.facility.name().schema() + "_bounded";
    DatabaseSettings administrator = facility.facility.administrator();
    new Migrations(administrator).admitDesk(login, "secret");
    try {
      for (String setting :
          new String[] {
            "transaction_timeout = '200ms'",
            "idle_session_timeout = '200ms'",
            "idle_in_transaction_session_timeout = '200ms'",
            "statement_timeout = '200ms'"
          }) {
        facility.superuser.run("alter role " + login + " set " + setting);
      }
      DatabaseSettings settings =
          new DatabaseSettings(
              administrator.url(), login, "secret", administrator.facility(), BUDGET);
      try (FacilityConnection database = new FacilityConnection(settings)) {
        assertThat(tries(database)).isEqualTo(1);
        transactions(database).stream(transaction ->
            assertThat(
                    transaction
                        .sql()
                        .fetchValue(
                            "select string_agg(name || setting, ' ' order by name) from pg_settings"
                                + " where name like '%timeout' and source = 'session' or name ="
                                + " 'transaction_timeout'"))
                .asString()
                .contains(
                    "idle_in_transaction_session_timeout0",
                    "idle_session_timeout0",
                    "statement_timeout0",
                    "transaction_timeout0"));
      }
    } finally {
      facility.superuser.run("drop role " + login);
    }
  }

  @Test
  void aBoundOfTheDatabaseOnTransactionsDoesNotEndTheAdministration() throws Exception {
    try (OwnDatabase own = new OwnDatabase("")) {
      DatabaseSettings settings = own.administrator();
      try (Prompt prompt = own.prompt()) {
        prompt.run(
            "alter database " + own.facility().schema() + " set transaction_timeout = '200ms'");
      }
      FacilitySettings initial =
          new FacilitySettings("IN", ZoneId.of("Asia/Kolkata"), ClockSource.DATABASE);
      new Migrations(settings)
          .migrate(FacilitySetup.of(initial, PhoneKey.random(), new Actor("test")));
      Administration.locked(settings, sql -> sql.execute("select pg_sleep(0.4)"));
      try (SingleConnectionDataSource connection =
          new SingleConnectionDataSource(settings, Optional.empty())) {
        Sql.on(connection.getConnection(), settings.facility())
            .transaction(within -> within.dsl().execute("select pg_sleep(0.4)"));
      }
      try (FacilityConnection database = new FacilityConnection(settings)) {
        transactions(database).stream(
            transaction -> transaction.sql().execute("select pg_sleep(0.4)"));
      }
    }
  }

  /// Which may hold locks and say nothing for hours, until a firewall forgets it.
  @Test
  void theConnectionOfAnAdministrationIsKeptAlive() {
    String idle =
        Administration.locked(
            facility.facility.administrator(),
            sql -> sql.fetchSingle("show tcp_keepalives_idle").get(0, String.class));
    assertThat(idle).isEqualTo("5");
  }

  @Test
  void aServerThatFallsSilentAfterTheLoginIsWaitedForWithinTheTime() throws Exception {
    DatabaseSettings settings = within(BUDGET, facility.facility.administrator());
    // Who logs in with a password sends three messages before the first question.
    Wire.Cut cut =
        new Wire.Cut(
            Wire.Direction.TO_SERVER,
            4,
            Wire.Place.BEFORE,
            Wire.Manner.BLACK_HOLE,
            Wire.Afterwards.HEALS);
    try (Wire wire = new Wire(TestServer.get().port(), Optional.of(cut))) {
      DatabaseSettings throughWire =
          settings.at(
              "jdbc:postgresql://127.0.0.1:%d/%s?sslmode=disable"
                  .formatted(
                      wire.port(), settings.url().substring(settings.url().lastIndexOf('/') + 1)));
      OpdException error = failureWithinTheTime(new Migrations(throughWire)::exists);
      assertThat(wire.isCut()).isTrue();
      assertThat(error).hasMessageContaining("was lost");
    }
  }

  private static int tries(FacilityConnection database) {
    AtomicInteger tries = new AtomicInteger();
    return transactions(database)
        .dryRun(transaction -> {
          tries.incrementAndGet();
          transaction.sql().execute("select pg_sleep(0.4)");
          assertThat(transaction.sql().fetchValue("show idle_session_timeout").toString())
              .isEqualTo("0");
          return tries.get();
        });
  }

  @Test
  void aLockOfTheAdministrationThatAnotherHoldsIsNotWaitedForLongerAndItsHolderNamed()
      throws Exception {
    try (OwnDatabase own = new OwnDatabase("")) {
      Migrations migrations = new Migrations(within(Duration.ofSeconds(1), own.administrator()));
      try (Prompt other = own.prompt()) {
        other.begin("select pg_advisory_lock(%d)".formatted(Administration.lock(own.facility())));
        OpdException error = catchThrowableOfType(OpdException.class, migrations::exists);
        assertThat(error.code()).isEqualTo(ErrorCode.DATABASE_BUSY);
        assertThat(error).hasMessageContaining("process " + other.backend() + " of the login");
        assertThat(error.hint()).contains("pg_terminate_backend");
      }
      assertThat(migrations.exists()).isFalse();
    }
  }

  @Test
  void aTableThatAReaderHoldsIsNotWaitedForLongerByTheAdministration() throws Exception {
    try (OwnDatabase own = new OwnDatabase("");
        Prompt reader = own.prompt()) {
      String schema = own.facility().schema();
      reader.run("create schema " + schema, "create table %s.slot ()".formatted(schema));
      Removal removal = new Removal(within(Duration.ofSeconds(1), own.administrator()));
      reader.begin("select from %s.slot".formatted(schema));
      OpdException error = catchThrowableOfType(OpdException.class, removal::dropIfThere);
      assertThat(error.code()).isEqualTo(ErrorCode.DATABASE_BUSY);
      assertThat(error).hasMessageContaining("others held what this command needed");
      reader.run("drop table %s.slot".formatted(schema));
    }
  }

  @Test
  void whatAServerRefusesForTheMomentIsNamed() {
    assertThat(refused("53300"))
        .hasMessageContaining("takes no more connections")
        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.DATABASE_BUSY));
    assertThat(refused("57P03"))
        .hasMessageContaining("is starting or stopping")
        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.DATABASE_UNAVAILABLE));
    assertThat(refused("25P04"))
        .hasMessageContaining("transaction_timeout is too short")
        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.DATABASE_BUSY));
    assertThat(refused("22021"))
        .hasMessageContaining("cannot store a character")
        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_INPUT));
  }

  private static OpdException refused(String state) {
    try (FacilityConnection database = database(Duration.ofSeconds(1))) {
      return catchThrowableOfType(
          OpdException.class,
          () ->
              transactions(database)
                  .write(transaction ->
                      transaction
                          .sql()
                          .execute(
                              "do $$ begin raise exception using errcode = '%s'; end $$"
                                  .formatted(state))));
    }
  }

  private static OpdException failureWithinTheTime(ThrowingCallable work) {
    Instant begin = Instant.now();
    OpdException error = catchThrowableOfType(OpdException.class, work);
    assertThat(Duration.between(begin, Instant.now())).isLessThan(BUDGET.plus(SLOW_MACHINE));
    return error;
  }

  private static DatabaseSettings within(Duration budget, DatabaseSettings settings) {
    return new DatabaseSettings(
        settings.url(), settings.user(), settings.password(), settings.facility(), budget);
  }

  private static DatabaseSettings settings(String url, Duration budget) {
    DatabaseSettings settings = facility.facility.deskSettings();
    return new DatabaseSettings(
        url, settings.user(), settings.password(), settings.facility(), budget);
  }

  private static FacilityConnection database(Duration budget) {
    return new FacilityConnection(settings(facility.facility.deskSettings().url(), budget));
  }

  private static Transactions transactions(FacilityConnection database) {
    return new Transactions(database, new DecisionClock.OfDatabase());
  }
}
