package opd.store.log;

import opd.domain.FacilityName;
import opd.store.connection.Fault;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;

/// Tells the writers of the log that somebody follows it: see `audit_entry_wakes_followers` in
/// `db/migration/R__guards.sql`. One follower holds the lock for all, as notifications reach
/// everybody who listens; when it leaves, another takes it at its next look.
final class SubscriberLock {
  private static final String KEYS = "hashtext({0}), hashtext('audit followers')";
  // Waiting for the writers of the moment, who share the lock until they commit.
  private static final String WAIT = "set lock_timeout = '1s'";
  private static final String HELD_BY_ANOTHER =
      """
      select exists (
        select from pg_locks
         where locktype = 'advisory' and mode = 'ExclusiveLock' and granted
           and database = (select oid from pg_database where datname = current_database())
           and classid = (hashtext({0})::bigint & 4294967295)::oid
           and objid = (hashtext('audit followers')::bigint & 4294967295)::oid)\
      """;

  private final DSLContext sql;
  private final String schema;
  private boolean isHeld;

  SubscriberLock(DSLContext sql, FacilityName facility) {
    this.sql = sql;
    this.schema = facility.schema();
  }

  /// Takes the lock if nobody has it. Without it the follower only learns later of what is new.
  void take() {
    if (isHeld || isTrue(HELD_BY_ANOTHER)) {
      return;
    }
    sql.execute(WAIT);
    try {
      // As soon as it waits, writers cannot share the lock any more: none can keep it waiting.
      sql.fetch("select pg_advisory_lock(" + KEYS + ")", DSL.val(schema));
      isHeld = true;
    } catch (DataAccessException e) {
      Fault fault = Fault.of(e);
      if (!fault.kind().isPassing()) {
        throw e;
      }
    }
  }

  private boolean isTrue(String query) {
    return sql.fetchSingle(query, DSL.val(schema)).get(0, Boolean.class);
  }
}
