package opd.store.connection;

import static opd.jooq.Tables.SLOT;
import static opd.jooq.Tables.TOKEN;

import java.sql.Connection;
import opd.domain.FacilityName;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.conf.ExecuteWithoutWhere;
import org.jooq.conf.MappedSchema;
import org.jooq.conf.RenderMapping;
import org.jooq.conf.Settings;
import org.jooq.impl.DSL;

/// The one way to jOOQ. Its classes take long to initialise, so that [WarmUp] does it beside the
/// main thread, which then waits here, by the rules of class initialisation, until it is done.
public final class Sql {
  private static final SQLDialect DIALECT = SQLDialect.POSTGRES;

  static {
    // Makes up and forgets a statement of the usual kind.
    DSL.using(DIALECT, settings(FacilityName.MAIN))
        .select(TOKEN.fields())
        .from(TOKEN)
        .join(SLOT)
        .on(SLOT.ID.eq(TOKEN.SLOT_ID))
        .where(SLOT.LABEL.eq(""), TOKEN.PATIENT_ID.eq(0L))
        .getSQL();
  }

  private Sql() {}

  /// @param facility whose tables the generated names mean, whatever the session's search_path
  public static DSLContext on(Connection connection, FacilityName facility) {
    return DSL.using(connection, DIALECT, settings(facility));
  }

  private static Settings settings(FacilityName facility) {
    return new Settings()
        .withRenderMapping(
            new RenderMapping()
                .withSchemata(new MappedSchema().withInput("").withOutput(facility.schema())))
        .withRenderCatalog(false)
        // Statements are not logged: their values hold names and phone numbers.
        .withExecuteLogging(false)
        .withExecuteUpdateWithoutWhere(ExecuteWithoutWhere.THROW)
        .withExecuteDeleteWithoutWhere(ExecuteWithoutWhere.THROW);
  }
}
