package opd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import opd.domain.FacilityRole;
import opd.store.schema.Administration;
import opd.testing.Await;
import opd.testing.OwnDatabase;
import opd.testing.Prompt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A facility as a whole: where it lies, its name, its end.
final class FacilityCommandsTest {
  private static final int STOPPED = 143;

  private CommandLineFixture line;
  private String name;

  @BeforeEach
  void asAdministrator(@TempDir Path home) {
    line = new CommandLineFixture().with("OPD_HOME", home.toString()).withSlot(1);
    line.allocate(1, "paid");
    var administrator = line.facility().administrator();
    line.with("OPD_DB_USER", administrator.user())
        .with("OPD_DB_PASSWORD", administrator.password());
    name = line.facility().name().value();
  }

  @AfterEach
  void close() {
    line.close();
  }

  @Test
  void aFacilityOfAnotherNameIsAsItWasAndTheOldNameLeadsNowhere() {
    String other = name.replace("t", "r");
    assertThat(line.run("db", "rename", name, "--to", other).exit()).isZero();
    assertThat(line.json("queue").error().path("code").asText()).isEqualTo("FACILITY_NOT_FOUND");
    line.with("OPD_FACILITY", other)
        .with("OPD_DB_USER", line.facility().deskSettings().user())
        .with("OPD_DB_PASSWORD", line.facility().deskSettings().password());
    assertThat(line.allocate(2, "emergency").exit()).isZero();
    assertThat(line.run("audit", "verify").exit()).isZero();
    assertThat(line.json("db", "status").json().path("guards").asText()).isEqualTo("unaltered");

    var administrator = line.facility().administrator();
    line.with("OPD_DB_USER", administrator.user())
        .with("OPD_DB_PASSWORD", administrator.password());
    assertThat(line.run("db", "rename", other, "--to", other).exit()).isEqualTo(2);
    assertThat(line.run("db", "rename", other, "--to", name).exit()).isZero();
  }

  @Test
  void aFacilityIsThrownAwayOnlyByItsName() {
    assertThat(line.json("db", "drop", name).error().path("code").asText()).isEqualTo("USAGE");
    assertThat(line.run("db", "drop", name, "--confirm", "main").exit()).isEqualTo(2);
    assertThat(line.runAnswering("no\n", "db", "drop", name).exit()).isEqualTo(2);
    assertThat(line.run("queue", CommandLineFixture.SLOT).exit()).isZero();
    assertThat(line.runAnswering(name + "\n", "db", "drop", name).exit()).isZero();
    assertThat(line.run("queue").exit()).isEqualTo(4);
    assertThat(line.run("db", "drop", name, "--confirm", name).exit()).isEqualTo(4);
  }

  @Test
  void everyCommandObeysTheFileOfFacilities(@TempDir Path settings) throws IOException {
    Path file = Files.createDirectories(settings.resolve("opd")).resolve("facilities");
    Files.writeString(
        file,
        "# ours\n%s %s\nelsewhere postgresql://127.0.0.1:1/opd\n"
            .formatted(name, line.environment().get("OPD_DB_URL")));
    String url = line.environment().remove("OPD_DB_URL");
    line.with("XDG_CONFIG_HOME", settings.toString());
    line.with("OPD_DB_DIRECT_URL", "postgresql://beside.the.pooler.example/opd");
    assertThat(line.run("config").out()).doesNotContain("beside.the.pooler");
    var where = OutputSchema.checked("where", line.json("db", "where", name).json());
    assertThat(where.path("database").asText()).isEqualTo(url);
    assertThat(where.path("origin").asText()).isEqualTo(file.toString());
    assertThat(line.run("queue", CommandLineFixture.SLOT).exit()).isZero();
    line.with("OPD_TIMEOUT", "1").with("OPD_FACILITY", "elsewhere");
    assertThat(line.run("queue").exit()).isEqualTo(5);
    var all = line.json("db", "status", "--all");
    assertThat(all.jsonLines().stream().filter(each -> each.path("facility").asText().equals(name)))
        .allMatch(each -> each.path("outcome").asText().equals("OK"))
        .hasSize(1);
    assertThat(
            all.jsonLines().stream()
                .filter(each -> each.path("facility").asText().equals("elsewhere")))
        .allMatch(each -> each.path("code").asText().equals("DATABASE_UNAVAILABLE"))
        .hasSize(1);

    Files.writeString(file, "clinic_2 postgresql://a:secret@127.0.0.1/opd\n");
    var leaky = line.json("db", "where", "clinic_2");
    assertThat(leaky.exit()).isEqualTo(2);
    assertThat(leaky.err()).doesNotContain("secret");
  }

