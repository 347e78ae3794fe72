package opd.torture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import opd.domain.FacilityName;
import opd.domain.FacilityRole;
import opd.store.connection.DatabaseSettings;
import opd.store.schema.Removal;
import opd.store.schema.Schema;
import opd.testing.Prompt;
import opd.testing.TestServer;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A facility's schema is of one version, whole, or it is refused; whatever happens on the way.
@Order(17)
final class MigrationTest {
  private static final int NOT_SET_UP = 8;
  private static final int NOT_FOUND = 4;
  private static final Duration ENOUGH = Duration.ofSeconds(20);

  private final FacilityName facility =
      new FacilityName("m" + Long.toString(ThreadLocalRandom.current().nextLong(1L << 50), 36));
  private final DatabaseSettings administrator = TestServer.get().administrator(facility);
  private final FrontDesk desk =
      new FrontDesk(
          Map.of(
              "OPD_DB_URL", administrator.url(),
              "OPD_DB_USER", administrator.user(),
              "OPD_DB_PASSWORD", administrator.password(),
              "OPD_FACILITY", facility.value(),
              "OPD_ACTOR", "owner",
              "HOME", "/proc/nonexistent"));

  @TempDir private Path folder;

  @AfterEach
  void drop() {
    new Removal(administrator).dropIfThere();
  }

  @Test
  void anOlderSchemaIsRefusedUntilItIsUpgraded() throws Exception {
    upTo(4);
    FrontDesk.Printed refused = desk.give("doctor", "list");
    assertThat(refused.exit()).isEqualTo(NOT_SET_UP);
    assertThat(refused.err())
        .contains("SCHEMA_TOO_OLD", "opd --facility " + facility + " db migrate");

    assertThat(desk.must("db", "migrate")).contains("\"version\":" + Schema.VERSION);
    assertThat(desk.give("doctor", "list").exit()).isZero();
  }

  @Test
  void aNewerSchemaIsRefusedAndLeftAlone() throws Exception {
    desk.must("db", "migrate");
    try (Prompt prompt = prompt()) {
      prompt.run(noting("schema_version", Schema.VERSION + 1));
      List<String> before = schema();
      // What the newer one changed does not concern this program, but that may not undo it.
      assertThat(desk.give("doctor", "list").exit()).isZero();
      assertThat(desk.give("db", "migrate").err())
          .contains("SCHEMA_TOO_NEW", "upgrade this program");
      assertThat(schema()).isEqualTo(before);

      prompt.run(noting("oldest_program", Schema.VERSION + 1));
      for (String[] words : new String[][] {{"doctor", "list"}, {"db", "migrate"}}) {
        FrontDesk.Printed refused = desk.give(words);
        assertThat(refused.exit()).isEqualTo(NOT_SET_UP);
        assertThat(refused.err()).contains("SCHEMA_TOO_NEW", "upgrade this program");
      }
      assertThat(schema()).isEqualTo(before);
    }
  }

  @Test
  void aRunningConsoleGoesOnUntilTheSchemaAsksForANewerProgram() throws Exception {
    desk.must("db", "migrate");
    Morning.openSlots(desk, 8);
    try (Prompt prompt = prompt();
        RunningConsole console = new RunningConsole(Build.here(), desk)) {
      prompt.run(noting("schema_version", Schema.VERSION + 1));
      Wish wish = allocation("before");
      Told decided = console.tell(wish);
      assertThat(decided.exit()).as(decided.toString()).isZero();

      prompt.run(noting("oldest_program", Schema.VERSION + 1));
      Told refused = console.tell(allocation("after"));
      assertThat(refused.exit()).isEqualTo(NOT_SET_UP);
      assertThat(refused.err()).contains("SCHEMA_TOO_NEW", "upgrade this program");
      assertThat(prompt.number("select count(*) from request where id = 'after'")).isZero();

      prompt.run(noting("oldest_program", Schema.VERSION));
      assertThat(console.tell(wish).isReplayed()).isTrue();
    }
  }

  private static Wish allocation(String id) {
    return new Wish(id, Morning.allocate(new Random(1)), ENOUGH);
  }

  @Test
  void desksGoOnWhileTheGuardsAreMadeAnew() throws Exception {
    desk.must("db", "migrate");
    Morning.openSlots(desk, 8);
    try (Prompt prompt = prompt()) {
      List<Told> all =
          new DesksAtWork(_ -> desk, DesksAtWork.DESKS, 5, ENOUGH)
              .work(
                  "meanwhile",
                  1,
                  () -> {
                    makeGuardsAnew(prompt);
                    return false;
                  });
      assertThat(all)
          .allSatisfy(told ->
              assertThat(told.isDecided() || told.exit() == NOT_FOUND)
                  .as(told.toString())
                  .isTrue());
    }
  }

  @Test
  void guardsAreMadeAnewWhileSomebodyReads() throws Exception {
    desk.must("db", "migrate");
    try (Prompt prompt = prompt();
        Connection reading = connect();
        Statement statement = reading.createStatement()) {
      reading.setAutoCommit(false);
      statement.execute(
          "select from %1$s.facility, %1$s.doctor, %1$s.patient, %1$s.slot, %1$s.token"
              .formatted(facility.schema()));
      makeGuardsAnew(prompt);
    }
  }

