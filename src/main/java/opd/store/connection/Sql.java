package opd.store.connection;

import static opd.jooq.Tables.SLOT;
import static opd.jooq.Tables.TOKEN;

import java.sql.Connection;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.conf.ExecuteWithoutWhere;
import org.jooq.conf.Settings;
import org.jooq.impl.DSL;

/// The one way to jOOQ. Its classes take long to initialise, so that [WarmUp] does it beside the
/// main thread, which then waits here, by the rules of class initialisation, until it is done.
public final class Sql {
  private static final SQLDialect DIALECT = SQLDialect.POSTGRES;

  static {
    // Makes up and forgets a statement of the usual kind.
    DSL.using(DIALECT, settings())
        .select(TOKEN.fields())
        .from(TOKEN)
        .join(SLOT)
        .on(SLOT.ID.eq(TOKEN.SLOT_ID))
        .where(SLOT.LABEL.eq(""), TOKEN.PATIENT_ID.eq(0L))
        .getSQL();
  }

  private Sql() {}

  public static DSLContext on(Connection connection) {
    return DSL.using(connection, DIALECT, settings());
  }

  private static Settings settings() {
    return new Settings()
        .withRenderSchema(false)
        .withRenderCatalog(false)
        // Statements are not logged: their values hold names and phone numbers.
        .withExecuteLogging(false)
        .withExecuteUpdateWithoutWhere(ExecuteWithoutWhere.THROW)
        .withExecuteDeleteWithoutWhere(ExecuteWithoutWhere.THROW);
  }
}
