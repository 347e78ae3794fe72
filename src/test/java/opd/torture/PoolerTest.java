package opd.torture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import opd.server.Endpoint;
import opd.testing.TestServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Desks who reach their server by way of PgBouncer, as Debian packages it: by
/// `scripts/check-pooler`.
@Tag("pooler")
final class PoolerTest {
  private static final long SEED = Long.getLong("opd.seed", 1);
  private static final String SLOT = "RAO-20300107-0900";

  @TempDir private static Path folder;
  private static OwnCluster cluster;
  private static Endpoint server;
  private static int poolers;

  @BeforeAll
  static void start() throws Exception {
    Path home = folder.resolve("home");
    TestServer.lendHome(home);
    cluster = new OwnCluster(home, Optional.empty());
    server = cluster.start();
    cluster.makeTalkative();
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  private static PgBouncer pooler(Map<String, String> settings) throws Exception {
    poolers++;
    return new PgBouncer(server, folder.resolve("pooler" + poolers), settings);
  }

  private static FrontDesk clinic(PgBouncer pooler) {
    String facility = cluster.newFacility();
    FrontDesk desk = cluster.desk(facility);
    desk.must("db", "migrate");
    Morning.openSlots(desk, 8);
    return pooler.before(cluster.remoteDesk(facility));
  }

  private static String direct() {
    return "jdbc:postgresql://127.0.0.1:%d/%s?sslmode=disable"
        .formatted(server.port(), server.database());
  }

  private static String[] allocate(int patient) {
    return "allocate --slot %s --phone 98765%05d --name Patient --priority paid --source app"
        .formatted(SLOT, patient)
        .split(" ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"session", "transaction"})
  void aDeskWorksAsBeforeTheServerItself(String mode) throws Exception {
    try (PgBouncer pooler = pooler(Map.of("pool_mode", mode))) {
      FrontDesk desk = clinic(pooler);
      assertThat(desk.must("doctor", "add", "BOSE", "--name", "Dr. Bose")).contains("BOSE");
      assertThat(desk.must(allocate(1))).contains("ADMITTED");
      Path list = folder.resolve("list-" + mode + ".csv");
      Files.writeString(
          list,
          "slot,phone,name,priority,source\n"
              + SLOT
              + ",9876500002,Second,paid,app\n"
              + SLOT
              + ",9876500003,Third,emergency,walk-in\n");
      assertThat(desk.must("allocate", "--from", list.toString()).lines()).hasSize(2);
      assertThat(desk.must("cancel", SLOT + "-02")).contains("DONE");
      assertThat(desk.must("queue", SLOT)).contains(SLOT + "-03");
      assertThat(desk.must("audit", "--slot", SLOT).lines()).hasSizeGreaterThan(3);
      assertThat(desk.must("audit", "explain", SLOT + "-01")).isNotBlank();
      assertThat(desk.must("audit", "verify")).contains("\"ok\":true");
      assertThat(desk.must("audit", "seal")).contains("digest");
    }
  }

  /// Each transaction of each of them may get the session in which the other prepared a statement.
  @Test
  void consolesThatShareOneSessionOfTheServerDoNotMeetEachOthersStatements() throws Exception {
    try (PgBouncer pooler = pooler(Map.of("default_pool_size", "1"))) {
      shareOneSession(clinic(pooler));
    }
  }

  @Test
  void aPoolerThatKeepsPreparedStatementsKeepsTheDrivers() throws Exception {
    assumeTrue(PgBouncer.keepsStatements(), "this PgBouncer is older than 1.21");
    var settings = Map.of("default_pool_size", "1", "max_prepared_statements", "200");
    try (PgBouncer pooler = pooler(settings)) {
      shareOneSession(pooler.beforeWithStatements(clinic(pooler)));
    }
  }

  /// Two consoles in one session of the server, turn by turn.
  private static void shareOneSession(FrontDesk desk) throws Exception {
    List<String> printed = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      List<Future<String>> consoles = new ArrayList<>();
      for (int console = 0; console < 2; console++) {
        StringBuilder script = new StringBuilder();
        for (int patient = 0; patient < 12; patient++) {
          script.append(String.join(" ", allocate(100 + 100 * console + patient))).append('\n');
          script.append("queue ").append(SLOT).append('\n');
        }
        consoles.add(threads.submit(() -> desk.script(script.toString())));
      }
      for (Future<String> console : consoles) {
        printed.addAll(console.get().lines().toList());
      }
    }
    assertThat(printed).filteredOn(line -> line.contains("ADMITTED")).hasSize(8);
    assertThat(printed).filteredOn(line -> line.contains("SLOT_FULL")).hasSize(16);
    assertThat(printed).noneMatch(line -> line.contains("INTERNAL"));
    assertThat(desk.must("audit", "verify")).contains("\"ok\":true");
  }

  @Test
  void ofManyWhoWantOnePlaceOneGetsIt() throws Exception {
    try (PgBouncer pooler = pooler(Map.of("default_pool_size", "3"))) {
      FrontDesk desk = clinic(pooler);
      for (int patient = 1; patient < 8; patient++) {
        desk.must(allocate(patient));
      }
      List<FrontDesk.Printed> all = Collections.synchronizedList(new ArrayList<>());
      try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
        for (int patient = 50; patient < 58; patient++) {
          String[] words = allocate(patient);
          threads.execute(() -> all.add(desk.give(words)));
        }
      }
      assertThat(all).extracting(FrontDesk.Printed::exit).containsOnlyOnce(0);
      assertThat(all).filteredOn(each -> each.exit() == 3).hasSize(7);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"BACKEND_TERMINATED", "LOCK_TIMEOUT", "DEADLOCK", "SERVER_KILLED", "CLIENT_KILLED"})
  void nothingAcknowledgedIsLostAndNobodyDecidesWithoutABound(Fault fault) throws Exception {
    try (PgBouncer pooler = pooler(Map.of())) {
      Campaign campaign = new Campaign(cluster, 20, pooler::before);
      if (fault == Fault.CLIENT_KILLED) {
        campaign.killedClients(SEED, 3);
      } else {
        campaign.trouble(fault, SEED, 3, 1);
      }
      assertThat(campaign.tally().problems()).isEmpty();
      assertThat(campaign.tally().reached().get(fault)).isPositive();
    }
  }

  @Test
  void aPoolerThatIsNotToldOfTheDriversParametersIsBorne() throws Exception {
    try (PgBouncer pooler = pooler(Map.of("ignore_startup_parameters", ""))) {
      assertThat(clinic(pooler).must("queue", SLOT)).contains(SLOT);
    }
  }

  @Test
  void whatNeedsASessionOfTheServerSaysSoAndTakesTheWayPastThePooler() throws Exception {
    try (PgBouncer pooler = pooler(Map.of())) {
      FrontDesk desk =
          clinic(pooler)
              .with(
                  Map.of(
                      "OPD_DB_USER",
                      server.administrator().user(),
                      "OPD_DB_PASSWORD",
                      server.administrator().password()));
      FrontDesk.Printed refused = desk.give("db", "migrate");
      assertThat(refused.exit()).isEqualTo(8);
      assertThat(refused.err()).contains("is a pooler").contains("OPD_DB_DIRECT_URL");
      FrontDesk both = desk.with(Map.of("OPD_DB_DIRECT_URL", direct()));
      assertThat(both.give("db", "migrate").exit()).isZero();
      assertThat(both.give("simulate", "--day", "--patients", "5").exit()).isZero();
      assertThat(both.give("db", "backup", folder.resolve("copy").toString()).exit()).isZero();
    }
  }

  @Test
  void aFollowerAsksAtIntervalsOrListensPastThePooler() throws Exception {
    try (PgBouncer pooler = pooler(Map.of());
        ExecutorService threads = Executors.newCachedThreadPool()) {
      FrontDesk desk = clinic(pooler);
      FrontDesk both = desk.with(Map.of("OPD_DB_DIRECT_URL", direct()));
      String[] follow = "audit --follow --since 2020-01-01T00:00Z --limit 12".split(" ");
      Future<FrontDesk.Printed> asking = threads.submit(() -> desk.give(follow));
      Future<FrontDesk.Printed> listening = threads.submit(() -> both.give(follow));
      for (int patient = 1; !asking.isDone() || !listening.isDone(); patient++) {
        desk.give(allocate(patient));
      }
      assertThat(asking.get().out().lines()).hasSize(12);
      assertThat(asking.get().err()).contains("once a second: a pooler stands before the server");
      assertThat(listening.get().out()).isEqualTo(asking.get().out());
      assertThat(listening.get().err()).isEmpty();
    }
  }

  @Test
  void thePoolersOwnSentenceIsPassedOn() throws Exception {
    try (PgBouncer pooler = pooler(Map.of("default_pool_size", "1", "query_wait_timeout", "1"))) {
      FrontDesk desk = clinic(pooler);
      FrontDesk.Printed none =
          desk.with(Map.of("OPD_DB_URL", pooler.url("nowhere"))).give("queue", SLOT);
      assertThat(none.exit()).isEqualTo(8);
      assertThat(none.err()).contains("no such database");
      // Somebody keeps the only session of the server.
      try (var connection =
              DriverManager.getConnection(
                  pooler.url(), server.desk().user(), server.desk().password());
          var statement = connection.createStatement()) {
        connection.setAutoCommit(false);
        statement.execute("select 1");
        FrontDesk.Printed busy = desk.give("queue", SLOT, "--timeout", "4");
        assertThat(busy.exit()).isEqualTo(5);
        assertThat(busy.err()).contains("query_wait_timeout");
        connection.rollback();
      }
      assertThat(desk.give("queue", SLOT).exit()).isZero();
    }
  }
}
