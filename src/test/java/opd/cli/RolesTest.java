package opd.cli;

import static opd.cli.CommandLineFixture.SLOT;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import opd.domain.FacilityRole;
import opd.testing.Prompt;
import opd.testing.TestFacility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Logs in as each of a facility's roles, does that role's work, and tries what is not.
final class RolesTest {
  private static final String REFUSED = "42501";
  private static final String OTHER_SLOT = "RAO-20300107-1000";

  @TempDir Path folder;
  private CommandLineFixture line;

  @BeforeEach
  void setUpRoles() {
    line = new CommandLineFixture();
    as(line.facility().administrator().user(), line.facility().administrator().password());
    for (FacilityRole role : FacilityRole.values()) {
      line.with("OPD_" + role + "_PASSWORD", password(role));
    }
    CommandLineFixture.Result roles = line.json("db", "roles");
    assertThat(roles.exit()).as(roles.err()).isZero();
    assertThat(roles.jsonLines())
        .allMatch(role -> role.path("login").asBoolean())
        .extracting(role -> role.path("role").asText())
        .containsExactly(
            name(FacilityRole.OWNER),
            name(FacilityRole.DESK),
            name(FacilityRole.ROOM),
            name(FacilityRole.AUDITOR));
  }

  @AfterEach
  void close() {
    line.close();
  }

  private void as(String user, String password) {
    line.with("OPD_DB_USER", user).with("OPD_DB_PASSWORD", password);
  }

  private void as(FacilityRole role) {
    as(name(role), password(role));
  }

  private String name(FacilityRole role) {
    return line.facility().name().role(role);
  }

  private static String password(FacilityRole role) {
    return "of the " + role;
  }

  private void done(String command) {
    CommandLineFixture.Result result = line.run(command.split(" ", -1));
    assertThat(result.exit()).as(command + ": " + result.err()).isZero();
  }

  private void denied(String command) {
    CommandLineFixture.Result result = line.json(command.split(" ", -1));
    assertThat(result.exit()).as(command + ": " + result.out()).isEqualTo(8);
    assertThat(result.error().path("code").asText()).as(command).isEqualTo("ACCESS_DENIED");
    assertThat(result.error().path("hint").asText()).as(command).isNotEmpty();
  }

  /// Two slots of Dr. Rao, one token in the first.
  private void aDay() {
    line.withSlot(2);
    done("slot open --doctor RAO --start 2030-01-07T10:00Z --minutes 60 --capacity 2");
    assertThat(line.allocate(1, "follow-up").exit()).isZero();
  }

  @Test
  void aDeskDoesAllOfADesksWork() throws IOException {
    as(FacilityRole.DESK);
    aDay();
    Path list = folder.resolve("list.csv");
    Files.writeString(
        list,
        "slot,phone,name,priority,source\n%s,9876543202,Bala Iyer,FOLLOW_UP,APP\n".formatted(SLOT));
    List.of(
            "allocate --from " + list,
            "allocate --slot %s --phone 9876543203 --name Dev --priority emergency --source staff"
                .formatted(SLOT),
            "reallocate " + SLOT + "-02",
            "cancel " + SLOT + "-01 --reason ill",
            "allocate --slot %s --phone 9876543201 --priority paid --source app --dry-run"
                .formatted(SLOT),
            "allocate --slot %s --phone 9876543201 --priority paid --source app".formatted(SLOT),
            "complete " + SLOT + "-03",
            "no-show " + SLOT + "-04",
            "queue --all " + SLOT,
            "slip " + OTHER_SLOT + "-01",
            "patient add --phone 9876543209 --name Esha",
            "patient change --phone 9876543209 --name Eshana",
            "patient find Esha",
            "patient show 9876543209",
            "slot list --all",
            "slot show " + SLOT,
            "slot delay %s --minutes 20".formatted(SLOT),
            "slot cancel %s --reason ill --move".formatted(OTHER_SLOT),
            "slot complete " + SLOT,
            "doctor list",
            "doctor show RAO",
            "doctor deactivate RAO",
            "doctor activate RAO",
            "audit",
            "audit --patient 9876543201",
            "audit explain " + SLOT + "-01",
            "audit verify",
            "audit seal",
            "db status")
        .forEach(this::done);
  }

