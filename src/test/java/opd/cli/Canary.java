package opd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import opd.testing.Prompt;
import opd.testing.TestFacility;

/// A table that nobody may touch and a file that nobody may make, for values that would, and
/// whatever else in the database none of them may change.
final class Canary implements AutoCloseable {
  private final Prompt superuser;
  private final String schema;
  // Short, as a request's id has a hundred characters at most.
  private final String table = "public.c" + ProcessHandle.current().pid();
  private final Path file;
  private final List<String> before;

  Canary(TestFacility facility, Path folder) throws SQLException {
    superuser = Prompt.asSuperuser(facility);
    schema = facility.name().schema();
    file = folder.resolve("f");
    superuser.run("create table " + table + " (x text)");
    before = state();
  }

  /// The value with the names of the table and the file in it.
  String armed(String value) {
    return value.replace("%T", table).replace("%F", file.toString());
  }

  void isUntouched() throws SQLException {
    assertThat(state()).isEqualTo(before);
    assertThat(file).doesNotExist();
  }

  /// The table, the facilities and roles whose names begin as the test's own one, its tables, and
  /// whether the patient is there whom refused commands would add.
  private List<String> state() throws SQLException {
    return superuser.column(
        """
        select 'row ' || x from TABLE
        union all select 'schema ' || nspname from pg_namespace where nspname like 'SCHEMA%'
        union all select 'role ' || rolname from pg_roles where rolname like 'SCHEMA%'
        union all select relname from pg_class where relnamespace = 'SCHEMA'::regnamespace and relkind = 'r'
        union all select phone from patient where phone = '+919876500000'
        order by 1
        """
            .replace("TABLE", table)
            .replace("SCHEMA", schema));
  }

  @Override
  public void close() throws SQLException {
    superuser.run("drop table " + table);
    superuser.close();
  }
}
