package opd.store.schema;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import opd.domain.ErrorCode;
import opd.domain.FacilityRole;
import opd.domain.OpdException;
import opd.domain.PlainText;
import opd.store.connection.Citus;
import opd.store.connection.DatabaseSettings;
import opd.store.connection.FaultMessages;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.postgresql.util.PasswordUtil;

/// The roles that people's logins are members of, or that log in themselves. Each is of one
/// facility, though a role is known to the whole server: its name tells which.
public final class Roles {
  // Of the tables, when they change their owner: desks at work may hold them.
  private static final String LOCK_TIMEOUT = "set local lock_timeout = '5s'";

  private static final int SALT_BYTES = 16;
  private static final int ROUNDS_BEFORE_POSTGRESQL_16 = 4096;
  private static final String HASHING_ROUNDS =
      "select setting from pg_settings where name = 'scram_iterations'";

  private static final String OF_ANOTHER_OWNER =
      """
      select case relkind when 'v' then 'view ' else 'table ' end || oid::regclass
        from pg_class
       where relnamespace = {0}::regnamespace and relkind in ('r', 'p', 'v') and relowner <> {1}::regrole
      union all
      select 'routine ' || oid::regprocedure
        from pg_proc where pronamespace = {0}::regnamespace and proowner <> {1}::regrole
      union all
      select 'domain ' || oid::regtype
        from pg_type
       where typnamespace = {0}::regnamespace and typtype = 'd' and typowner <> {1}::regrole
      """;

  private static final String MORE_THAN_GIVEN =
      """
      select rolname from pg_roles
       where rolname = any ({0})
         and (rolsuper or rolcreaterole or rolcreatedb or rolreplication or rolbypassrls
              or exists (select from pg_auth_members where member = pg_roles.oid))
       order by 1
      """;

  private static final String FOUND =
      """
      select rolcanlogin,
             array(select m.rolname::text from pg_auth_members a join pg_roles m on m.oid = a.member
                    where a.roleid = r.oid order by 1)
        from pg_roles r where rolname = {0}
      """;

  private static final String OTHER_DATABASES =
      """
      select distinct d.datname
        from pg_shdepend s join pg_database d on d.oid = s.dbid
       where s.refclassid = 'pg_authid'::regclass and d.datname <> current_database()
         and s.refobjid in (select oid from pg_roles where rolname = any ({0}))
       order by 1
      """;

  private final DatabaseSettings settings;

  /// @param settings of an administrator: a superuser, or the schema's owner who may create roles
  public Roles(DatabaseSettings settings) {
    this.settings = settings;
  }

  /// A role as it is now.
  ///
  /// @param mayLogIn whether it is a login itself
  /// @param members the logins and roles that have its rights, by name
  public record Found(FacilityRole role, String name, boolean mayLogIn, List<String> members) {}

  /// What was set up.
  ///
  /// @param otherDatabases those of the server in which the facility's roles have rights: such as
  ///   that of the hospital itself, where this is its test database
  public record Done(List<Found> roles, List<String> otherDatabases) {}

  private List<String> otherDatabases(DSLContext sql) {
    return sql.fetch(OTHER_DATABASES, DSL.val(names())).getValues(0, String.class);
  }

  /// Makes the facility's roles where they are missing, gives the schema to its owner, and each
  /// role exactly its rights, all of it or nothing. The facility must exist.
  ///
  /// @param passwords of the roles that are to log in; the others are left as they are
  /// @param mayReplace whether they may take the place of passwords that other databases log in
  ///   with
  /// @throws OpdException USAGE when they would and may not; ACCESS_DENIED for a login that may
  ///   not, or a role that exists already and may do more than its work takes; DATABASE_BUSY when
  ///   desks held the tables
  public Done setUp(Map<FacilityRole, String> passwords, boolean mayReplace) {
    return Administration.locked(
        settings,
        sql -> {
          checkLogin(sql);
          List<String> others = otherDatabases(sql);
          if (!passwords.isEmpty() && !mayReplace) {
            checkNone(others);
          }
          return new Done(
              sql.transactionResult(transaction -> setUp(transaction.dsl(), passwords)), others);
        });
  }

  private void checkNone(List<String> others) {
    if (!others.isEmpty()) {
      throw new OpdException(
          ErrorCode.USAGE,
          "the roles of facility %s are also those of the database %s on this server: new passwords would shut out who logs in there"
              .formatted(settings.facility(), PlainText.quote(others.getFirst())),
          "leave OPD_OWNER_PASSWORD, OPD_DESK_PASSWORD, OPD_ROOM_PASSWORD and OPD_AUDITOR_PASSWORD"
              + " out, give this facility another name, or confirm with --replace-passwords");
    }
  }

