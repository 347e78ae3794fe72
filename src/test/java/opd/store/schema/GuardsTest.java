package opd.store.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import opd.domain.Actor;
import opd.domain.ClockSource;
import opd.domain.FacilityRole;
import opd.domain.FacilitySettings;
import opd.domain.PhoneKey;
import opd.store.connection.Sql;
import opd.store.connection.Transaction;
import opd.store.schema.GuardDifference.Remedy;
import opd.testing.TestFacility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.parallel.Isolated;

/// What the server's superuser may do to a facility's guards and rights, and how it is named.
@TestInstance(Lifecycle.PER_CLASS)
@Isolated("'database' settings and roles are the whole server's")
final class GuardsTest {
  /// The statement; what is named; what mends it.
  private static final String WEAKENINGS =
      """
      alter table token disable trigger token_takes_a_place | trigger token.token_takes_a_place, fires | MIGRATE
      alter table audit_entry disable trigger user | trigger audit_entry.audit_entry_is_append_only, fires | MIGRATE
      alter table token enable replica trigger token_is_reclassified | trigger token.token_is_reclassified, fires | MIGRATE
      drop trigger audit_entry_is_append_only on audit_entry | trigger audit_entry.audit_entry_is_append_only | MIGRATE
      alter table doctor disable trigger doctor_change_has_its_audit_entry | trigger doctor.doctor_change_has_its_audit_entry, fires | MIGRATE
      drop trigger slot_change_has_its_audit_entry on slot | trigger slot.slot_change_has_its_audit_entry | MIGRATE
      alter trigger token_is_kept on token rename to token_was_kept | trigger token.token_is_kept | MIGRATE
      create or replace trigger token_is_kept before delete on token for each row when (old.id < 0) execute function refuse('x', 'x') | trigger token.token_is_kept, definition | MIGRATE
      create trigger a_first before insert on token for each row execute function is_decided_on_the_latest_state() | trigger token.a_first | BY_HAND
      create or replace function refuse() returns trigger language plpgsql set search_path = %s, pg_temp as 'begin return null; end' | function refuse(), body | MIGRATE
      create or replace function decision_time(clock text) returns timestamptz language sql stable return now() | function decision_time(clock text), body | MIGRATE
      create or replace trigger token_is_within_ones_work before update on token for each row when (false) execute function refuse('x', 'x') | trigger token.token_is_within_ones_work, definition | MIGRATE
      alter function token_takes_a_place() reset search_path | function token_takes_a_place(), definition | MIGRATE
      alter function token_takes_a_place() set search_path = public | function token_takes_a_place(), definition | MIGRATE
      alter function slot_is_counted() security invoker | function slot_is_counted(), definition | MIGRATE
      alter function decision_time(text) security definer | function decision_time(clock text), definition | MIGRATE
      alter function refuse() owner to %1$s_auditor | function refuse(), owner | ROLES
      drop function audit_entry_wakes_followers() cascade | function audit_entry_wakes_followers() | MIGRATE
      drop function schema_version() | function schema_version() | MIGRATE
      create function evil() returns integer language sql return 1 | function evil() | BY_HAND
      create or replace function is_plain_text(value text, most integer) returns boolean language sql immutable return true | function is_plain_text(value text, most integer), body | BY_HAND
      alter table slot_count drop constraint slot_capacity_is_never_exceeded | constraint slot_count.slot_capacity_is_never_exceeded | BY_HAND
      alter table slot_count drop constraint slot_capacity_is_never_exceeded, add constraint slot_capacity_is_never_exceeded check (active between 0 and capacity) not valid | constraint slot_count.slot_capacity_is_never_exceeded, definition | BY_HAND
      alter table slot_count drop constraint slot_capacity_is_never_exceeded, add constraint slot_capacity_is_never_exceeded check (active between 0 and 2 * capacity) | constraint slot_count.slot_capacity_is_never_exceeded, definition | BY_HAND
      alter table token alter constraint token_change_has_its_audit_entry not deferrable | constraint token.token_change_has_its_audit_entry, definition | BY_HAND
      alter table token disable trigger all | constraint token.token_slot_exists, looked at | BY_HAND
      update pg_constraint set convalidated = false where conname = 'token_status_is_known' and connamespace = '%1$s'::regnamespace | constraint token_status.token_status_is_known, definition | BY_HAND
      alter domain audit_entry_kind drop constraint audit_entry_kind_is_known | constraint audit_entry_kind.audit_entry_kind_is_known | BY_HAND
      alter domain token_status set default 'COMPLETED' | type token_status, definition | BY_HAND
      alter domain rule_number owner to %1$s_auditor | type rule_number, owner | ROLES
      create domain more_text as text | type more_text | BY_HAND
      drop index token_patient_is_active_once_in_a_slot | index token.token_patient_is_active_once_in_a_slot | BY_HAND
      drop index audit_entry_by_time | index audit_entry.audit_entry_by_time | BY_HAND
      update pg_index set indisvalid = false where indexrelid = 'token_is_reallocated_once'::regclass | index token.token_is_reallocated_once, definition | BY_HAND
      alter table audit_entry alter actor drop not null | column audit_entry.actor, definition | BY_HAND
      alter table token alter status set default 'COMPLETED' | column token.status, definition | BY_HAND
      alter table token alter id set generated by default | column token.id, definition | BY_HAND
      alter table token add note text | column token.note | BY_HAND
      alter table audit_entry enable row level security | table audit_entry, kind | BY_HAND
      create policy late on audit_entry using (id > 10) | policy audit_entry.late | BY_HAND
      create rule lost as on insert to audit_entry do instead nothing | rule audit_entry.lost | BY_HAND
      alter table flyway_schema_history set unlogged | table flyway_schema_history, kind | BY_HAND
      create table more (like slot_count) | table more | BY_HAND
      create table public.%1$s_child () inherits (slot_count) | table slot_count, kind | BY_HAND
      create or replace view patient_identity as select id, version, 'x'::text as identity from patient | view patient_identity, query | BY_HAND
      alter sequence token_id_seq increment by -1 minvalue -5 | sequence token_id_seq, numbers | BY_HAND
      create operator = (leftarg = text, rightarg = integer, function = is_plain_text) | operator = | BY_HAND
      grant delete on token to %1$s_desk | table token, rights of %1$s_desk | MIGRATE
      grant update (code) on doctor to %1$s_desk | column doctor.code, rights of %1$s_desk | MIGRATE
      grant select (phone) on patient to %1$s_room | column patient.phone, rights of %1$s_room | MIGRATE
      alter role %1$s_room set session_replication_role = replica | role %1$s_room, setting | BY_HAND
      alter table token disable trigger token_is_within_ones_work | trigger token.token_is_within_ones_work, fires | MIGRATE
      grant select on patient to %1$s_auditor | table patient, rights of %1$s_auditor | MIGRATE
      grant select (phone_key) on facility to %1$s_auditor | column facility.phone_key, rights of %1$s_auditor | MIGRATE
      grant truncate on audit_entry to public | table audit_entry, rights of everybody | MIGRATE
      grant usage on sequence token_id_seq to public | sequence token_id_seq, rights of everybody | MIGRATE
      grant execute on function token_takes_a_place() to %1$s_desk | function token_takes_a_place(), rights of %1$s_desk | MIGRATE
      grant execute on function token_takes_a_place() to public | function token_takes_a_place(), rights of everybody | MIGRATE
      grant create on schema %1$s to %1$s_desk | schema, rights of %1$s_desk | MIGRATE
      grant create on schema %1$s to public | schema, rights of everybody | MIGRATE
      grant select on patient to pg_monitor | table patient, rights of pg_monitor | BY_HAND
      revoke insert (actor) on audit_entry from %1$s_desk | column audit_entry.actor, rights of %1$s_desk | MIGRATE
      alter default privileges in schema %1$s grant all on tables to public | schema, rights of new r of | BY_HAND
      alter table token owner to %1$s_desk | table token, owner | ROLES
      alter schema %1$s owner to current_user | schema, owner | ROLES
      alter role %1$s_desk createrole | role %1$s_desk, attributes | BY_HAND
      alter role %1$s_auditor bypassrls | role %1$s_auditor, attributes | BY_HAND
      grant pg_read_all_data to %1$s_auditor | role %1$s_auditor, member of | BY_HAND
      grant %1$s_owner to %1$s_desk | role %1$s_desk, member of | BY_HAND
      alter role %1$s_desk set session_replication_role = replica | role %1$s_desk, setting | BY_HAND
      grant set on parameter session_replication_role to %1$s_desk | parameter session_replication_role, rights of %1$s_desk | BY_HAND
      """;