  @Test
  void aDeskNeitherMigratesNorSetsUpRoles() {
    as(FacilityRole.DESK);
    denied("db migrate");
    denied("db roles");
  }

  @Test
  void anAuditorReadsTheLogAndTheSlotsAndVerifiesAllOfIt() {
    aDay();
    as(FacilityRole.AUDITOR);
    List.of(
            "audit",
            "audit --slot " + SLOT,
            "audit --token " + SLOT + "-01",
            "audit --doctor RAO",
            "audit explain " + SLOT + "-01",
            "audit verify",
            "audit verify --slot " + SLOT,
            "audit seal",
            "report --from 2030-01-07",
            "report --from 2030-01-07 --by doctor --publish",
            "slot list --all",
            "slot show " + SLOT,
            "doctor list",
            "doctor show RAO",
            "db status")
        .forEach(this::done);
  }

  @Test
  void anAuditorSeesNoPatientAndChangesNothing() {
    aDay();
    as(FacilityRole.AUDITOR);
    List.of(
            "queue " + SLOT,
            "slip " + SLOT + "-01",
            "patient find Patient",
            "patient show 9876543201",
            "patient add --phone 9876543209 --name Esha",
            "audit --patient 9876543201",
            "allocate --slot %s --phone 9876543201 --priority paid --source app".formatted(SLOT),
            "cancel " + SLOT + "-01",
            "no-show " + SLOT + "-01",
            "complete " + SLOT + "-01",
            "slot delay %s --minutes 20".formatted(SLOT),
            "slot cancel %s --reason ill".formatted(SLOT),
            "doctor add BOSE --name Bose",
            "doctor deactivate RAO",
            "db migrate",
            "db roles")
        .forEach(this::denied);
  }

  @Test
  void anAuditorFindsAPatientWhoseNameWasChangedPastTheProgram() throws SQLException {
    aDay();
    try (Prompt superuser = Prompt.asSuperuser(line.facility())) {
      superuser.run(
          "set local session_replication_role = replica",
          "update patient set name = 'Somebody Else'");
    }
    as(FacilityRole.AUDITOR);
    CommandLineFixture.Result verified = line.json("audit", "verify");
    assertThat(verified.exit()).isEqualTo(7);
    assertThat(verified.out()).contains("\"ok\":false").doesNotContain("Somebody");
  }

  /// Every table that an auditor can read, as text.
  @Test
  void nothingThatAnAuditorCanReadHoldsANameOrAPhoneNumber() throws SQLException {
    aDay();
    line.run(
        "patient",
        "change",
        "--phone",
        "9876543201",
        "--name",
        "Zenobia",
        "--new-phone",
        "9811111111");
    try (Prompt auditor = prompt(FacilityRole.AUDITOR)) {
      for (String table :
          List.of(
              "doctor",
              "slot",
              "slot_count",
              "token",
              "request",
              "audit_entry",
              "patient_identity")) {
        assertThat(auditor.column("select t::text from %s t".formatted(table)))
            .as(table)
            .isNotEmpty()
            .noneMatch(row -> row.matches("(?s).*(98765432|9811111111|Zenobia|Patient 1).*"));
      }
      assertThat(auditor.column("select phone_key from find_facility()")).containsOnlyNulls();
    }
  }

  @Test
  void theOwnerMigratesAndDoesNotSetUpRoles() {
    as(FacilityRole.OWNER);
    done("db migrate");
    denied("db roles");
  }

  @Test
  void theOwnersMigrationLeavesTheDeskAndTheAuditorAtWork() {
    as(FacilityRole.OWNER);
    done("db migrate");
    as(FacilityRole.DESK);
    aDay();
    as(FacilityRole.AUDITOR);
    done("audit verify");
  }

