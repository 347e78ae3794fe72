package opd.store.schema;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import opd.domain.FacilityName;
import opd.domain.FacilityRole;
import opd.store.connection.Transaction;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.DSL;

/// What the session's login may do in a facility, beside what its role may.
///
/// @param login its name
/// @param isSuperuser whether nothing is refused to it
/// @param isOwner whether it may act for the schema's owner
/// @param role the facility's role that it works under, if any
/// @param more rights that it has and the role has not, some of them
public record LoginRights(
    String login,
    boolean isSuperuser,
    boolean isOwner,
    Optional<FacilityRole> role,
    List<String> more) {
  private static final String LOGIN =
      """
      select current_user::text, rolsuper, pg_has_role(nspowner, 'USAGE'),
             array(select rolname::text from pg_roles
                    where rolname in ({1}, {2}, {3}) and pg_has_role(oid, 'USAGE'))
        from pg_roles, pg_namespace where rolname = current_user and nspname = {0}
      """;

  private static final String MORE =
      """
      select attribute from pg_roles
       cross join lateral (values ('CREATEROLE', rolcreaterole), ('CREATEDB', rolcreatedb),
         ('REPLICATION', rolreplication), ('BYPASSRLS', rolbypassrls)) as has (attribute, is_set)
       where rolname = current_user and is_set
      union all
      select privilege || ' ' || relname
        from pg_class
       cross join unnest(array['DELETE', 'TRUNCATE', 'TRIGGER']) as privilege
       where relnamespace = {0}::regnamespace and relkind in ('r', 'v', 'p')
         and has_table_privilege(pg_class.oid, privilege) and not has_table_privilege({1}, pg_class.oid, privilege)
      union all
      select privilege || ' ' || relname || '.' || attname
        from pg_class join pg_attribute on attrelid = pg_class.oid and attnum > 0 and not attisdropped
       cross join unnest(array['SELECT', 'INSERT', 'UPDATE', 'REFERENCES']) as privilege
       where relnamespace = {0}::regnamespace and relkind in ('r', 'v', 'p')
         and has_column_privilege(pg_class.oid, attnum, privilege)
         and not has_column_privilege({1}, pg_class.oid, attnum, privilege)
      union all
      select 'CREATE schema' where has_schema_privilege({0}, 'CREATE') and not has_schema_privilege({1}, {0}, 'CREATE')
      """;

  public static LoginRights of(Transaction transaction, FacilityName facility) {
    DSLContext sql = transaction.sql();
    Record row =
        sql.fetchSingle(
            LOGIN,
            DSL.val(facility.schema()),
            DSL.val(facility.role(FacilityRole.DESK)),
            DSL.val(facility.role(FacilityRole.ROOM)),
            DSL.val(facility.role(FacilityRole.AUDITOR)));
    List<String> memberOf = List.of(row.get(3, String[].class));
    Optional<FacilityRole> role =
        Stream.of(FacilityRole.DESK, FacilityRole.ROOM, FacilityRole.AUDITOR)
            .filter(each -> memberOf.contains(facility.role(each)))
            .findFirst();
    boolean isAdministrator = row.get(1, Boolean.class) || row.get(2, Boolean.class);
    return new LoginRights(
        row.get(0, String.class),
        row.get(1, Boolean.class),
        row.get(2, Boolean.class),
        role,
        isAdministrator
            ? List.of()
            : role.map(each -> more(sql, facility, facility.role(each))).orElse(List.of()));
  }

  private static List<String> more(DSLContext sql, FacilityName facility, String role) {
    return sql.fetch(MORE, DSL.val(facility.schema()), DSL.val(role)).getValues(0, String.class);
  }
}
