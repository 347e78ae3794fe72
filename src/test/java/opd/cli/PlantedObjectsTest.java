package opd.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import opd.domain.FacilityName;
import opd.domain.FacilityRole;
import opd.store.schema.Removal;
import opd.testing.OwnDatabase;
import opd.testing.Prompt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// In a database where everybody may create in `public`, as in those that were upgraded from
/// PostgreSQL 14, an auditor has left operators, functions and tables there that bear the server's
/// and the facility's own names: none of them is used with the rights of the administrator, the
/// owner or a desk.
final class PlantedObjectsTest {
  /// The driver gives texts the type varchar, for which the server has operators and functions only
  /// by way of text: where `public` is on the path, one made for varchar comes first.
  private static final String PLANTED =
      """
      do $plant$
      declare
          pair text[];
          operator text;
          called text;
      begin
          foreach pair slice 1 in array array[['text', 'varchar'], ['varchar', 'text'], ['varchar', 'varchar'],
                  ['name', 'varchar'], ['varchar', 'name'], ['bigint', 'numeric'], ['oid', 'regrole']] loop
              execute format('create function public.planted(%1$s, %2$s) returns boolean language plpgsql'
                  || ' as $$ begin raise exception ''planted''; end $$', pair[1], pair[2]);
              foreach operator in array array['=', '<>', '<', '>', '<=', '>=', '~', '!~', '~~', '~~*', '||',
                      '~>=~', '~<~'] loop
                  execute format('create operator public.%s (function = public.planted, leftarg = %s, rightarg = %s)',
                      operator, pair[1], pair[2]);
              end loop;
          end loop;
          foreach called in array array['lower(varchar)', 'upper(varchar)', 'reverse(varchar)', 'length(varchar)',
                  'hashtext(varchar)', 'btrim(varchar)', 'char_length(varchar)', 'left(varchar, integer)',
                  'current_setting(varchar)', 'set_config(varchar, varchar, boolean)', 'pg_has_role(oid, varchar)',
                  'has_schema_privilege(oid, varchar)', 'obj_description(oid, varchar)', 'now(varchar)',
                  'pg_get_serial_sequence(varchar, varchar)', 'setval(varchar, bigint)', 'decision_time(varchar)',
                  'is_plain_text(varchar, integer)', 'pg_advisory_lock(integer)'] loop
              execute format('create function public.%s returns text language plpgsql'
                  || ' as $$ begin raise exception ''planted''; end $$', called);
          end loop;
      end $plant$\
      """;

  @TempDir private Path folder;

  @Test
  void nothingOfItIsUsed() throws SQLException {
    try (CommandLineFixture line = new CommandLineFixture();
        OwnDatabase database = new OwnDatabase("");
        Prompt prompt = database.prompt()) {
      String auditor = line.facility().name().role(FacilityRole.AUDITOR);
      as(line, database);
      done(line, "db migrate");
      prompt.run("grant create on schema public to public", "create role " + auditor);
      prompt.run("set role " + auditor, PLANTED, "reset role");
      prompt.run(
          "set role " + auditor,
          "create table public.facility as select 'IN' as default_region, 'UTC' as zone,"
              + " 'DATABASE' as clock",
          "create table public.flyway_schema_history as select 1 as installed_rank, '9' as version,"
              + " true as success",
          "reset role");
      assertThatThrownBy(() -> prompt.run("select 'a'::varchar = 'b'::varchar"))
          .as("whoever has public on the path")
          .hasMessageContaining("planted");

      String file = folder.resolve("a.backup").toString();
      for (String command :
          List.of(
              "db roles",
              "db migrate --zone UTC",
              "doctor add RAO --name Rao",
              "slot open --doctor RAO --start 2030-01-07T09:00Z --minutes 60 --capacity 1",
              "allocate --slot RAO-20300107-0900 --phone 9876543201 --name Asha --priority paid"
                  + " --source app",
              "allocate --slot RAO-20300107-0900 --phone 9876543202 --name Bala --priority emergency"
                  + " --source staff",
              "cancel RAO-20300107-0900-02 --reason ill",
              "reallocate RAO-20300107-0900-01",
              "patient find Ash",
              "patient find 3201",
              "queue RAO-20300107-0900 --all",
              "audit --since 2000-01-01T00:00Z",
              "audit verify",
              "db backup " + file,
              "db status")) {
        done(line, command);
      }
      FacilityName copy = new FacilityName(database.facility().value() + "_r");
      line.with("OPD_FACILITY", copy.value());
      assertThat(line.run("doctor", "list").exit()).as("a facility that is none").isEqualTo(4);
      try {
        done(line, "db restore " + file);
        done(line, "db roles");
      } finally {
        new Removal(database.administrator().forFacility(copy)).dropIfThere();
      }
    }
  }

  private static void as(CommandLineFixture line, OwnDatabase database) {
    line.with("OPD_DB_URL", database.administrator().url())
        .with("OPD_DB_USER", database.administrator().user())
        .with("OPD_DB_PASSWORD", database.administrator().password())
        .with("OPD_FACILITY", database.facility().value());
  }

  private static void done(CommandLineFixture line, String command) {
    CommandLineFixture.Result result = line.run(command.split(" ", -1));
    assertThat(result.exit()).as(command + result.out() + result.err()).isZero();
  }
}
