package opd.store.schema;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import opd.domain.FacilityName;
import opd.domain.OpdException;
import opd.store.connection.Citus;
import opd.store.connection.DatabaseSettings;
import opd.store.connection.FaultMessages;
import opd.store.connection.Transaction;
import org.jooq.DSLContext;
import org.jooq.Name;
import org.jooq.impl.DSL;

/// Closes a facility that has a new home. Its schema stays, under a name that no program looks for,
/// with a note of where it went.
public final class Relocation {
  private static final String CLOSED = "moved_";

  private Relocation() {}

  /// Keeps everybody from changing the facility while it is copied, and closes it when that went
  /// well. All of it is one transaction: if it is broken off, the facility goes on as it was.
  ///
  /// @param destination the note: an address without a password
  /// @param copying whose failure leaves the facility open
  /// @throws OpdException FACILITY_NOT_FOUND, ACCESS_DENIED; DATABASE_BUSY when desks held its
  ///   tables
  public static <T> T close(DatabaseSettings settings, String destination, Supplier<T> copying) {
    return Administration.locked(
        settings,
        sql -> {
          if (Administration.owner(sql, settings).isEmpty()) {
            throw FaultMessages.facilityNotFound(settings.facility());
          }
          T copied =
              sql.transactionResult(transaction -> {
                DSLContext within = transaction.dsl();
                lock(within, settings.facility());
                T copy = copying.get();
                close(within, settings.facility(), destination);
                return copy;
              });
          noteEverywhere(sql, settings.facility(), destination);
          return copied;
        });
  }

  /// Readers go on; who changes something waits, and gives up within its own time.
  private static void lock(DSLContext sql, FacilityName facility) {
    List<Name> tables =
        FacilityTable.all(new Transaction(sql), facility).stream()
            .map(table -> DSL.name(facility.schema(), table.name()))
            .toList();
    for (Name table : tables) {
      sql.execute("lock table {0} in share mode", table);
    }
  }

  private static void close(DSLContext sql, FacilityName facility, String destination) {
    Name closed = DSL.name(CLOSED + facility.schema());
    sql.execute("alter schema {0} rename to {1}", DSL.name(facility.schema()), closed);
    sql.execute("comment on schema {0} is {1}", closed, DSL.inline(destination));
  }

  /// Citus renames a schema on all its servers, and keeps the note to the one where it was made.
  private static void noteEverywhere(DSLContext sql, FacilityName facility, String destination) {
    if (Citus.isThere(sql)) {
      sql.fetch(
          "select run_command_on_workers(format('comment on schema %I is %L', {0}, {1}))",
          DSL.val(CLOSED + facility.schema()), DSL.val(destination));
    }
  }

  /// Where a facility went that was closed here, if it was.
  static Optional<String> destination(DSLContext sql, FacilityName facility) {
    return sql.fetchOptional(
            "select obj_description(oid, 'pg_namespace') from pg_namespace where nspname = {0}",
            DSL.val(CLOSED + facility.schema()))
        .map(row -> row.get(0, String.class));
  }
}
