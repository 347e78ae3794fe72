package opd.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import opd.backup.Restore;
import opd.domain.Days;
import opd.domain.FacilityName;
import opd.domain.FacilityRole;
import opd.report.Settled;
import opd.service.FacilityServices;
import opd.store.connection.DatabaseSettings;
import opd.store.schema.Migrations;
import opd.store.schema.Removal;
import opd.testing.ClassFacility;
import opd.testing.Prompt;
import opd.testing.TestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.util.PSQLException;

/// `opd db backup` and `opd db restore` on a facility with every kind of token.
@Order(16)
final class BackupTest {
  @AutoClose private static final ClassFacility facility = new ClassFacility();

  @TempDir Path folder;
  private CommandLineFixture fixture;
  private FacilityName copy;
  private Path file;

  @BeforeEach
  void aBusyFacility() {
    fixture = new CommandLineFixture(facility.anew()).withSlot(2);
    var owner = fixture.facility().administrator();
    fixture.with("OPD_DB_USER", owner.user()).with("OPD_DB_PASSWORD", owner.password());
    copy = new FacilityName(fixture.facility().name().value() + "_r");
    file = folder.resolve("a.backup");
    fixture.allocate(1, "follow-up");
    fixture.allocate(2, "paid");
    fixture.allocate(3, "follow-up");
    fixture.allocate(4, "emergency");
    fixture.run("cancel", CommandLineFixture.SLOT + "-02", "--reason", "a \"tab\"\\ or two");
    fixture.run("reallocate", CommandLineFixture.SLOT + "-01");
    fixture.run("patient", "change", "--phone", "9876543204", "--name", "आशा");
  }

  @AfterEach
  void dropBoth() {
    fixture.close();
    new Removal(TestServer.get().administrator(copy)).dropIfThere();
  }

  private CommandLineFixture.Result backup() {
    return fixture.json("db", "backup", file.toString());
  }

  private CommandLineFixture.Result restore() {
    return fixture.json("db", "restore", file.toString(), "--facility", copy.value());
  }

  private CommandLineFixture.Result inCopy(String... command) {
    String[] all = Arrays.copyOf(command, command.length + 2);
    all[command.length] = "--facility";
    all[command.length + 1] = copy.value();
    return fixture.json(all);
  }

  private boolean copyExists() throws SQLException {
    try (Connection connection = fixture.facility().connectAsSuperuser();
        var rows =
            connection
                .createStatement()
                .executeQuery(
                    "select 1 from pg_namespace where nspname = '" + copy.schema() + "'")) {
      return rows.next();
    }
  }

  private void inDatabase(String statement) throws SQLException {
    try (Connection connection = fixture.facility().connectAsSuperuser()) {
      connection.createStatement().execute(statement);
    }
  }

  @Test
  void theCopyIsTheOriginalToTheLastHash() {
    JsonNode written = backup().json();
    JsonNode restored = restore().json();
    assertThat(restored.path("whole").asBoolean()).isTrue();
    assertThat(restored.path("tokens").asInt())
        .isEqualTo(3)
        .isEqualTo(written.path("tokens").asInt());
    assertThat(inCopy("audit", "seal").json().path("digest"))
        .isEqualTo(fixture.json("audit", "seal").json().path("digest"));
    for (String[] command :
        new String[][] {
          {"queue", CommandLineFixture.SLOT, "--all"}, {"patient", "find", "a"}, {"audit"}
        }) {
      assertThat(inCopy(command).out()).isEqualTo(fixture.json(command).out());
    }
  }

  @Test
  void theCopyWorksOnAndItsGuardsAreAwake() throws SQLException {
    backup();
    restore();
    String[] next = {
      "allocate",
      "--slot",
      CommandLineFixture.SLOT,
      "--phone",
      "9876543299",
      "--name",
      "New",
      "--priority",
      "emergency",
      "--source",
      "staff",
      "--request-id",
      "next"
    };
    JsonNode there = inCopy(next).json();
    JsonNode here = fixture.json(next).json();
    assertThat(there.at("/token/label")).isEqualTo(here.at("/token/label"));
    assertThat(there.at("/token/id")).isEqualTo(here.at("/token/id"));
    assertThat(there.at("/displaced/label")).isEqualTo(here.at("/displaced/label"));
    assertThat(inCopy("audit", "verify").json().path("ok").asBoolean()).isTrue();
    assertThat(refuses("delete from token")).contains("token_is_kept");
    assertThat(refuses("update audit_entry set actor = 'x'")).contains("audit_is_append_only");
    assertThat(refuses("update token set status = 'NO_SHOW' where status = 'CANCELLED'"))
        .contains("token_transition_is_legal");
  }

