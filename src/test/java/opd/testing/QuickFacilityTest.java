package opd.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.List;
import opd.domain.ClockSource;
import opd.domain.FacilityName;
import opd.store.schema.Migrations;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What tests work on is what the program makes.
final class QuickFacilityTest {
  private static final ZoneId ZONE = ZoneId.of("Asia/Kolkata");
  private static final String A_DOCTOR =
      "insert into doctor (code, name) values ('RAO', 'Dr. Rao')";

  @Test
  void itIsTheSameAsTheOneThatIsMigrated() throws SQLException {
    try (TestFacility quick = TestFacility.create(ClockSource.SIMULATION, ZONE);
        TestFacility migrated = TestFacility.migrated(ClockSource.SIMULATION, ZONE)) {
      List<String> expected = catalogue(migrated);
      List<String> found = catalogue(quick);
      assertThat(found).anyMatch(line -> line.startsWith("entry facility 1 FACILITY_SET "));
      assertThat(found).hasSizeGreaterThan(150);
      assertThat(without(found, expected)).as("not in the migrated one").isEmpty();
      assertThat(without(expected, found)).as("only in the migrated one").isEmpty();
      assertThat(found).isEqualTo(expected);
    }
  }

  /// The checksum of a repeatable migration depends on the facility's name.
  @Test
  void flywayFindsNothingToDo() {
    try (TestFacility quick = TestFacility.create(ClockSource.SIMULATION, ZONE)) {
      Migrations migrations = new Migrations(quick.administrator());
      var done = migrations.migrate(TestFacility.setup(ClockSource.SIMULATION, ZONE));
      assertThat(done.applied()).isZero();
    }
  }

  @Test
  void aDifferenceIsSeen() throws SQLException {
    try (TestFacility quick = TestFacility.create();
        Prompt prompt = Prompt.asSuperuser(quick)) {
      List<String> before = catalogue(quick);
      for (String change :
          List.of(
              "grant select on token to public",
              "alter table token alter column version set default 2",
              "alter function refuse() set search_path = pg_temp",
              "update flyway_schema_history set checksum = 1 where version = '1'",
              "revoke usage on schema %s from %1$s_desk".formatted(quick.name().schema()))) {
        prompt.run(change);
        assertThat(catalogue(quick)).as(change).isNotEqualTo(before);
        before = catalogue(quick);
      }
    }
  }

  @Test
  void oneThatIsGivenBackIsAsNew() throws SQLException {
    List<String> before;
    Rows rows;
    FacilityName name;
    try (TestFacility first = borrowed();
        Prompt prompt = Prompt.asSuperuser(first)) {
      name = first.name();
      before = catalogue(first);
      rows = rows(first);
      prompt.run("set local session_replication_role = replica", "delete from facility", A_DOCTOR);
    }
    try (TestFacility second = borrowed()) {
      assertThat(second.name()).isEqualTo(name);
      assertThat(catalogue(second)).isEqualTo(before);
      assertThat(rows(second)).isEqualTo(rows);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "grant select on token to public",
        "alter table token alter column version set default 2",
        "alter table token disable trigger token_takes_a_place",
        "alter function refuse() set search_path = pg_temp",
        "create operator <<< (function = int4eq, leftarg = int, rightarg = int)",
        "create policy p on token",
        "alter role %1$s_desk set work_mem = '1MB'",
        "revoke %1$s_desk from opd_desk",
        "revoke usage on schema %1$s from %1$s_desk",
        "insert into doctor (code, name) select 'D' || n, 'Dr. Rao' from generate_series(1, 3000) n"
      })
  void nobodyGetsOneThatIsNotAsItWasMade(String change) throws SQLException {
    FacilityName name;
    try (TestFacility first = borrowed();
        Prompt prompt = Prompt.asSuperuser(first)) {
      name = first.name();
      prompt.run("set local session_replication_role = replica", change.formatted(name.schema()));
    }
    try (TestFacility second = borrowed()) {
      assertThat(second.name()).isNotEqualTo(name);
    }
  }

  /// Of a kind that no other test asks for.
  private static TestFacility borrowed() {
    return TestFacility.borrow(ClockSource.SIMULATION, ZoneId.of("Pacific/Chatham"));
  }

  private static Rows rows(TestFacility facility) throws SQLException {
    try (Connection connection = facility.connectAsSuperuser()) {
      return Rows.read(connection);
    }
  }

  private static List<String> without(List<String> lines, List<String> others) {
    return lines.stream().filter(line -> !others.contains(line)).toList();
  }

  /// Everything that the facility consists of, without its name.
  private static List<String> catalogue(TestFacility facility) throws SQLException {
    try (Prompt prompt = Prompt.asSuperuser(facility)) {
      return prompt
          .column(
              """
              select 'schema ' || nspowner::regrole || ' ' || array_to_string(nspacl, ' ')
                from pg_namespace where nspname = current_schema
              union all select concat_ws(' ', 'relation', relname, relkind, relowner::regrole, relacl, reloptions,
                  obj_description(oid, 'pg_class'), pg_get_viewdef(oid))
                from pg_class where relnamespace = current_schema::regnamespace
              union all select concat_ws(' ', 'column', attrelid::regclass, attname, format_type(atttypid, atttypmod),
                  attnotnull, attidentity, attgenerated, attacl, pg_get_expr(adbin, adrelid))
                from pg_attribute a join pg_class c on c.oid = attrelid
                left join pg_attrdef d on adrelid = attrelid and adnum = attnum
                where relnamespace = current_schema::regnamespace and attnum > 0
              union all select concat_ws(' ', 'constraint', conrelid::regclass, conname, pg_get_constraintdef(oid))
                from pg_constraint where connamespace = current_schema::regnamespace
              union all select pg_get_indexdef(indexrelid) from pg_index join pg_class c on c.oid = indexrelid
                where relnamespace = current_schema::regnamespace
              union all select concat_ws(' ', 'trigger', tgenabled, pg_get_triggerdef(t.oid))
                from pg_trigger t join pg_class c on c.oid = tgrelid
                where relnamespace = current_schema::regnamespace and not tgisinternal
              union all select concat_ws(' ', 'function', proacl, pg_get_functiondef(oid)) from pg_proc
                where pronamespace = current_schema::regnamespace
              union all select concat_ws(' ', 'type', t.oid::regtype, typacl, enumlabel, enumsortorder) from pg_type t
                left join pg_enum on enumtypid = t.oid
                where typnamespace = current_schema::regnamespace and typelem = 0
              union all select concat_ws(' ', 'history', installed_rank, version, description, type, script,
                  case when script not like 'R%' then checksum end, success)
                from flyway_schema_history
              union all select concat_ws(' ', 'member', roleid::regrole, member::regrole, inherit_option)
                from pg_auth_members where roleid = (current_schema || '_desk')::regrole
              union all select concat_ws(' ', 'row', default_region, zone, clock, phone_key, version) from facility
              union all select concat_ws(' ', 'entry', chain, number, kind, actor, login, subject_version, facts)
                from audit_entry
              union all select concat_ws(' ', 'request', kind, outcome, digest) from request
              order by 1\
              """)
          .stream()
          .map(line -> line.replace(facility.name().value(), "x"))
          .sorted()
          .toList();
    }
  }
}