  @Test
  void anAdministratorWhoIsNoSuperuserSetsUpRolesAndMigratesAgain() throws SQLException {
    String administrator = line.facility().name().schema() + "_admin";
    try (Prompt superuser = Prompt.asSuperuser(line.facility());
        CommandLineFixture other = new CommandLineFixture(TestFacility.create())) {
      superuser.run(
          "create role %s login createrole password 'secret'".formatted(administrator),
          "grant create on database opd to " + administrator);
      String name = "a" + line.facility().name().value();
      other
          .with("OPD_FACILITY", name)
          .with("OPD_DB_USER", administrator)
          .with("OPD_DB_PASSWORD", "secret");
      for (String command : List.of("db migrate", "db roles", "db roles", "db migrate")) {
        CommandLineFixture.Result result = other.run(command.split(" ", -1));
        assertThat(result.exit()).as(command + ": " + result.err()).isZero();
      }
      superuser.run(
          "drop schema opd_%s cascade".formatted(name),
          "drop role opd_%1$s_desk, opd_%1$s_room, opd_%1$s_auditor, opd_%1$s_owner"
              .formatted(name),
          "revoke create on database opd from " + administrator,
          "drop role " + administrator);
    }
  }

  @TestFactory
  Stream<DynamicTest> eachRoleIsRefusedBySqlWhatIsNotItsWork() {
    String forEverybody =
        """
        create schema mine
        create table public.mine (x integer)
        create role mine
        alter role %desk superuser
        alter role %auditor createrole
        alter role %administrator password 'mine'
        set role %administrator
        grant %owner to %desk
        create extension dblink
        set log_statement = 'all'
        copy (select 1) to '/tmp/mine'
        select pg_read_file('postgresql.conf')
        """;
    String forDeskAndAuditor =
        """
        delete from token
        truncate token
        delete from audit_entry
        update audit_entry set actor = 'mine'
        insert into audit_entry (at) values (now())
        update request set outcome = '{}'
        delete from request
        delete from patient
        alter table audit_entry disable trigger all
        alter table token add column mine integer
        drop table token cascade
        drop view patient_identity
        create table mine (x integer)
        create index mine on token (id)
        update flyway_schema_history set version = '1'
        """;
    String forTheAuditor =
        """
        select name from patient
        select phone from patient
        select salt from patient
        select count(*) from patient
        select phone_key from facility
        insert into token (slot_id, patient_id, priority, source) values (1, 1, 'PAID', 'APP')
        update token set status = 'CANCELLED'
        update slot set delay_minutes = 5
        insert into doctor (code, name) values ('MINE', 'Mine')
        insert into patient (phone, name, salt) values ('+9198765', 'Mine', '')
        delete from patient_identity
        lock table token in share mode
        """;
    return Stream.of(
            refusals(FacilityRole.OWNER, forEverybody),
            refusals(FacilityRole.DESK, forEverybody + forDeskAndAuditor),
            refusals(FacilityRole.ROOM, forEverybody + forDeskAndAuditor),
            refusals(FacilityRole.AUDITOR, forEverybody + forDeskAndAuditor + forTheAuditor))
        .flatMap(tests -> tests);
  }

  private Stream<DynamicTest> refusals(FacilityRole role, String statements) {
    return statements
        .lines()
        .map(statement ->
            DynamicTest.dynamicTest(
                role + ": " + statement,
                () -> {
                  try (Prompt prompt = prompt(role)) {
                    assertThat(prompt.refusal(named(statement))).isEqualTo(REFUSED);
                  }
                }));
  }

  private String named(String statement) {
    return statement
        .replace("%owner", name(FacilityRole.OWNER))
        .replace("%desk", name(FacilityRole.DESK))
        .replace("%auditor", name(FacilityRole.AUDITOR))
        .replace("%administrator", line.facility().administrator().user());
  }

  @Test
  void noRoleReadsAnotherFacility() throws SQLException {
    try (TestFacility other = TestFacility.create()) {
      for (FacilityRole role : FacilityRole.values()) {
        try (Prompt prompt = prompt(role)) {
          for (String table : List.of("patient", "audit_entry", "slot", "facility")) {
            assertThat(
                    prompt.refusal("select * from %s.%s".formatted(other.name().schema(), table)))
                .as(role + " " + table)
                .isEqualTo(REFUSED);
          }
        }
        as(role);
        line.with("OPD_FACILITY", other.name().value());
        denied("slot list --all");
        denied("db migrate");
        line.with("OPD_FACILITY", line.facility().name().value());
      }
    }
  }

  private Prompt prompt(FacilityRole role) throws SQLException {
    Connection connection =
        DriverManager.getConnection(
            line.facility().administrator().url(), name(role), password(role));
    Prompt prompt = new Prompt(connection);
    prompt.run("set search_path = %s, public".formatted(line.facility().name().schema()));
    return prompt;
  }
}
