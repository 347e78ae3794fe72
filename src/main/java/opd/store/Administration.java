package opd.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import opd.domain.ErrorCode;
import opd.domain.OpdException;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// Work on a facility's schema and roles: one at a time on a server.
final class Administration {
  // Any number that nobody else uses.
  private static final long LOCK = 0x6F70642D6D696772L;

  private Administration() {}

  interface Step<T extends @Nullable Object> {
    T on(DSLContext sql);
  }

  /// Holds a lock on a connection of its own, auto-committing, so that of two at the same moment
  /// the second finds the work of the first done.
  ///
  /// @throws OpdException ACCESS_DENIED, DATABASE_UNAVAILABLE, DATABASE_BUSY
  static <T extends @Nullable Object> T locked(DatabaseSettings settings, Step<T> step) {
    try (Connection connection = Database.connect(settings, settings.forStreams())) {
      connection.setAutoCommit(true);
      DSLContext sql = Sql.on(connection);
      sql.execute("select pg_advisory_lock({0})", DSL.inline(LOCK));
      return step.on(sql);
    } catch (SQLException e) {
      throw FaultMessages.error(Fault.of(e), settings);
    } catch (DataAccessException e) {
      throw FaultMessages.error(Fault.of(e), settings);
    }
  }

  /// The role that owns the facility's schema, or empty when there is no schema.
  ///
  /// @throws OpdException ACCESS_DENIED when the login may not act as that role
  static Optional<String> owner(DSLContext sql, DatabaseSettings settings) {
    var found =
        sql.fetchOptional(
            "select pg_get_userbyid(nspowner), pg_has_role(nspowner, 'USAGE')"
                + " from pg_namespace where nspname = {0}",
            DSL.val(settings.facility().schema()));
    Optional<String> owner = found.map(row -> row.get(0, String.class));
    if (found.isPresent() && !found.get().get(1, Boolean.class)) {
      throw new OpdException(
          ErrorCode.ACCESS_DENIED,
          "the schema of facility %s belongs to %s, and this login may not act for it"
              .formatted(settings.facility(), owner.orElseThrow()),
          "log in as %s, as one of its members or as the server's administrator"
              .formatted(owner.orElseThrow()));
    }
    return owner;
  }
}
