package opd.store.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import opd.domain.Actor;
import opd.domain.ClockSource;
import opd.domain.ErrorCode;
import opd.domain.FacilityRole;
import opd.domain.FacilitySettings;
import opd.domain.OpdException;
import opd.domain.PhoneKey;
import opd.store.connection.DatabaseSettings;
import opd.testing.Prompt;
import opd.testing.TestFacility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.Isolated;

/// What each of a facility's roles may do, to the last right, and that one too many is seen.
@Isolated("others make facilities meanwhile, which have their rights only when they are made")
final class RoleRightsTest {
  private static final FacilitySetup SETTINGS =
      FacilitySetup.of(
          new FacilitySettings("IN", ZoneId.of("UTC"), ClockSource.DATABASE),
          PhoneKey.random(),
          new Actor("test"));

  private static final List<String> OF_A_DESK =
      List.of(
          "EXECUTE patient_identities()",
          "INSERT own.audit_entry (kind, actor, request_id, doctor_code, slot_id, token_id, patient_id, rule, facts)",
          "INSERT own.doctor (code, name, specialization)",
          "INSERT own.patient (phone, member, name, salt)",
          "INSERT own.request (id, digest, kind, outcome)",
          "INSERT own.slot (doctor_code, starts_at, ends_at, capacity)",
          "INSERT own.token (slot_id, patient_id, priority, source, reallocated_from)",
          "SELECT own.audit_entry",
          "SELECT own.doctor",
          "SELECT own.facility",
          "SELECT own.flyway_schema_history",
          "SELECT own.patient",
          "SELECT own.patient_identity",
          "SELECT own.request",
          "SELECT own.serving",
          "SELECT own.slot",
          "SELECT own.slot_count",
          "SELECT own.token",
          "UPDATE own.doctor (name, specialization, active)",
          "UPDATE own.patient (phone, member, name, salt)",
          "UPDATE own.slot (ends_at, capacity, status, delay_minutes)",
          "UPDATE own.token (status)",
          "USAGE schema own");

  private static final List<String> OF_AN_AUDITOR =
      List.of(
          "EXECUTE patient_identities()",
          "SELECT own.audit_entry",
          "SELECT own.doctor",
          "SELECT own.facility (only_row, default_region, zone, clock, phone_key_digest, version)",
          "SELECT own.flyway_schema_history",
          "SELECT own.patient_identity",
          "SELECT own.request",
          "SELECT own.serving",
          "SELECT own.slot",
          "SELECT own.slot_count",
          "SELECT own.token",
          "USAGE schema own");

  private static final List<String> OF_A_ROOM =
      List.of(
          "INSERT own.audit_entry (kind, actor, request_id, doctor_code, slot_id, token_id, patient_id, rule, facts)",
          "INSERT own.request (id, digest, kind, outcome)",
          "SELECT own.audit_entry",
          "SELECT own.doctor",
          "SELECT own.facility (only_row, default_region, zone, clock, phone_key_digest, version)",
          "SELECT own.flyway_schema_history",
          "SELECT own.patient (id, member, name, version)",
          "SELECT own.request",
          "SELECT own.serving",
          "SELECT own.slot",
          "SELECT own.slot_count",
          "SELECT own.token",
          "UPDATE own.doctor (code)",
          "UPDATE own.slot (id)",
          "UPDATE own.token (status)",
          "USAGE schema own");

  private TestFacility facility;
  private Prompt superuser;

  @BeforeEach
  void setUpRoles() throws SQLException {
    facility = TestFacility.create();
    superuser = Prompt.asSuperuser(facility);
    new Roles(facility.administrator()).setUp(Map.of(), false);
  }

  @AfterEach
  void close() throws SQLException {
    superuser.close();
    facility.close();
  }

  private String name(FacilityRole role) {
    return facility.name().role(role);
  }

  private List<String> rights(FacilityRole role) throws SQLException {
    return RoleRights.of(superuser, facility.name(), name(role));
  }

  @Test
  void aDeskHasExactlyTheRightsOfItsWork() throws SQLException {
    assertThat(rights(FacilityRole.DESK)).isEqualTo(OF_A_DESK);
  }

  @Test
  void anAuditorReadsTheLogAndWhatItTellsOfAndNoPatient() throws SQLException {
    assertThat(rights(FacilityRole.AUDITOR)).isEqualTo(OF_AN_AUDITOR);
  }

  @Test
  void aRoomCallsAndEndsTurnsAndReadsNoNumber() throws SQLException {
    assertThat(rights(FacilityRole.ROOM)).isEqualTo(OF_A_ROOM);
  }

  @Test
  void theOwnerHasEveryRightInItsSchemaAndNoneOutside() throws SQLException {
    assertThat(rights(FacilityRole.OWNER))
        .contains("CREATE schema own", "OWNER of own.audit_entry", "OWNER of own.patient_identity")
        .allMatch(right -> right.contains("own") || right.startsWith("EXECUTE "));
    assertThat(
            superuser.column(
                """
                select oid::regclass::text from pg_class
                 where relnamespace = '%1$s'::regnamespace and relowner <> '%2$s'::regrole
                union all select oid::regprocedure::text from pg_proc
                 where pronamespace = '%1$s'::regnamespace and proowner <> '%2$s'::regrole
                union all select oid::regtype::text from pg_type
                 where typnamespace = '%1$s'::regnamespace and typowner <> '%2$s'::regrole
                """
                    .formatted(facility.name().schema(), name(FacilityRole.OWNER))))
        .isEmpty();
  }

