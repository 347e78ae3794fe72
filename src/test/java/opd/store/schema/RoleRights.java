package opd.store.schema;

import java.sql.SQLException;
import java.util.List;
import opd.domain.FacilityName;
import opd.testing.Prompt;

/// All that a role can do in a database, whichever way it came by it: by a grant to itself, to
/// everybody or to a role that it is a member of, or by an attribute.
final class RoleRights {
  // A right on a table, or else on some of its columns.
  private static final String ON_TABLES =
      """
      select p.privilege || ' ' || n.nspname || '.' || c.relname
          || case when has_table_privilege('%1$s', c.oid, p.privilege) then ''
                  else ' (' || columns.names || ')' end
        from pg_class c
        join pg_namespace n on n.oid = c.relnamespace
        cross join unnest(array['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER'])
          as p (privilege)
        cross join lateral (
             select string_agg(attname, ', ' order by attnum) as names from pg_attribute
              where attrelid = c.oid and attnum > 0 and not attisdropped
                and p.privilege in ('SELECT', 'INSERT', 'UPDATE', 'REFERENCES')
                and has_column_privilege('%1$s', c.oid, attnum,
                      case when p.privilege in ('SELECT', 'INSERT', 'UPDATE', 'REFERENCES')
                           then p.privilege else 'SELECT' end)) as columns
       where c.relkind in ('r', 'p', 'v', 'm', 'f') and n.nspname like 'opd\\_%%'
         and (has_table_privilege('%1$s', c.oid, p.privilege) or columns.names is not null)
      """;
  private static final String ON_OTHERS =
      """
      select p.privilege || ' ' || n.nspname || '.' || c.relname
        from pg_class c
        join pg_namespace n on n.oid = c.relnamespace
        cross join unnest(array['USAGE', 'SELECT', 'UPDATE']) as p (privilege)
       where c.relkind = 'S' and n.nspname like 'opd\\_%%'
         and has_sequence_privilege('%1$s', c.oid, p.privilege)
      union all
      select p.privilege || ' schema ' || nspname
        from pg_namespace cross join unnest(array['USAGE', 'CREATE']) as p (privilege)
       where (nspname like 'opd\\_%%' or nspname = 'public' and p.privilege = 'CREATE')
         and has_schema_privilege('%1$s', oid, p.privilege)
      union all
      select 'EXECUTE ' || oid::regprocedure
        from pg_proc
       where pronamespace in (select oid from pg_namespace where nspname like 'opd\\_%%')
         and (prosecdef or prorettype = 'trigger'::regtype)
         and has_function_privilege('%1$s', oid, 'EXECUTE')
      union all
      select 'CREATE database' where has_database_privilege('%1$s', current_database(), 'CREATE')
      union all
      select 'OWNER of ' || n.nspname || '.' || relname
        from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where relowner = '%1$s'::regrole and relkind not in ('i', 't')
      """;
  private static final String ATTRIBUTES =
      """
      select attribute from pg_roles
       cross join lateral (values ('SUPERUSER', rolsuper), ('CREATEROLE', rolcreaterole),
         ('CREATEDB', rolcreatedb), ('REPLICATION', rolreplication), ('BYPASSRLS', rolbypassrls))
         as has (attribute, is_set)
       where rolname = '%1$s' and is_set
      union all
      select 'MEMBER of ' || rolname from pg_roles
       where rolname <> '%1$s' and pg_has_role('%1$s', oid, 'MEMBER')
      """;

  private RoleRights() {}

  /// One line for each right, in order, the facility's own schema written as `own`.
  static List<String> of(Prompt prompt, FacilityName facility, String role) throws SQLException {
    String query =
        "select replace(line, '%s.', 'own.') from (%s union all %s union all %s) as found (line)"
            .formatted(
                facility.schema(),
                ON_TABLES.formatted(role),
                ON_OTHERS.formatted(role),
                ATTRIBUTES.formatted(role));
    return prompt.column(query).stream()
        .map(line -> line.replace("schema " + facility.schema(), "schema own"))
        .sorted()
        .toList();
  }
}
