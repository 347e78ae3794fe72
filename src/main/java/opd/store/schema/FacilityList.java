package opd.store.schema;

import java.sql.SQLException;
import java.util.List;
import opd.domain.FacilityName;
import opd.store.connection.DatabaseSettings;
import opd.store.connection.Fault;
import opd.store.connection.FaultMessages;
import opd.store.connection.OpenConnection;
import opd.store.connection.Transaction;
import org.jooq.exception.DataAccessException;

/// Finds all facilities of a database, by the catalogue, which any login may read.
public final class FacilityList {
  private static final String FACILITIES =
      """
      select substr(nspname, 5), has_schema_privilege(n.oid, 'USAGE'), pg_has_role(nspowner, 'USAGE')
        from pg_namespace n
       where starts_with(nspname, 'opd_')
         and exists (select from pg_class where relnamespace = n.oid and relname = 'flyway_schema_history')
       order by nspname collate "C"
      """;

  private FacilityList() {}

  /// A facility of the database.
  ///
  /// @param isOpen whether the login may look into it
  /// @param isOwn whether the login may act for its owner
  public record Listed(FacilityName facility, boolean isOpen, boolean isOwn) {}

  /// @param settings of any facility there, which need not exist
  /// @throws OpdException DATABASE_UNAVAILABLE, ACCESS_DENIED
  public static List<Listed> of(DatabaseSettings settings) {
    try (OpenConnection open =
        OpenConnection.to(settings, settings.forSubscribers(), settings.budget())) {
      Transaction transaction = new Transaction(open.sql());
      open.begin(transaction, true);
      List<Listed> found =
          transaction
              .sql()
              .fetch(FACILITIES)
              .map(row ->
                  new Listed(
                      new FacilityName(row.get(0, String.class)),
                      row.get(1, Boolean.class),
                      row.get(2, Boolean.class)));
      open.connection().rollback();
      return found;
    } catch (SQLException e) {
      throw FaultMessages.error(Fault.of(e), settings);
    } catch (DataAccessException e) {
      throw FaultMessages.error(Fault.of(e), settings);
    }
  }
}
