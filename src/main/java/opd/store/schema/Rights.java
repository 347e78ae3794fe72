package opd.store.schema;

import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import opd.domain.FacilityName;
import opd.domain.FacilityRole;
import opd.store.connection.Citus;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/// What the roles of a facility may do: exactly what `db/rights` says, and `db/rights/citus` where
/// Citus is. It is granted anew after each migration, so that it covers the tables that the
/// migration made.
final class Rights {
  private static final List<String> KINDS = List.of("tables", "sequences", "routines");

  private Rights() {}

  /// In one transaction, for those roles that exist. A right that somebody gave by hand is taken
  /// back; desks at work notice nothing.
  static void grant(DSLContext sql, FacilityName facility) {
    sql.transaction(transaction -> {
      DSLContext within = transaction.dsl();
      // What everybody may, each of the roles may.
      for (String kind : List.of("tables", "sequences")) {
        within.execute(
            "revoke all on all {0} in schema {1} from public",
            DSL.keyword(kind), DSL.name(facility.schema()));
      }
      within.execute("revoke all on schema {0} from public", DSL.name(facility.schema()));
      boolean isCitus = Citus.isThere(within);
      for (FacilityRole role :
          List.of(FacilityRole.DESK, FacilityRole.ROOM, FacilityRole.AUDITOR)) {
        if (exists(within, facility.role(role))) {
          revokeAll(within, facility, role);
          run(within, statements(facility, role, ""));
          if (isCitus && role != FacilityRole.AUDITOR) {
            run(within, statements(facility, role, "citus/"));
          }
        }
      }
    });
  }

  static boolean exists(DSLContext sql, String role) {
    return sql.fetchExists(
        DSL.table("pg_roles"), DSL.field(DSL.name("rolname"), String.class).eq(role));
  }

  private static void revokeAll(DSLContext sql, FacilityName facility, FacilityRole role) {
    var schema = DSL.name(facility.schema());
    var name = DSL.name(facility.role(role));
    for (String kind : KINDS) {
      sql.execute("revoke all on all {0} in schema {1} from {2}", DSL.keyword(kind), schema, name);
    }
    sql.execute("revoke all on schema {0} from {1}", schema, name);
  }

  /// Names of facilities need no quotes.
  private static String statements(FacilityName facility, FacilityRole role, String folder) {
    return Resource.text("/db/rights/" + folder + role.name().toLowerCase(Locale.ROOT) + ".sql")
        .replace("${schema}", facility.schema())
        .replace("${role}", facility.role(role));
  }

  /// Not by jOOQ, which takes one statement at a time.
  private static void run(DSLContext sql, String statements) {
    sql.connection(connection -> {
      try (Statement statement = connection.createStatement()) {
        statement.execute(statements);
      }
    });
  }
}
