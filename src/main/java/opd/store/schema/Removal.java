package opd.store.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import opd.domain.FacilityName;
import opd.domain.FacilityRole;
import opd.domain.OpdException;
import opd.store.connection.DatabaseSettings;
import opd.store.connection.FaultMessages;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;

/// Takes a facility away, or gives it another name.
public final class Removal {
  private final DatabaseSettings settings;

  /// @param settings of the facility, with the login of its owner or an administrator
  public Removal(DatabaseSettings settings) {
    this.settings = settings;
  }

  /// Removes the facility with all that it holds; this cannot be taken back.
  ///
  /// @return those of its roles that stay: another database has a facility of the same name, or the
  ///   login may not drop roles
  /// @throws OpdException FACILITY_NOT_FOUND, ACCESS_DENIED, DATABASE_BUSY
  public List<String> drop() {
    return Administration.locked(
        settings,
        sql -> {
          checkOwner(sql);
          return drop(sql, Set.of());
        });
  }

  /// The same, of a facility that may as well not be there, or not be made to its end.
  ///
  /// @return as of [#drop()]
  /// @throws OpdException ACCESS_DENIED, DATABASE_BUSY
  public List<String> dropIfThere() {
    return dropIfThere(Set.of());
  }

  /// The same.
  ///
  /// @param others those of its roles that others made, which stay with their members and are not
  ///   named
  List<String> dropIfThere(Set<FacilityRole> others) {
    return Administration.locked(settings, sql -> drop(sql, others));
  }

  private List<String> drop(DSLContext sql, Set<FacilityRole> others) {
    sql.dropSchemaIfExists(DSL.name(settings.facility().schema())).cascade().execute();
    List<String> kept = new ArrayList<>();
    for (FacilityRole role : FacilityRole.values()) {
      if (!others.contains(role) && !dropRole(sql, settings.facility().role(role))) {
        kept.add(settings.facility().role(role));
      }
    }
    return kept;
  }

  private void checkOwner(DSLContext sql) {
    if (Administration.owner(sql, settings).isEmpty()) {
      throw FaultMessages.facilityNotFound(settings.facility());
    }
  }

  /// Each in a transaction of its own: one that must stay keeps none of the others.
  private static boolean dropRole(DSLContext sql, String role) {
    try {
      sql.execute("drop role if exists {0}", DSL.name(role));
      return true;
    } catch (DataAccessException e) {
      return false;
    }
  }

  /// Gives the facility and its roles another name, all of it or nothing. Desks that work under the
  /// old one are told that it is not there. What the functions are made with has the old name until
  /// it is migrated under the new one.
  ///
  /// @throws OpdException FACILITY_NOT_FOUND, ACCESS_DENIED, DATABASE_BUSY; INVALID_INPUT when
  ///   there is one of that name
  public void rename(FacilityName name) {
    Administration.locked(
        settings,
        sql -> {
          checkOwner(sql);
          sql.transaction(transaction -> rename(transaction.dsl(), name));
          return null;
        });
  }

  private void rename(DSLContext sql, FacilityName name) {
    if (sql.fetchExists(
        DSL.table("pg_namespace"),
        DSL.field(DSL.name("nspname"), String.class).eq(name.schema()))) {
      throw OpdException.invalid("there is a facility " + name + " already");
    }
    sql.execute(
        "alter schema {0} rename to {1}",
        DSL.name(settings.facility().schema()), DSL.name(name.schema()));
    for (FacilityRole role : FacilityRole.values()) {
      if (Rights.exists(sql, settings.facility().role(role))) {
        sql.execute(
            "alter role {0} rename to {1}",
            DSL.name(settings.facility().role(role)), DSL.name(name.role(role)));
      }
    }
    // Each function looks for its tables in the schema that it names itself.
    sql.fetch(
            "select oid::regprocedure::text from pg_proc"
                + " where pronamespace = {0}::regnamespace and proconfig is not null",
            DSL.val(name.schema()))
        .getValues(0, String.class)
        .forEach(function ->
            sql.execute(
                "alter function {0} set search_path = {1}, pg_temp",
                // Quoted by the server.
                DSL.raw(function), DSL.name(name.schema())));
  }
}