  @Test
  void aReportOfTheOriginalIsWhatTheCopyTells() throws Exception {
    Path report = folder.resolve("report.json");
    try (FacilityServices desk = fixture.facility().desk()) {
      Settled.await(desk, Days.of(LocalDate.of(2030, 1, 7)));
    }
    Files.writeString(report, fixture.json("report", "--from", "2030-01-07").out());
    backup();
    restore();
    inCopy("undo", CommandLineFixture.SLOT + "-02", "--reason", "a mistake");
    var same = inCopy("report", "--check", report.toString());
    assertThat(same.exit()).as("decided later: " + same.out() + same.err()).isZero();
    assertThat(same.json().path("renumbered").asBoolean()).isTrue();
    inDatabase(
        "set session_replication_role = replica; update %s.audit_entry set kind = 'TOKEN_NO_SHOW' where kind = 'TOKEN_CANCELLED'"
            .formatted(copy.schema()));
    var changed = inCopy("report", "--check", report.toString());
    assertThat(changed.exit()).isEqualTo(7);
    assertThat(changed.json().path("differences").findValuesAsText("where"))
        .contains("all.cancelled", "all.noShow");
  }

  private String refuses(String statement) {
    try {
      inDatabase("set search_path = " + copy.schema() + ", public; " + statement);
      return "taken";
    } catch (SQLException e) {
      return e instanceof PSQLException postgres && postgres.getServerErrorMessage() != null
          ? String.valueOf(postgres.getServerErrorMessage().getConstraint())
          : String.valueOf(e.getMessage());
    }
  }

  @Test
  void theDatabaseOfTheCopyIsMadeAsByTheMigrations() throws SQLException {
    backup();
    restore();
    assertThat(shape(copy)).hasSizeGreaterThan(100).isEqualTo(shape(fixture.facility().name()));
  }

  /// Constraints, triggers, indexes and the numbers to come.
  private List<String> shape(FacilityName facility) throws SQLException {
    String query =
        """
        select conname || ' ' || pg_get_constraintdef(oid) || condeferrable::text || convalidated::text from pg_constraint
         where connamespace = 'SCHEMA'::regnamespace
        union all select tgname || tgenabled::text from pg_trigger t join pg_class c on c.oid = tgrelid
         where relnamespace = 'SCHEMA'::regnamespace and not tgisinternal
        union all select indexdef from pg_indexes where schemaname = 'SCHEMA'
        union all select sequencename || ' ' || last_value from pg_sequences where schemaname = 'SCHEMA'
        order by 1
        """
            .replace("SCHEMA", facility.schema());
    List<String> lines = new ArrayList<>();
    try (Connection connection = fixture.facility().connectAsSuperuser();
        var rows = connection.createStatement().executeQuery(query)) {
      while (rows.next()) {
        lines.add(rows.getString(1).replace(facility.schema() + ".", ""));
      }
    }
    return lines;
  }

  @Test
  void onlyTheOwnerCanReadTheFile() throws IOException {
    backup();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(folder).isDirectoryContaining(path -> path.equals(file));
  }

  @Test
  void nothingThatExistsIsTouched() throws IOException {
    backup();
    byte[] before = Files.readAllBytes(file);
    assertThat(backup().error().path("message").asText()).contains("exists already");
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
    restore();
    var again = restore();
    assertThat(again.exit()).isEqualTo(2);
    assertThat(again.error().path("message").asText()).contains("exists already");
    assertThat(inCopy("audit", "verify").exit()).isZero();
  }

  @Test
  void aFileThatIsCutOffAnywhereIsRefused() throws Exception {
    backup();
    byte[] whole = Files.readAllBytes(file);
    for (int part = 0; part < 20; part++) {
      Files.write(file, Arrays.copyOf(whole, whole.length * part / 20));
      assertThat(restore().exit()).as("part %d", part).isEqualTo(2);
      assertThat(copyExists()).isFalse();
    }
  }

