package opd.store.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.stream.Stream;
import opd.domain.FacilityRole;
import opd.testing.Prompt;
import opd.testing.TestFacility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// What the desk's role may not do at all, and tricks around the triggers.
final class GuardPrivilegeTest {
  private static final String INSUFFICIENT_PRIVILEGE = "42501";

  @AutoClose private static final GuardedFacility facility = new GuardedFacility();

  @TestFactory
  Stream<DynamicTest> theDeskHasNoRightTo() {
    return """
    alter table token disable trigger all
    alter table token disable trigger token_is_reclassified
    alter table slot drop constraint slot_capacity_is_never_exceeded
    alter table slot_count alter column active set default 5
    update slot_count set is_open = true
    insert into slot_count (slot_id, capacity, is_open) values (1, 500, true)
    delete from slot_count
    drop trigger token_takes_a_place on token
    drop trigger audit_entry_is_append_only on audit_entry
    drop table audit_entry cascade
    drop function token_takes_a_place() cascade
    create or replace function refuse() returns trigger language plpgsql as 'begin return null; end'
    create function mine() returns integer language sql return 1
    create table mine (x integer)
    create view mine as select 1
    create table public.mine (x integer)
    create schema opd_mine
    create trigger mine before insert on token execute function refuse()
    create rule mine as on update to slot do instead nothing
    set session_replication_role = replica
    alter role current_user superuser
    create role mine superuser
    lock table token in share mode
    lock table slot in access exclusive mode
    copy token from program 'true'
    copy (select 1) to '/tmp/mine'
    select pg_read_file('postgresql.conf')
    select setval('token_id_seq', 1)
    select nextval('token_id_seq')
    select setval('audit_entry_id_seq', 1)
    update flyway_schema_history set checksum = 1
    delete from flyway_schema_history
    insert into facility (default_region, zone, clock, phone_key) values ('IN', 'UTC', 'SIMULATION', sha256('mine'))
    update facility set zone = 'Asia/Kolkata'
    update facility set phone_key = sha256('mine')
    update slot set version = version + 1
    update doctor set version = version + 1
    update patient set version = version + 1
    update audit_entry set login = 'nobody'
    insert into token (id, slot_id, patient_id, priority, source) overriding system value values (1, 1, 1, 'PAID', 'APP')
    insert into slot (doctor_code, starts_at, ends_at, capacity, status) values ('RAO', '2030-01-07T09:00Z', '2030-01-07T10:00Z', 1, 'DELAYED')
    update slot set starts_at = starts_at + interval '1 hour'
    update slot set doctor_code = 'RAO'
    update doctor set code = 'RAO'
    update doctor set version = 7
    delete from patient
    insert into doctor (code, name, active) values ('RAO', 'Dr. Rao', false)
    """
        .lines()
        .map(statement ->
            DynamicTest.dynamicTest(
                statement,
                () ->
                    assertThat(facility.desk.refusal(statement))
                        .isEqualTo(INSUFFICIENT_PRIVILEGE)));
  }

  @Test
  void theDeskDoesNotBecomeTheAdministrator() throws SQLException {
    String administrator = facility.superuser.text("select current_user");

    assertThat(facility.desk.refusal("set role " + administrator))
        .isEqualTo(INSUFFICIENT_PRIVILEGE);
    assertThat(facility.desk.refusal("set session authorization " + administrator))
        .isEqualTo(INSUFFICIENT_PRIVILEGE);
  }

  /// The server takes such a GRANT with a warning, and gives what the desk has to give: nothing.
  @Test
  void theDeskPassesNoRightOn() throws SQLException {
    facility.desk.run("grant update, delete on token to public");

    assertThat(
            facility.superuser.text("select has_any_column_privilege('public', 'token', 'update')"))
        .isEqualTo("f");
    assertThat(facility.superuser.text("select has_table_privilege('public', 'token', 'delete')"))
        .isEqualTo("f");
  }

