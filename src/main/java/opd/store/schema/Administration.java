package opd.store.schema;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import opd.domain.ErrorCode;
import opd.domain.FacilityName;
import opd.domain.OpdException;
import opd.store.connection.DatabaseSettings;
import opd.store.connection.Fault;
import opd.store.connection.FaultMessages;
import opd.store.connection.OpenConnection;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// Work on a facility's schema and roles: one at a time for each facility.
public final class Administration {
  // Any number that nobody else uses; of what all facilities share.
  private static final long LOCK = 0x6F70642D6D696772L;

  private static final String HOLDERS =
      """
      select pid, coalesce(usename, '') from pg_locks join pg_stat_activity using (pid)
       where locktype = 'advisory' and objsubid = 1 and granted
         and database = (select oid from pg_database where datname = current_database())
         and classid = {0}::bigint::oid and objid = {1}::bigint::oid\
      """;

  private Administration() {}

  public interface Step<T extends @Nullable Object> {
    T on(DSLContext sql);
  }

  /// The number of the lock that whoever works on the facility holds.
  public static long lock(FacilityName facility) {
    CRC32 crc = new CRC32();
    crc.update(facility.schema().getBytes(StandardCharsets.UTF_8));
    return LOCK ^ crc.getValue();
  }

  /// Holds the facility's lock meanwhile, so that of two at the same moment the second finds the
  /// work of the first done. The lock is that of a transaction on a connection of its own: a pooler
  /// cannot hand it on to others. The work itself has another connection, auto-committing.
  ///
  /// @throws OpdException ACCESS_DENIED, DATABASE_UNAVAILABLE, DATABASE_BUSY
  public static <T extends @Nullable Object> T locked(DatabaseSettings settings, Step<T> step) {
    return locked(settings, lock(settings.facility()), step);
  }

  /// The same for what all facilities of the database share, such as an extension.
  static <T extends @Nullable Object> T lockedForAll(DatabaseSettings settings, Step<T> step) {
    return locked(settings, LOCK, step);
  }

  private static <T extends @Nullable Object> T locked(
      DatabaseSettings settings, long lock, Step<T> step) {
    long end = System.nanoTime() + settings.budget().toNanos();
    try (OpenConnection holder = connect(settings)) {
      holder.connection().setAutoCommit(false);
      takeLock(holder.sql(), lock, Duration.ofNanos(end - System.nanoTime()));
      try (OpenConnection open = connect(settings)) {
        return step.on(open.sql());
      }
    } catch (SQLException e) {
      throw FaultMessages.error(Fault.of(e), settings);
    } catch (DataAccessException e) {
      throw FaultMessages.error(Fault.of(e), settings);
    }
  }

  private static OpenConnection connect(DatabaseSettings settings) throws SQLException {
    return OpenConnection.withOwnSession(settings, settings.forAdministration());
  }

  /// @param left how long to wait for it: any login can hold such a lock
  private static void takeLock(DSLContext sql, long lock, Duration left) {
    sql.execute("savepoint before_lock");
    // No wait at all would be one without a bound.
    sql.execute("set local lock_timeout = {0}", DSL.inline(Math.max(1, left.toMillis())));
    try {
      sql.execute("select pg_advisory_xact_lock({0})", DSL.inline(lock));
    } catch (DataAccessException e) {
      if (!Fault.of(e).isOfLock()) {
        throw e;
      }
      sql.execute("rollback to savepoint before_lock");
      throw held(sql, lock);
    }
  }

  private static OpdException held(DSLContext sql, long lock) {
    String holders =
        sql
            .fetch(HOLDERS, DSL.inline(lock >>> Integer.SIZE), DSL.inline(lock & 0xFFFF_FFFFL))
            .stream()
            .map(row -> "process %s of the login %s".formatted(row.get(0), row.get(1)))
            .collect(Collectors.joining(", "));
    return new OpdException(
        ErrorCode.DATABASE_BUSY,
        "another session has been working on the schema or the roles all the time"
            + (holders.isEmpty() ? "" : ": " + holders),
        "nothing happened; wait for it to end, or end it: select pg_terminate_backend(PROCESS)");
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
