package opd.store.schema;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import opd.domain.FacilityName;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.callback.BaseCallback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Name;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;

/// Keeps everybody from writing before each migration, table by table in the order in which desks
/// first write to them: who waits for the migration holds nothing that it still needs. Left to its
/// statements, which come in another order, it and the desks would wait for each other in a circle.
/// Whoever reads goes on.
///
/// Behind a lock that is waited for every desk waits as well. So the wait is short, and who
/// migrates tries again.
final class TableLocks extends BaseCallback {
  // Desks have a second of patience with a lock.
  private static final Duration WAIT = Duration.ofMillis(500);

  // Tokens before their slots; only who opens a slot again does it the other way round.
  private static final List<String> ORDER =
      List.of(
          "facility",
          "doctor",
          "patient",
          "token",
          "slot",
          "slot_count",
          "request",
          "audit_entry",
          "serving");

  private static final Field<String> NAME = DSL.field(DSL.name("tablename"), String.class);

  private final DSLContext sql;
  private final FacilityName facility;

  /// @param sql on the connection of the migrations
  TableLocks(DSLContext sql, FacilityName facility) {
    this.sql = sql;
    this.facility = facility;
  }

  @Override
  public boolean supports(Event event, Context context) {
    return event == Event.BEFORE_EACH_MIGRATE;
  }

  @Override
  public void handle(Event event, Context context) {
    try {
      Set<String> made =
          sql.select(NAME)
              .from("pg_tables")
              .where(DSL.field(DSL.name("schemaname"), String.class).eq(facility.schema()))
              .fetchSet(NAME);
      List<Name> tables =
          ORDER.stream()
              .filter(made::contains)
              .map(table -> DSL.name(facility.schema(), table))
              .toList();
      if (!tables.isEmpty()) {
        sql.execute("set local lock_timeout = {0}", DSL.inline(WAIT.toMillis()));
        sql.execute("lock table {0} in share row exclusive mode", DSL.list(tables));
      }
    } catch (DataAccessException e) {
      throw new FlywayException("the tables are not to be had", e);
    }
  }
}
