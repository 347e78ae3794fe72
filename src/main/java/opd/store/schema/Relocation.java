package opd.store.schema;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import opd.domain.ErrorCode;
import opd.domain.FacilityName;
import opd.domain.OpdException;
import opd.store.connection.Citus;
import opd.store.connection.DatabaseSettings;
import opd.store.connection.FaultMessages;
import opd.store.connection.Transaction;
import org.jooq.DSLContext;
import org.jooq.Name;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;

/// Closes a facility that has a new home. Its schema stays, under a name that no program looks for,
/// with a note of where it went.
public final class Relocation {
  private static final String CLOSED = "moved_";

  private Relocation() {}

  /// Makes the copy.
  public interface Copying<T> {
    /// Copies the facility. What it throws leaves the facility open.
    ///
    /// @param closing closes the facility, which is in force with the COMMIT that follows the
    ///   copying: to be run while the copy would still be thrown away if that failed
    T copy(Runnable closing);
  }

  /// Keeps everybody from changing the facility while it is copied, and closes it when that went
  /// well. All of it is one transaction: if it is broken off, the facility goes on as it was.
  ///
  /// @param destination the note: an address without a password
  /// @throws OpdException FACILITY_NOT_FOUND, ACCESS_DENIED; DATABASE_BUSY when desks held its
  ///   tables; OUTCOME_UNKNOWN when the COMMIT failed, after which the copy must stay, as it may be
  ///   all that there is
  public static <T> T close(DatabaseSettings settings, String destination, Copying<T> copying) {
    return Administration.locked(
        settings,
        sql -> {
          if (Administration.owner(sql, settings).isEmpty()) {
            throw FaultMessages.facilityNotFound(settings.facility());
          }
          T copied = closed(sql, settings, destination, copying);
          noteEverywhere(sql, settings.facility(), destination);
          return copied;
        });
  }

  private static <T> T closed(
      DSLContext sql, DatabaseSettings settings, String destination, Copying<T> copying) {
    AtomicBoolean isCopied = new AtomicBoolean();
    try {
      return sql.transactionResult(transaction -> {
        DSLContext within = transaction.dsl();
        lock(within, settings.facility());
        T copy = copying.copy(() -> close(within, settings.facility(), destination));
        isCopied.set(true);
        return copy;
      });
    } catch (DataAccessException e) {
      throw isCopied.get() ? unknown(settings, destination, e) : e;
    }
  }

  private static OpdException unknown(
      DatabaseSettings settings, String destination, DataAccessException cause) {
    FacilityName facility = settings.facility();
    return new OpdException(
        ErrorCode.OUTCOME_UNKNOWN,
        "the copy of %s at %s is whole, but the COMMIT that closes it at %s failed:"
                .formatted(facility, destination, settings.place())
            + " whether it took effect is not known",
        "'opd --facility %s queue' here says it: if the facility was moved, all is done; if not,"
                .formatted(facility)
            + " it goes on here, and 'opd db drop %s' there takes the copy away"
                .formatted(facility),
        cause);
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