  @TestFactory
  Stream<DynamicTest> oneRightTooManyIsSeen() {
    return """
    grant delete on token to %desk
    grant update (code) on doctor to %desk
    grant insert (at) on audit_entry to %desk
    grant truncate on audit_entry to public
    grant usage on sequence token_id_seq to public
    grant execute on function token_takes_a_place() to %desk
    grant create on schema %schema to %desk
    grant pg_read_all_data to %desk
    alter role %desk createrole
    grant select on patient to %auditor
    grant select (phone) on patient to %auditor
    grant select (phone_key) on facility to %auditor
    grant %desk to %auditor
    alter table patient owner to %auditor
    alter view patient_identity owner to %auditor
    grant select on patient to public
    grant select (phone) on patient to %room
    grant update (delay_minutes) on slot to %room
    """
        .lines()
        .map(grant ->
            DynamicTest.dynamicTest(
                grant,
                () -> {
                  superuser.begin(sql(grant));
                  List<String> desk = rights(FacilityRole.DESK);
                  List<String> room = rights(FacilityRole.ROOM);
                  List<String> auditor = rights(FacilityRole.AUDITOR);
                  superuser.rollback();
                  assertThat(
                          desk.equals(OF_A_DESK)
                              && room.equals(OF_A_ROOM)
                              && auditor.equals(OF_AN_AUDITOR))
                      .isFalse();
                }));
  }

  private String sql(String statement) {
    return statement
        .replace("%desk", name(FacilityRole.DESK))
        .replace("%room", name(FacilityRole.ROOM))
        .replace("%auditor", name(FacilityRole.AUDITOR))
        .replace("%schema", facility.name().schema());
  }

  @Test
  void whatWasGrantedByHandIsTakenBackWhenTheRolesAreSetUpAgain() throws SQLException {
    superuser.run(
        sql("grant delete, update on token to %desk"),
        sql("grant select (name), update (name) on patient to %auditor"),
        sql("grant all on all sequences in schema %schema to %desk"),
        sql("grant create on schema %schema to %auditor"),
        "grant select on patient to public",
        "alter table token owner to current_user");

    new Roles(facility.administrator()).setUp(Map.of(), false);

    aDeskHasExactlyTheRightsOfItsWork();
    anAuditorReadsTheLogAndWhatItTellsOfAndNoPatient();
    theOwnerHasEveryRightInItsSchemaAndNoneOutside();
  }

  @Test
  void settingUpTwiceAnswersTheSame() {
    Roles roles = new Roles(facility.administrator());
    List<Roles.Found> first = roles.setUp(Map.of(FacilityRole.AUDITOR, "secret"), false).roles();
    assertThat(first).extracting(Roles.Found::mayLogIn).containsExactly(false, false, false, true);
    assertThat(first.get(1).members()).containsExactly(facility.deskSettings().user());
    assertThat(roles.setUp(Map.of(), false).roles()).isEqualTo(first);
  }

  /// Whatever went wrong in the middle, nothing is half done.
  @Test
  void aRoleThatMayDoMoreAlreadyIsRefusedAndNothingIsChanged() throws SQLException {
    superuser.run(sql("alter role %auditor createdb"), sql("grant delete on token to %desk"));

    assertThatThrownBy(() ->
            new Roles(facility.administrator()).setUp(Map.of(FacilityRole.DESK, "secret"), false))
        .isInstanceOfSatisfying(
            OpdException.class,
            error -> assertThat(error.code()).isEqualTo(ErrorCode.ACCESS_DENIED))
        .hasMessageContaining(name(FacilityRole.AUDITOR));
    assertThat(rights(FacilityRole.DESK)).contains("DELETE own.token");
    assertThat(superuser.text(sql("select rolcanlogin from pg_roles where rolname = '%desk'")))
        .isEqualTo("f");
  }

  @Test
  void aTableOfALaterMigrationIsTheDesksToReadAndNotTheAuditors() throws SQLException {
    superuser.run(
        sql("create table later (x integer)"),
        "alter table later owner to " + name(FacilityRole.OWNER));

    new Migrations(facility.administrator()).migrate(SETTINGS);

    assertThat(rights(FacilityRole.DESK)).contains("SELECT own.later");
    assertThat(rights(FacilityRole.AUDITOR)).isEqualTo(OF_AN_AUDITOR);
  }

  /// As if this version's last migration were yet to come.
  @Test
  void whatAMigrationMakesBelongsToTheOwnerWhoeverOfItsMembersMigrates() throws SQLException {
    String migrator = facility.name().schema() + "_migrator";
    superuser.run(
        "create role %s login password 'secret'".formatted(migrator),
        "grant %s to %s".formatted(name(FacilityRole.OWNER), migrator),
        "drop table serving",
        "delete from flyway_schema_history where version = '6' or description = 'guards'");
    var administrator = facility.administrator();
    try {
      new Migrations(
              new DatabaseSettings(
                  administrator.url(), migrator, "secret", facility.name(), administrator.budget()))
          .migrate(SETTINGS);
    } finally {
      superuser.run("drop role " + migrator);
    }
    theOwnerHasEveryRightInItsSchemaAndNoneOutside();
    aDeskHasExactlyTheRightsOfItsWork();
    anAuditorReadsTheLogAndWhatItTellsOfAndNoPatient();
  }
}