  /// Also where a distributed database makes it necessary that a desk may name these columns.
  @Test
  void aRowBeginsAsNewWhoeverMakesIt() throws SQLException {
    assertThat(
            facility.superuser.refusal(
                "insert into doctor (code, name, version) values ('NEW', 'Dr. New', 2)"))
        .isEqualTo("doctor_begins_as_new");
    assertThat(
            facility.superuser.refusal(
                "insert into doctor (code, name, active) values ('NEW', 'Dr. New', false)"))
        .isEqualTo("doctor_begins_as_new");
    assertThat(
            facility.superuser.refusal(
                "insert into patient (name, salt, version) values ('New', decode(md5('x'), 'hex'), 2)"))
        .isEqualTo("patient_begins_as_new");
    String doctor = facility.aDoctor();
    for (String values :
        new String[] {"'DELAYED', 5, 1", "'CANCELLED', 0, 1", "'SCHEDULED', 0, 2"}) {
      assertThat(
              facility.superuser.refusal(
                  "insert into slot (doctor_code, starts_at, ends_at, capacity, status, delay_minutes, version)"
                      + " values ('%s', '2031-01-07T09:00Z', '2031-01-07T10:00Z', 1, %s)"
                          .formatted(doctor, values)))
          .isEqualTo("slot_begins_as_new");
    }
  }

  @Test
  void theDeskOfOneFacilitySeesNothingOfAnother() throws SQLException {
    try (TestFacility other = TestFacility.create()) {
      String schema = other.name().schema();
      // The login of the tests works at every facility; for a moment not at this one.
      facility.superuser.run(
          "revoke %s from %s"
              .formatted(other.name().role(FacilityRole.DESK), other.deskSettings().user()));
      for (String statement :
          new String[] {
            "select name from %s.patient",
            "select actor from %s.audit_entry",
            "update %s.slot set status = 'CANCELLED'",
            "insert into %s.request (id, digest, kind, outcome) values ('x', sha256('x'), 'ADMITTED', '{}')",
            "select %s.find_facility()"
          }) {
        assertThat(facility.desk.refusal(statement.formatted(schema)))
            .as(statement)
            .isEqualTo(INSUFFICIENT_PRIVILEGE);
      }
    }
  }

  @Test
  void temporaryTablesOfTheSameNamesFoolNoTrigger() throws SQLException {
    long slot = facility.aFullSlot(1);
    long token = facility.newestToken(slot);
    String schema = facility.facility.name().schema();
    String insert =
        GuardedFacility.insertToken(slot, facility.aPatient(), "PAID")
            .replace("into token", "into %s.token".formatted(schema));

    assertThat(
            facility.desk.refusal(
                "create temporary table slot_count (slot_id bigint, is_open boolean, active int, last_sequence int)",
                "insert into slot_count values (%d, true, 0, 0)".formatted(slot),
                insert))
        .isEqualTo("slot_capacity_is_never_exceeded");
    assertThat(
            facility.desk.refusalAtCommit(
                "create temporary table audit_entry (token_id bigint, token_version int)",
                "insert into audit_entry values (%d, 2)".formatted(token),
                GuardedFacility.setStatus(token, "CANCELLED")))
        .isEqualTo("token_change_has_its_audit_entry");
  }