  private void makeGuardsAnew(Prompt prompt) throws SQLException {
    prompt.run(
        "create or replace function decision_time(clock text) returns timestamptz language sql"
            + " stable return now()");
    assertThat(desk.must("db", "migrate")).contains("\"applied\":1");
  }

  private static String noting(String function, int version) {
    return "create or replace function %s() returns integer language sql immutable return %d"
        .formatted(function, version);
  }

  @Test
  void aFacilityOfAnUnreleasedBuildIsToldHowItIsThrownAway() throws Exception {
    upTo(6);
    try (Prompt prompt = prompt()) {
      prompt.run("update flyway_schema_history set checksum = checksum + 1 where version = '5'");
      FrontDesk.Printed refused = desk.give("db", "migrate");
      assertThat(refused.exit()).isEqualTo(NOT_SET_UP);
      assertThat(refused.err())
          .contains("SCHEMA_TOO_OLD", "DROP SCHEMA opd_" + facility + " CASCADE");

      prompt.run("drop schema opd_" + facility + " cascade");
      desk.must("db", "migrate");
    }
    assertWhole();
  }

  @Test
  void migrationsAtTheSameMomentDoTheWorkOnce() throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
      List<Future<String>> migrations = new ArrayList<>();
      for (int number = 0; number < 3; number++) {
        migrations.add(threads.submit(() -> desk.must("db", "migrate")));
      }
      List<String> done = new ArrayList<>();
      for (Future<String> migration : migrations) {
        done.add(migration.get());
      }
      assertThat(done).filteredOn(text -> text.contains("\"applied\":0")).hasSize(2);
    }
    assertWhole();
  }

  @Test
  void aMigrationThatIsKilledIsCompletedByTheNext() throws Exception {
    for (int version : new int[] {1, 3, 5}) {
      Process migration = OtherProcess.start(desk, folder, List.of("db", "migrate"));
      try (Prompt prompt = prompt()) {
        OtherProcess.killWhen(migration, () -> appliedVersion(prompt) >= version);
      }
      FrontDesk.Printed meanwhile = desk.give("doctor", "list");
      assertThat(meanwhile.exit()).as(meanwhile.err()).isIn(0, NOT_FOUND, NOT_SET_UP);
    }
    desk.must("db", "migrate");
    assertWhole();
  }

  private static long appliedVersion(Prompt prompt) throws SQLException {
    return prompt.number("select count(to_regclass('flyway_schema_history'))") == 0
        ? 0
        : prompt.number("select coalesce(max(version::int), 0) from flyway_schema_history");
  }

  /// As a facility that was made without any trouble.
  private void assertWhole() throws SQLException {
    List<String> schema = schema();
    assertThat(desk.give("doctor", "list").exit()).isZero();
    drop();
    desk.must("db", "migrate");
    assertThat(schema).isEqualTo(schema());
  }

  /// Every table, constraint, index, trigger and function.
  private List<String> schema() throws SQLException {
    try (Prompt prompt = prompt()) {
      return prompt.column(
          """
          select 'table ' || relname || ' ' || relkind::text from pg_class
            where relnamespace = current_schema::regnamespace
          union all select 'constraint ' || conname || ' ' || pg_get_constraintdef(oid)
            from pg_constraint where connamespace = current_schema::regnamespace
          union all select 'trigger ' || tgname || ' ' || tgenabled::text
            from pg_trigger join pg_class c on c.oid = tgrelid
            where relnamespace = current_schema::regnamespace and not tgisinternal
          union all select 'function ' || proname || ' ' || md5(prosrc) from pg_proc
            where pronamespace = current_schema::regnamespace
          union all select 'version ' || coalesce(version, script) || ' ' || success
            from flyway_schema_history
          order by 1\
          """);
    }
  }

  private Prompt prompt() throws SQLException {
    Prompt prompt = new Prompt(connect());
    prompt.run("set search_path = " + facility.schema() + ", public");
    return prompt;
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(
        administrator.url(), administrator.user(), administrator.password());
  }

  /// The facility as an older program would have made it.
  private void upTo(int version) throws IOException {
    desk.must("db", "migrate");
    new Removal(administrator).dropIfThere();
    // Not by a target, which leaves out no repeatable migration: the guards need every table.
    Path scripts = Files.createTempDirectory(folder, "migrations");
    try (Stream<Path> all = Files.list(Path.of("db", "migration"))) {
      for (Path script : all.toList()) {
        String name = script.getFileName().toString();
        int needed = name.startsWith("R") ? 6 : name.charAt(1) - '0';
        if (needed <= version) {
          Files.copy(script, scripts.resolve(name));
        }
      }
    }
    Flyway.configure()
        .dataSource(administrator.url(), administrator.user(), administrator.password())
        .schemas(facility.schema())
        .locations("filesystem:" + scripts)
        .loggers("slf4j")
        .placeholders(Map.of("desk_role", facility.role(FacilityRole.DESK)))
        .load()
        .migrate();
  }
}