  private TestFacility facility;
  private Connection superuser;

  @BeforeAll
  void setUpRoles() throws SQLException {
    facility = TestFacility.create();
    new Roles(facility.administrator()).setUp(Map.of(), false);
    superuser = facility.connectAsSuperuser();
    superuser.setAutoCommit(false);
  }

  @AfterAll
  void close() throws SQLException {
    superuser.close();
    facility.close();
  }

  private void run(String sql) throws SQLException {
    try (var statement = superuser.createStatement()) {
      statement.execute(sql);
    }
  }

  private List<GuardDifference> differences() {
    return Guards.differences(new Transaction(Sql.on(superuser, facility.name())), facility.name());
  }

  private List<GuardDifference> differencesAfter(String sql) throws SQLException {
    try {
      run(sql);
      return differences();
    } finally {
      superuser.rollback();
    }
  }

  private record Weakening(String sql, String name, Remedy remedy) {
    static Weakening of(String line, String schema) {
      String[] parts = line.replace("%1$s", schema).replace("%s", schema).split(" \\| ", -1);
      return new Weakening(parts[0], parts[1], Remedy.valueOf(parts[2].strip()));
    }
  }

  private Stream<Weakening> weakenings() {
    return WEAKENINGS.lines().map(line -> Weakening.of(line, facility.name().schema()));
  }