  /// Whoever may create something anywhere, as everybody may in `public` of a database that was
  /// upgraded from PostgreSQL 14, puts it before the server's own.
  @Test
  void operatorsAndFunctionsOfOnesOwnFoolNoGuard() throws SQLException {
    String mine = facility.facility.name().schema() + "_mine";
    String desk = facility.facility.deskSettings().user();
    long slot = facility.aSlot(3);
    long token = facility.aDisplacedToken(facility.aSlot(3));
    facility.desk.run(facility.changingSlot(slot, "CANCELLED", 0));
    facility.superuser.run("create schema %s authorization %s".formatted(mine, desk));
    try (Prompt intruder = Prompt.asDesk(facility.facility)) {
      intruder.run(
          "create function %s.never(text, text) returns boolean language sql immutable return false"
              .formatted(mine),
          "create function %s.always(text, text) returns boolean language sql immutable return true"
              .formatted(mine),
          "create operator %1$s.= (leftarg = text, rightarg = text, function = %1$s.never)"
              .formatted(mine),
          "create operator %1$s.<> (leftarg = text, rightarg = text, function = %1$s.never)"
              .formatted(mine),
          "create function %s.current_setting(text) returns text language sql return 'read committed'"
              .formatted(mine),
          "create function %s.now() returns timestamptz language sql return '2001-01-01T00:00Z'::timestamptz"
              .formatted(mine),
          "set search_path = %s, pg_catalog, %s"
              .formatted(mine, facility.facility.name().schema()));

      assertThat(intruder.refusal(GuardedFacility.setSlot(slot, "COMPLETED", "0")))
          .isEqualTo("slot_transition_is_legal");
      assertThat(intruder.refusalAtCommit(GuardedFacility.setSlot(slot, "SCHEDULED", "0")))
          .isEqualTo("slot_change_has_its_audit_entry");
      assertThat(
              intruder.refusal(
                  "set transaction isolation level repeatable read",
                  GuardedFacility.setStatus(token, "CANCELLED")))
          .isEqualTo("token_is_decided_on_the_latest_state");
      // With the other answer the entry of any change would be the one of this change.
      intruder.run(
          "drop operator %s.= (text, text)".formatted(mine),
          "create operator %1$s.= (leftarg = text, rightarg = text, function = %1$s.always)"
              .formatted(mine));
      assertThat(intruder.refusalAtCommit("update doctor set active = false"))
          .isEqualTo("doctor_change_has_its_audit_entry");
      assertThat(intruder.refusalAtCommit("update patient set name = 'Nobody'"))
          .isEqualTo("patient_change_has_its_audit_entry");
      long other = facility.aSlot(3);
      assertThat(intruder.refusalAtCommit(GuardedFacility.setSlot(other, "CANCELLED", "0")))
          .isEqualTo("slot_change_has_its_audit_entry");
      intruder.run(facility.taking(other, facility.aPatient(), "PAID"));
      assertThat(
              facility.superuser.text(
                  "select at > '2026-01-01' from audit_entry order by id desc limit 1"))
          .isEqualTo("t");
    } finally {
      facility.superuser.run("drop schema %s cascade".formatted(mine));
    }
  }

  /// Or its body was bound when it was made: then no path changes what it means.
  @Test
  void everyFunctionPinsItsSearchPath() throws SQLException {
    String schema = facility.facility.name().schema();
    assertThat(
            facility.superuser.column(
                ("select proname from pg_proc where pronamespace = '%1$s'::regnamespace"
                        + " and prosqlbody is null"
                        + " and not coalesce('search_path=%1$s, pg_temp' = any (proconfig), false)")
                    .formatted(schema)))
        .isEmpty();
    assertThat(
            facility.superuser.column(
                ("select proname from pg_proc where pronamespace = '%s'::regnamespace and prosqlbody is not null"
                        + " order by 1")
                    .formatted(schema)))
        .containsExactly("decision_time", "is_plain_text", "oldest_program", "schema_version");
  }

  @Test
  void theseGuardsRunWithTheirOwnersRights() throws SQLException {
    assertThat(
            facility.superuser.column(
                "select proname from pg_proc where pronamespace = '%s'::regnamespace and prosecdef order by 1"
                    .formatted(facility.facility.name().schema())))
        .containsExactly(
            "audit_entry_joins_its_chain",
            "change_has_its_audit_entry",
            "facility_changes_legally",
            "patient_changes_legally",
            "patient_identities",
            "slot_is_counted",
            "slot_is_named",
            "token_is_reclassified",
            "token_is_served",
            "token_patient_is_not_erased",
            "token_takes_a_place");
  }

  @Test
  void theDeskCallsNoTriggerFunction() throws SQLException {
    assertThat(
            facility.superuser.column(
                ("select proname from pg_proc where pronamespace = '%s'::regnamespace"
                        + " and prorettype = 'trigger'::regtype and has_function_privilege('%s', oid, 'execute')")
                    .formatted(
                        facility.facility.name().schema(),
                        facility.facility.deskSettings().user())))
        .isEmpty();
  }
}