  private List<Found> setUp(DSLContext sql, Map<FacilityRole, String> passwords) {
    sql.execute(LOCK_TIMEOUT);
    for (FacilityRole role : FacilityRole.values()) {
      make(sql, role);
    }
    checkNoMoreThanGiven(sql);
    giveAwaySchema(sql);
    Rights.grant(sql, settings.facility());
    for (FacilityRole role : List.of(FacilityRole.DESK, FacilityRole.ROOM, FacilityRole.AUDITOR)) {
      setBounds(sql, role);
    }
    if (Citus.isThere(sql)) {
      // Its servers log in at each other as whoever works: who makes or moves the facility is its
      // owner. From outside nobody can without a password.
      sql.execute("alter role {0} login", DSL.name(name(FacilityRole.OWNER)));
    }
    passwords.forEach((role, password) -> letIn(sql, name(role), password));
    List<Found> found = new ArrayList<>();
    for (FacilityRole role : FacilityRole.values()) {
      found.add(find(sql, role));
    }
    return found;
  }

  private String[] names() {
    return List.of(FacilityRole.values()).stream().map(this::name).toArray(String[]::new);
  }

  private String name(FacilityRole role) {
    return settings.facility().role(role);
  }

  private void checkLogin(DSLContext sql) {
    if (Administration.owner(sql, settings).isEmpty()) {
      throw FaultMessages.facilityNotFound(settings.facility());
    }
    if (!mayCreateRoles(sql)) {
      throw new OpdException(
          ErrorCode.ACCESS_DENIED,
          "this login may not create roles",
          "log in as the server's administrator: OPD_DB_USER and OPD_DB_PASSWORD");
    }
  }

  private static boolean mayCreateRoles(DSLContext sql) {
    return sql.fetchSingle(
            "select rolsuper or rolcreaterole from pg_roles where rolname = current_user")
        .get(0, Boolean.class);
  }

  private void make(DSLContext sql, FacilityRole role) {
    if (!Rights.exists(sql, name(role))) {
      sql.execute("create role {0}", DSL.name(name(role)));
    }
  }

  /// A role of that name may have been made by somebody else, for something else.
  private void checkNoMoreThanGiven(DSLContext sql) {
    List<String> powerful = sql.fetch(MORE_THAN_GIVEN, DSL.val(names())).getValues(0, String.class);
    if (!powerful.isEmpty()) {
      throw new OpdException(
          ErrorCode.ACCESS_DENIED,
          "the role %s exists already, and may do more than its work takes"
              .formatted(powerful.getFirst()),
          "take its attributes (superuser, createrole …) and its membership in other roles away,"
              + " or drop it");
    }
  }

  private void giveAwaySchema(DSLContext sql) {
    var schema = DSL.name(settings.facility().schema());
    var owner = DSL.name(name(FacilityRole.OWNER));
    if (!sql.fetchSingle("select pg_has_role({0}, 'USAGE')", DSL.val(name(FacilityRole.OWNER)))
        .get(0, Boolean.class)) {
      // Who is no superuser could not give the schema away otherwise, nor come back to it.
      sql.execute("grant {0} to current_user", owner);
    }
    sql.execute("alter schema {0} owner to {1}", schema, owner);
    var others =
        sql.fetch(
            OF_ANOTHER_OWNER,
            DSL.val(settings.facility().schema()),
            DSL.val(name(FacilityRole.OWNER)));
    for (String thing : others.getValues(0, String.class)) {
      // Quoted by the server.
      sql.execute("alter {0} owner to {1}", DSL.raw(thing), owner);
    }
  }

  /// A second line behind the bounds that each transaction sets for itself: for whoever logs in as
  /// the role with another program.
  private void setBounds(DSLContext sql, FacilityRole role) {
    for (var bound : DatabaseSettings.BOUNDS.entrySet()) {
      sql.execute(
          "alter role {0} in database {1} set {2} = {3}",
          DSL.name(name(role)),
          DSL.name(sql.fetchSingle("select current_database()").get(0, String.class)),
          DSL.name(bound.getKey()),
          DSL.inline(bound.getValue()));
    }
  }

  private static void letIn(DSLContext sql, String role, String password) {
    sql.execute("alter role {0} login", DSL.name(role));
    setPassword(sql, role, password);
  }

  /// Hashed here, in the rounds that the server wants: neither the server nor its log ever sees it.
  static void setPassword(DSLContext sql, String role, String password) {
    byte[] salt = new byte[SALT_BYTES];
    new SecureRandom().nextBytes(salt);
    int rounds =
        sql.fetchOptional(HASHING_ROUNDS)
            .map(row -> row.get(0, Integer.class))
            .orElse(ROUNDS_BEFORE_POSTGRESQL_16);
    String hash = PasswordUtil.encodeScramSha256(password.toCharArray(), rounds, salt);
    sql.execute("alter role {0} password {1}", DSL.name(role), DSL.inline(hash));
  }

  private Found find(DSLContext sql, FacilityRole role) {
    var row = sql.fetchSingle(FOUND, DSL.val(name(role)));
    return new Found(
        role, name(role), row.get(0, Boolean.class), List.of(row.get(1, String[].class)));
  }
}