  @Test
  void aFileWithAWrongByteIsRefusedOrRestoresTheSame() throws Exception {
    String seal = fixture.json("audit", "seal").json().path("digest").asText();
    backup();
    byte[] whole = Files.readAllBytes(file);
    int refused = 0;
    for (int place = 7; place < whole.length; place += whole.length / 12) {
      byte[] wrong = whole.clone();
      wrong[place] ^= 0x10;
      Files.write(file, wrong);
      var result = restore();
      if (result.exit() == 0) {
        // Such as a date in the archive's directory.
        assertThat(inCopy("audit", "seal").json().path("digest").asText()).isEqualTo(seal);
        new Removal(TestServer.get().administrator(copy)).dropIfThere();
      } else {
        assertThat(result.exit()).as(result.err()).isIn(2, 8);
        assertThat(copyExists()).isFalse();
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(6);
  }

  @Test
  void rowsThatSomebodyChangedAreRefusedAndNothingIsLeft() throws Exception {
    backup();
    rewrite("patient.copy", text -> text.replace("Patient 1", "Patient 7"));
    assertThat(restore().error().path("message").asText())
        .contains("not those that were backed up");
    assertThat(copyExists()).isFalse();
  }

  @Test
  void aBackupOfANewerProgramIsRefused() throws Exception {
    backup();
    ObjectMapper json = new ObjectMapper();
    rewrite(
        "manifest.json",
        text -> {
          try {
            return ((ObjectNode) json.readTree(text)).put("schemaVersion", 99).toString();
          } catch (IOException e) {
            throw new AssertionError(e);
          }
        });
    var result = restore();
    assertThat(result.exit()).isEqualTo(8);
    assertThat(result.error().path("code").asText()).isEqualTo("SCHEMA_TOO_NEW");
    assertThat(copyExists()).isFalse();
  }

  private void rewrite(String entry, UnaryOperator<String> change) throws IOException {
    Path changed = folder.resolve("changed");
    try (ZipFile from = new ZipFile(file.toFile());
        OutputStream out = Files.newOutputStream(changed);
        ZipOutputStream to = new ZipOutputStream(out)) {
      for (var each : Collections.list(from.entries())) {
        String text = new String(from.getInputStream(each).readAllBytes());
        to.putNextEntry(new ZipEntry(each.getName()));
        to.write((each.getName().equals(entry) ? change.apply(text) : text).getBytes());
      }
    }
    Files.move(changed, file, StandardCopyOption.REPLACE_EXISTING);
  }

  @Test
  void aRestoreThatWasBrokenOffIsBegunAnew() throws Exception {
    backup();
    inDatabase("create schema " + copy.schema());
    inDatabase("comment on schema " + copy.schema() + " is 'opd: a restore that has not ended'");
    inDatabase("create table " + copy.schema() + ".half (done boolean)");
    assertThat(restore().exit()).isZero();
    assertThat(inCopy("audit", "verify").exit()).isZero();
    assertThat(restore().exit()).as("complete now").isEqualTo(2);
  }

  @Test
  void untilTheLastIsDoneTheFacilityBearsTheMarkOfOneThatWasBrokenOff() throws Exception {
    backup();
    DatabaseSettings place = TestServer.get().administrator(copy);
    Restore restore = new Restore(place, Optional.empty());
    assertThatThrownBy(() ->
            restore.read(
                file,
                new Migrations(place)::makeTables,
                () -> {
                  assertThat(restore().error().path("code").asText()).isEqualTo("DATABASE_BUSY");
                  throw new CancellationException(mark());
                }))
        .isInstanceOf(CancellationException.class)
        .hasMessageStartingWith("opd: a restore that has not ended");
    assertThat(copyExists()).isFalse();
  }

  private String mark() {
    try (Prompt prompt = Prompt.asSuperuser(fixture.facility())) {
      return prompt.text(
          "select obj_description('%s'::regnamespace, 'pg_namespace')".formatted(copy.schema()));
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aDamagedRestoreDropsNoRoleThatWasThereBefore() throws Exception {
    backup();
    String role = copy.role(FacilityRole.AUDITOR);
    inDatabase("create role " + role);
    try {
      rewrite("patient.copy", text -> text + "this is no row");
      assertThat(restore().exit()).isEqualTo(2);
      assertThat(copyExists()).isFalse();
      inDatabase("comment on role " + role + " is 'still there'");
    } finally {
      inDatabase("drop role " + role);
    }
  }

  @Test
  void aLogThatWasNotWholeIsRestoredAsItIsAndSaid() throws Exception {
    inDatabase(
        "set session_replication_role = replica; update audit_entry set actor = 'x' where id = 3");
    backup();
    var result = restore();
    assertThat(result.exit()).isEqualTo(7);
    assertThat(result.jsonLines().getFirst().path("whole").asBoolean(true)).isFalse();
    assertThat(copyExists()).isTrue();
  }

  @Test
  void whatDesksDoMeanwhileIsInItAsAWholeOrNotAtAll() throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    CountDownLatch working = new CountDownLatch(5);
    Thread desk =
        Thread.ofVirtual()
            .start(() -> {
              for (int patient = 10; !done.get() && patient < 99; patient++) {
                fixture.allocate(patient, "emergency");
                working.countDown();
              }
            });
    working.await();
    for (int round = 0; round < 3; round++) {
      Files.deleteIfExists(file);
      assertThat(backup().exit()).isZero();
    }
    done.set(true);
    desk.join();
    assertThat(restore().exit()).isZero();
  }
}