  @Test
  void aFacilityThatWasMovedGoesOnThereAndIsClosedHereWithANote() throws Exception {
    try (OwnDatabase target = new OwnDatabase("")) {
      String there = target.administrator().url();
      line.allocate(2, "emergency");
      // The way past a pooler is that of the database here.
      line.with("OPD_DB_DIRECT_URL", line.environment().get("OPD_DB_URL"));
      var moved = line.json("db", "move", name, "--to", there);
      assertThat(moved.exit()).as(moved.err()).isZero();
      assertThat(OutputSchema.checked("facility-line", moved.json()).path("outcome").asText())
          .isEqualTo("MOVED");
      var closed = line.json("queue", CommandLineFixture.SLOT);
      assertThat(closed.exit()).isEqualTo(4);
      assertThat(closed.error().path("message").asText())
          .contains("was moved to " + target.administrator().place());

      line.with("OPD_DB_URL", there).with("OPD_DB_DIRECT_URL", there);
      // The request was decided before the move.
      assertThat(line.allocate(2, "emergency", "-o", "json").json().path("replayed").asBoolean())
          .isTrue();
      assertThat(line.allocate(3, "emergency").exit()).isZero();
      assertThat(line.run("audit", "verify").exit()).isZero();
      assertThat(line.run("db", "drop", name, "--confirm", name).exit()).isZero();
    } finally {
      try (Prompt prompt = Prompt.asSuperuser(line.facility())) {
        prompt.run("drop schema if exists moved_opd_" + name + " cascade");
      }
    }
  }

  /// Another facility of the name is there already.
  @Test
  void aMoveThatFailsLeavesTheFacilityAsItWas() throws Exception {
    try (OwnDatabase target = new OwnDatabase("");
        Prompt prompt = target.prompt()) {
      prompt.run("create schema opd_" + name);
      var failed = line.json("db", "move", name, "--to", target.administrator().url());
      assertThat(failed.exit()).isEqualTo(2);
      assertThat(line.allocate(2, "emergency").exit()).isZero();
    }
  }

  @Test
  void aLogThatIsNotWholeIsNotMovedAndTheRolesThatWereThereBeforeStay() throws Exception {
    String auditor = line.facility().name().role(FacilityRole.AUDITOR);
    line.facility().spoil();
    try (OwnDatabase target = new OwnDatabase("");
        Prompt there = target.prompt();
        Prompt here = Prompt.asSuperuser(line.facility())) {
      here.run(
          "set local session_replication_role = replica",
          "update audit_entry set actor = 'x' where kind = 'SLOT_OPENED'");
      there.run("create role " + auditor);
      assertThat(line.json("db", "move", name, "--to", target.administrator().url()).exit())
          .isEqualTo(7);
      assertThat(copies(there)).isEmpty();
      there.run("comment on role " + auditor + " is 'still there'");
    }
  }

  /// As a firewall does with one that says nothing while the facility is copied.
  @Test
  void aMoveWhoseConnectionHereWasCutLeavesNoCopyThere() throws Exception {
    line.facility().spoil();
    try (OwnDatabase target = new OwnDatabase("");
        Prompt there = target.prompt();
        Prompt here = Prompt.asSuperuser(line.facility())) {
      holdUp(there);
      String[] command = {"db", "move", name, "--to", target.administrator().url()};
      var move =
          CompletableFuture.supplyAsync(
              () -> line.with("OPD_TIMEOUT", "60").json(command), Thread::startVirtualThread);
      awaitCopying(there);
      here.run(
          "select pg_terminate_backend(pid, 60000) from pg_locks where mode = 'ShareLock'"
              + " and relation = 'token'::regclass");
      there.rollback();
      assertThat(move.join().exit()).as(move.join().err()).isEqualTo(5);
      assertThat(copies(there)).isEmpty();
      assertThat(line.allocate(2, "emergency").exit()).isZero();
    }
  }

  @Test
  void aMoveThatIsStoppedLeavesNoNamesInTheFolderForTemporaryFiles(@TempDir Path temporary)
      throws Exception {
    try (OwnDatabase target = new OwnDatabase("");
        Prompt there = target.prompt()) {
      holdUp(there);
      ProcessBuilder move =
          CommandLineFixture.program(
              List.of("-Djava.io.tmpdir=" + temporary),
              "db",
              "move",
              name,
              "--to",
              target.administrator().url());
      move.environment().putAll(line.with("OPD_TIMEOUT", "60").environment());
      Process process =
          move.redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      awaitCopying(there);
      assertThat(temporary).isNotEmptyDirectory();
      process.destroy();
      assertThat(process.waitFor()).isEqualTo(STOPPED);
      assertThat(temporary).isEmptyDirectory();
    }
  }

  /// Lets a move come as far as the tables of the copy, until the transaction ends.
  private void holdUp(Prompt there) throws SQLException {
    long lock = Administration.lock(line.facility().name());
    there.begin("select pg_advisory_xact_lock(" + lock + ")");
  }

  private static void awaitCopying(Prompt there) throws Exception {
    String waiting =
        "select count(*) from pg_locks where locktype = 'advisory' and not granted"
            + " and database = (select oid from pg_database where datname = current_database())";
    Await.until("the tables are to be made", Await.PATIENCE, () -> there.number(waiting) > 0);
  }

  private List<String> copies(Prompt there) throws SQLException {
    return there.column(
        "select nspname from pg_namespace where nspname = '%s'"
            .formatted(line.facility().name().schema()));
  }
}