  @Test
  void whatTheMigrationsAndTheRolesMakeHasNoDifference() throws SQLException {
    assertThat(differences()).isEmpty();
    superuser.rollback();
  }

  @TestFactory
  Stream<DynamicTest> eachWeakeningIsNamed() {
    return weakenings()
        .map(weakening ->
            DynamicTest.dynamicTest(
                weakening.sql(),
                () -> {
                  List<GuardDifference> found = differencesAfter(weakening.sql());
                  assertThat(found)
                      .as("%s", found)
                      .anySatisfy(difference -> {
                        assertThat(difference.name()).startsWith(weakening.name());
                        assertThat(difference.remedy()).isEqualTo(weakening.remedy());
                        assertThat(difference.found()).isNotEqualTo(difference.expected());
                      });
                }));
  }

  /// All of them at once that a command promises to mend.
  @Test
  void whatMigrateAndRolesPromiseToMendIsMended() throws SQLException {
    for (Weakening weakening : weakenings().toList()) {
      if (weakening.remedy() != Remedy.BY_HAND && !weakening.sql().contains("cascade")) {
        run(
            // Not in the order in which one takes the object of another away.
            weakening.sql().startsWith("drop trigger")
                ? weakening.sql().replace("drop trigger", "drop trigger if exists")
                : weakening.sql());
      }
    }
    superuser.commit();
    assertThat(differences()).hasSizeGreaterThan(20);
    superuser.rollback();

    new Roles(facility.administrator()).setUp(Map.of(), false);
    assertThat(differences()).extracting(GuardDifference::remedy).doesNotContain(Remedy.ROLES);
    superuser.rollback();
    new Migrations(facility.administrator()).migrate(setup());
    assertThat(differences())
        // What a renaming left, which no program made.
        .extracting(GuardDifference::name)
        .containsExactly("trigger token.token_was_kept");
    run("drop trigger token_was_kept on token");
    superuser.commit();
    assertThat(new Migrations(facility.administrator()).migrate(setup()).applied()).isZero();
  }

  private static FacilitySetup setup() {
    return FacilitySetup.of(
        new FacilitySettings("IN", ZoneId.of("UTC"), ClockSource.DATABASE),
        PhoneKey.random(),
        new Actor("test"));
  }

  /// As a hospital begins: its owner migrates, nobody has set up roles yet.
  @Test
  void aFacilityWithoutRolesHasNoDifferenceEither() throws SQLException {
    try (TestFacility plain = TestFacility.create();
        Connection connection = plain.connectAsSuperuser()) {
      connection.setAutoCommit(false);
      Transaction transaction = new Transaction(Sql.on(connection, plain.name()));
      assertThat(Guards.differences(transaction, plain.name())).isEmpty();
      try (var statement = connection.createStatement()) {
        statement.execute(
            "revoke all on all tables in schema %1$s from %2$s; revoke all on schema %1$s from %2$s; drop owned by %2$s; drop role %2$s"
                .formatted(plain.name().schema(), plain.name().role(FacilityRole.DESK)));
      }
      assertThat(Guards.differences(transaction, plain.name())).isEmpty();
      connection.rollback();
    }
  }
}
